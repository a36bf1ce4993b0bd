#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""popinjayctl adds mailboxes of a real Dovecot, keeps their passwords, and says why it cannot log in."""

import os
import re
import signal
import socket
import sys
import tempfile
import time
import unittest
from pathlib import Path

from gi.repository import GLib

from servers import tap
from servers.certificate import CertificateAuthority
from servers.dovecot import Dovecot
from servers.popinjayctl import Outcome, Profile
from servers.session import Session

PROGRAM = sys.argv.pop(1)
PASSWORD = "zielona-gruszka 7"
MAIL = b"From: Ola <ola@example.org>\r\nSubject: hello\r\n\r\nbody\r\n"
BEFORE_LOGIN = ["names", "tcp", "tls", "certificate", "greeting", "capa"]
BEFORE_LOGIN_BY_STLS = ["names", "tcp", "greeting", "capa", "tls", "certificate", "capa"]
FROM_LOGIN = ["login", "stat", "uidl", "top"]
STOP_LIMIT_S = 2


def read_request(connection: socket.socket) -> bytes:
    """Reads one line byte by byte, as nothing may be taken that comes after it."""
    line = b""
    while not line.endswith(b"\n"):
        byte = connection.recv(1)
        if not byte:
            raise EOFError
        line += byte
    return line


class LoginTest(unittest.TestCase):
    """Each test has a profile of its own, which never holds the password."""

    maxDiff = None
    environment: dict[str, str] | None = None

    def setUp(self):
        self.profile = Profile(PROGRAM, self.environment).__enter__()
        self.addCleanup(self.profile.__exit__)
        self.addCleanup(lambda: self.assertEqual(self.profile.find_bytes(PASSWORD.encode()), []))

    def run_ok(self, *arguments: object, stdin: str = "") -> Outcome:
        done = self.profile.run(*arguments, stdin=stdin)
        self.assertEqual((done.status, done.err), (0, ""))
        return done

    def run_json(self, *arguments: object, status: int = 0, stdin: str = ""):
        done = self.profile.run("--json", *arguments, stdin=stdin)
        self.assertEqual(done.status, status, done.err)
        self.assert_one_error_line(done)
        return done.document

    def assert_one_error_line(self, done: Outcome) -> None:
        self.assertRegex(done.err, r"\Apopinjayctl: [^\n]+\n\Z" if done.status else r"\A\Z")

    def list_accounts(self) -> list:
        return self.run_json("accounts")["accounts"]


