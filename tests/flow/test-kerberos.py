#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Kerberos ticket signs in at a real Dovecot without a password, and what is wrong with one is told."""

import os
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

from servers import tap
from servers.dovecot import Dovecot, read_version
from servers.kerberos import Realm
from servers.popinjayctl import Profile
from servers.process import ServerError

PROGRAM = sys.argv.pop(1)
CLIENT = sys.argv.pop(1)
PASSWORD = "zielona-gruszka-10"
GSSAPI_MODULE = Path("/usr/lib/dovecot/modules/auth/libmech_gssapi.so")
SETTINGS = """
auth_krb5_keytab = {keytab}
auth_gssapi_hostname = localhost
import_environment = KRB5_CONFIG={configuration} KRB5RCACHENAME=none:
"""
NO_TICKET = "Kerberos gives no ticket for pop@"
LIMIT_S = 60
STOP_LIMIT_S = 2
# Time for a login that asks a KDC which does not answer; that one would be asked for half a minute.
LOGIN_LIMIT_MS = 700
TCP_ESTABLISHED = "01"


def list_connections() -> list[tuple[str, str]]:
    """Remote address and state of all of this computer, as the kernel writes them."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [(row[2], row[3]) for row in rows]


class Kerberos(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        try:
            if read_version() != (2, 3) or not GSSAPI_MODULE.exists():
                raise unittest.SkipTest("this configuration of Kerberos is for Dovecot 2.3 with its GSSAPI")
            cls.realm = Realm().__enter__()
        except ServerError as error:
            raise unittest.SkipTest(str(error)) from None
        cls.addClassCleanup(cls.realm.__exit__)
        for user in ("ala", "ela"):
            cls.realm.add_user(user, PASSWORD)
        keytab = cls.realm.folder / "pop.keytab"
        cls.realm.add_service("pop/localhost", keytab)
        settings = SETTINGS.format(keytab=keytab, configuration=cls.realm.configuration)
        cls.server = Dovecot({"ala": PASSWORD, "ela": PASSWORD}, mechanisms="plain gssapi",
                             settings=settings).__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.deliver("ala", b"Subject: hello\r\n\r\nbody\r\n")

    def setUp(self):
        self.cache = self.realm.folder / f"tickets-{self._testMethodName}"
        self.profile = Profile(PROGRAM, self.realm.get_environment(self.cache)).__enter__()
        self.addCleanup(self.profile.__exit__)

    def sign_in(self, user: str = "ala", **options) -> None:
        self.realm.get_ticket(user, PASSWORD, self.cache, **options)

    def add(self, name: str = "home", *, server: str = "localhost", security: str = "tls",
            user: str = "ala", status: int = 0, verify: bool = True) -> dict:
        port = self.server.tls_port if security == "tls" else self.server.port
        trust = [] if security == "none" else ["--ca-file", self.server.ca_pem]
        done = self.profile.run("--json", "accounts", "add", name, "--server", server, "--port", port,
                                "--security", security, "--user", user, "--auth", "GSSAPI", *trust,
                                *([] if verify else ["--no-verify-now"]))
        self.assertEqual(done.status, status, done.err)
        return done.document

    def check(self, *, status: int = 0) -> dict:
        done = self.profile.run("--json", "check")
        self.assertEqual(done.status, status, done.err)
        [account] = done.document["accounts"]
        return account

    def assert_no_ticket(self, error: dict, host: str = "localhost") -> None:
        self.assertEqual(error["code"], "auth")
        self.assertIn(NO_TICKET + host, error["text"])
        self.assertIn("kinit", error["text"])

    def make_silent(self) -> None:
        """The KDC takes connections and never answers, until the test ends."""
        os.kill(self.realm.pid, signal.SIGSTOP)
        self.addCleanup(os.kill, self.realm.pid, signal.SIGCONT)

    def test_good(self):
        self.sign_in()
        for security in ("tls", "starttls", "none"):
            with self.subTest(security):
                self.add(security, security=security)
                done = self.profile.run("--json", "check", security)
                self.assertEqual(done.document["accounts"][0]["messages"], 1, done.err)
                steps = {step["step"]: step["text"]
                         for step in self.profile.run("--json", "doctor", security).document["steps"]}
                self.assertEqual(steps["login"], "logged in as ala by GSSAPI")

    def test_no_ticket_then_one(self):
        self.assert_no_ticket(self.add(status=1)["error"])
        self.add(verify=False)
        self.assert_no_ticket(self.check(status=1)["error"])
        self.sign_in()
        self.assertEqual(self.check()["messages"], 1)

    def test_expired_ticket(self):
        self.sign_in(lifetime_s=1)
        self.add(verify=False)
        # Kerberos forgives as much as two clocks may differ.
        limit = time.monotonic() + LIMIT_S
        while (done := self.profile.run("--json", "check")).status == 0:
            self.assertLess(time.monotonic(), limit)
        self.assert_no_ticket(done.document["accounts"][0]["error"])

    def test_ticket_of_another_user(self):
        self.sign_in("ela")
        error = self.add(user="ala", status=1)["error"]
        self.assertEqual(error["code"], "auth")
        self.assertIn("a Kerberos ticket was shown", error["text"])
        self.assertIn("[AUTH]", error["text"])

    def test_server_that_kerberos_does_not_know(self):
        self.sign_in()
        self.assert_no_ticket(self.add(server="127.0.0.1", status=1)["error"], "127.0.0.1")

    def test_server_with_an_old_key(self):
        self.sign_in()
        old = self.realm.folder / "pop.keytab"
        kept = old.read_bytes()
        new = self.realm.folder / "new.keytab"
        self.realm.change_key("pop/localhost", new)
        error = self.add(status=1)["error"]
        self.assertEqual(error["code"], "auth")
        self.assertIn("a Kerberos ticket was shown", error["text"])
        # For the other tests: the file is read at each login.
        old.write_bytes(kept + new.read_bytes()[2:])
        self.assertEqual(self.add()["mechanism"], "GSSAPI")

    def test_cancel_while_kerberos_is_silent(self):
        self.sign_in()
        self.add(verify=False)
        self.make_silent()
        process = self.profile.start("--json", "check")
        self.wait_until_asked()
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        done = self.profile.finish(process)
        self.assertLess(time.monotonic() - start, STOP_LIMIT_S)
        self.assertEqual(done.document["accounts"][0]["error"]["code"], "cancelled")

    def wait_until_asked(self) -> None:
        """Returns once somebody is connected to the KDC."""
        limit = time.monotonic() + LIMIT_S
        while not any(remote.endswith(f":{self.realm.port:04X}") and state == TCP_ESTABLISHED
                      for remote, state in list_connections()):
            self.assertLess(time.monotonic(), limit)
            time.sleep(0.01)

    def test_deadline_while_kerberos_is_silent(self):
        self.sign_in()
        self.make_silent()
        start = time.monotonic()
        done = subprocess.run([CLIENT, "localhost", str(self.server.tls_port), "tls", self.server.ca_pem,
                               "ala", "GSSAPI", "password", str(LOGIN_LIMIT_MS)], input="\n", text=True,
                              capture_output=True, timeout=LIMIT_S, check=False,
                              env=self.realm.get_environment(self.cache))
        self.assertLess(time.monotonic() - start, LOGIN_LIMIT_MS / 1000 + STOP_LIMIT_S)
        self.assertRegex(done.stdout, r"\Anet The login takes too long")


if __name__ == "__main__":
    tap.main()