class DovecotTest(LoginTest):
    @classmethod
    def setUpClass(cls):
        cls.server = Dovecot({"ala": PASSWORD}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.deliver("ala", MAIL)
        cls.password_file = cls.server.folder / "password.txt"
        cls.password_file.write_text(PASSWORD + "\n")

    def describe(self, *, security: str = "tls", port: int = 0, ca: Path | None = None,
                 command: str | None = None) -> list:
        """The options of `accounts add` for the server; all but the password right by default."""
        default = self.server.tls_port if security == "tls" else self.server.port
        options = ["--server", "localhost", "--port", port or default, "--security", security,
                   "--user", "ala"]
        if security != "none":
            options += ["--ca-file", ca or self.server.ca_pem]
        return options + (["--password-command", command] if command else ["--password-stdin"])

    def describe_with_command(self, **options) -> list:
        return self.describe(command=f"cat '{self.password_file}'", **options)

    def assert_not_added(self, code: str, options: list) -> None:
        """It is not added; once it is, unasked, a check fails as the test of the login did."""
        failed = self.run_json("accounts", "add", "home", *options, status=1)
        self.assertEqual(failed["error"]["code"], code, failed)
        self.assertTrue(failed["error"]["text"])
        self.assertEqual(self.list_accounts(), [])

        self.run_ok("accounts", "add", "home", *options, "--no-verify-now")
        [account] = self.run_json("check", status=1)["accounts"]
        self.assertEqual((account["ok"], account["error"]["code"]), (False, code), account)
        self.assertEqual(self.list_accounts()[0]["error"]["code"], code)


class Logins(DovecotTest):
    def test_each_kind_of_security(self):
        for security in ("tls", "starttls", "none"):
            with self.subTest(security):
                options = self.describe_with_command(security=security)
                added = self.run_json("accounts", "add", security, *options)
                self.assertEqual((added["security"], added["user"]), (security, "ala"))
                [account] = self.run_json("check", security)["accounts"]
                self.assertEqual((account["ok"], account["messages"]), (True, 1))
        self.assertEqual(len(self.list_accounts()), 3)

    def test_words_after_adding(self):
        done = self.run_ok("accounts", "add", "home", *self.describe_with_command())
        self.assertEqual(done.text, "home: added; 1 message there\n")

    def test_wrong_password(self):
        self.assert_not_added("auth", self.describe(command="echo wrong"))

    def test_password_command_that_fails(self):
        self.assert_not_added("auth", self.describe(command="false"))

    def test_authority_that_did_not_sign(self):
        folder = self.server.folder / "other"
        folder.mkdir()
        other = CertificateAuthority(folder)
        for security in ("tls", "starttls"):
            with self.subTest(security):
                options = self.describe_with_command(security=security, ca=other.pem)
                self.assert_not_added("certificate", options)
                self.run_ok("accounts", "remove", "home")

    def test_closed_port(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            self.assert_not_added("network",
                                  self.describe_with_command(port=closed.getsockname()[1]))

    def test_tls_where_the_server_talks_first(self):
        self.assert_not_added("tls", self.describe_with_command(port=self.server.port))

    def test_every_case_is_one_document(self):
        self.run_ok("accounts", "add", "home", *self.describe_with_command())
        self.run_ok("check")
        [uid] = self.server.uids("ala")
        cases = [(0, "accounts"), (0, "check"), (0, "list"), (0, "status"), (0, "doctor", "home"),
                 (0, "show", "home", uid), (0, "show", "home", uid, "--source"),
                 (1, "accounts", "add", "x", *self.describe(command="false")),
                 (2, "fly"), (2,), (2, "check", "--fast"), (2, "show", "home"), (2, "accounts", "add"),
                 (2, "accounts", "add", "home", *self.describe_with_command()),
                 (2, "accounts", "add", "x", "--user", "ala", "--password-command", "true"),
                 (3, "check", "x"), (3, "list", "x"), (3, "show", "home", "x"), (3, "show", "x", uid),
                 (3, "delete", "x", uid), (3, "accounts", "remove", "x")]
        for status, *command in cases:
            for arguments in (["--json", *command], [*command, "--json"]):
                with self.subTest(arguments):
                    done = self.profile.run(*arguments)
                    self.assertEqual(done.status, status, done.err)
                    self.assertIsInstance(done.document, dict)
                    self.assertEqual("error" in done.document, status != 0)
                    self.assert_one_error_line(done)


class ProofOfThePassword(LoginTest):
    """Against a server that takes nothing but SCRAM."""

    @classmethod
    def setUpClass(cls):
        cls.server = Dovecot({"ala": PASSWORD}, mechanisms="scram-sha-1 scram-sha-256").__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.password_file = cls.server.folder / "password.txt"

    def test_by_the_strongest_mechanism(self):
        self.password_file.write_text(PASSWORD + "\n")
        self.run_ok("accounts", "add", "home", "--server", "localhost", "--port", self.server.tls_port,
                    "--user", "ala", "--ca-file", self.server.ca_pem,
                    "--password-command", f"cat '{self.password_file}'")
        self.assertIs(self.run_json("check")["accounts"][0]["ok"], True)
        self.assertEqual(set(re.findall(r"method=([^,]+)", self.server.log)), {"SCRAM-SHA-256"})
        [login] = [step for step in self.run_json("doctor", "home")["steps"] if step["step"] == "login"]
        self.assertEqual(login["text"], "logged in as ala by SCRAM-SHA-256")

        self.password_file.write_text("wrong\n")
        failed = self.run_json("check", status=1)["accounts"][0]
        self.assertEqual(failed["error"]["code"], "auth")


class Doctor(DovecotTest):
    def examine(self, what: str, *, status: int = 0) -> list:
        """What is found is the answer and no error, so stderr stays empty."""
        done = self.profile.run("--json", "doctor", what)
        self.assertEqual((done.status, done.err), (status, ""))
        return done.document["steps"]

    def test_healthy_mailbox(self):
        for security, before in (("tls", BEFORE_LOGIN), ("starttls", BEFORE_LOGIN_BY_STLS)):
            with self.subTest(security):
                self.run_ok("accounts", "add", security, *self.describe_with_command(security=security))
                steps = self.examine(security)
                self.assertEqual([step["step"] for step in steps], before + FROM_LOGIN)
                for step in steps:
                    self.assertEqual((step["ok"], step["remedy"]), (True, None), step)
                    self.assertTrue(step["text"])
                    self.assertGreaterEqual(step["seconds"], 0)

    def test_wrong_password(self):
        self.run_ok("accounts", "add", "home", "--no-verify-now", *self.describe(command="echo wrong"))
        steps = self.examine("home", status=1)
        *before, login = steps
        self.assertEqual([step["step"] for step in before], BEFORE_LOGIN)
        self.assertTrue(all(step["ok"] for step in before))
        self.assertEqual((login["step"], login["ok"]), ("login", False))
        self.assertIn("password", login["remedy"])

    def test_host_without_an_account(self):
        # The server's authority in place of the system's.
        self.profile = Profile(PROGRAM, {**os.environ, "SSL_CERT_FILE": str(self.server.ca_pem)})
        self.profile.__enter__()
        self.addCleanup(self.profile.__exit__)
        before = self.server.log.count("Login: user=")
        steps = self.examine(f"localhost:{self.server.tls_port}")
        self.assertEqual([step["step"] for step in steps], BEFORE_LOGIN)
        self.assertTrue(all(step["ok"] for step in steps))
        self.assertEqual(self.server.log.count("Login: user="), before)

    def test_host_that_nobody_vouches_for(self):
        steps = self.examine(f"localhost:{self.server.tls_port}", status=1)
        self.assertEqual(steps[-1]["step"], "certificate")
        self.assertEqual([step["ok"] for step in steps], [True] * (len(steps) - 1) + [False])
        self.assertTrue(steps[-1]["remedy"])


class Keyring(DovecotTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = Session(keyring=True).__enter__()
        cls.addClassCleanup(cls.session.__exit__)
        cls.environment = cls.session.environment

    def count_stored(self) -> int:
        connection = self.session.connect()
        found = connection.call_sync(
            "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
            "SearchItems", GLib.Variant("(a{ss})", ({"user": "ala"},)), None, 0, -1, None)
        connection.close_sync(None)
        return sum(map(len, found.unpack()))

    def test_password_is_found_by_the_next_process_and_goes_with_the_account(self):
        self.run_ok("accounts", "add", "home", *self.describe(), stdin=PASSWORD + "\n")
        self.assertEqual(self.count_stored(), 1)
        for _ in range(2):
            self.assertIs(self.run_json("check")["accounts"][0]["ok"], True)

        self.run_ok("accounts", "add", "other", *self.describe(), stdin=PASSWORD + "\n")
        self.assertEqual(self.count_stored(), 2)
        self.run_ok("accounts", "remove", "home")
        self.assertEqual(self.count_stored(), 1)
        self.assertIs(self.run_json("check", "other")["accounts"][0]["ok"], True)
        self.run_ok("accounts", "remove", "other")
        self.assertEqual(self.count_stored(), 0)

    def test_wrong_password_is_not_stored(self):
        failed = self.run_json("accounts", "add", "home", *self.describe(), status=1, stdin="wrong\n")
        self.assertEqual(failed["error"]["code"], "auth")
        self.assertEqual(self.count_stored(), 0)


class NoSecretService(DovecotTest):
    def test_password_that_cannot_be_kept(self):
        for extra in ([], ["--no-verify-now"]):
            with self.subTest(extra):
                done = self.profile.run("--json", "accounts", "add", "home", *self.describe(), *extra,
                                        stdin=PASSWORD + "\n")
                self.assertEqual(done.status, 1)
                self.assert_one_error_line(done)
                self.assertEqual(done.document["error"]["code"], "internal")
                self.assertIn("--password-command", done.document["error"]["text"])
                self.assertEqual(self.list_accounts(), [])


class Interrupt(LoginTest):
    def setUp(self):
        super().setUp()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.listener.close)

    def add(self, security: str, command: str) -> None:
        port = self.listener.getsockname()[1]
        self.run_ok("accounts", "add", "home", "--server", "127.0.0.1", "--port", port, "--user",
                    "ala", "--security", security, "--password-command", command, "--no-verify-now")

    def accept(self) -> socket.socket:
        connection, _ = self.listener.accept()
        self.addCleanup(connection.close)
        return connection

    def assert_stops(self, process) -> None:
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        done = self.profile.finish(process)
        self.assertLess(time.monotonic() - start, STOP_LIMIT_S)
        self.assertEqual(done.status, 1)
        self.assert_one_error_line(done)
        self.assertEqual(done.document["accounts"][0]["error"]["code"], "cancelled")
        # No trouble of the mailbox, so none is remembered.
        self.assertIsNone(self.run_json("status")["accounts"][0]["error"])

    def test_server_that_never_greets(self):
        self.add("none", "echo x")
        process = self.profile.start("--json", "check")
        self.accept()
        self.assert_stops(process)

    def test_server_that_never_answers_a_tls_hello(self):
        self.add("tls", "echo x")
        process = self.profile.start("--json", "check")
        self.accept().recv(1)
        self.assert_stops(process)

    def test_server_that_never_answers_the_password(self):
        with tempfile.NamedTemporaryFile("w") as password_file:
            password_file.write(PASSWORD)
            password_file.flush()
            self.add("none", f"cat '{password_file.name}'")
            self.interrupt_after_the_password()

    def interrupt_after_the_password(self) -> None:
        process = self.profile.start("--json", "check")
        connection = self.accept()
        connection.sendall(b"+OK hello\r\n")
        while not (request := read_request(connection)).startswith(b"PASS "):
            connection.sendall(b"+OK\r\n" if request.startswith(b"USER ") else b"-ERR\r\n")
        self.assertEqual(request, f"PASS {PASSWORD}\r\n".encode())
        self.assertNotIn(PASSWORD.encode(), Path(f"/proc/{process.pid}/cmdline").read_bytes())
        self.assert_stops(process)

    def test_password_command_that_never_ends(self):
        pipe = self.profile.folder / "pipe"
        os.mkfifo(pipe)
        self.add("none", f"cat '{pipe}'")
        process = self.profile.start("--json", "check")
        with open(pipe, "wb"):
            self.assert_stops(process)


if __name__ == "__main__":
    tap.main()
