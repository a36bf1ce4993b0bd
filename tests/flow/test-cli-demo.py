#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of popinjayctl does its work on the demonstration mailboxes."""

import email
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from servers import tap

PROGRAM = sys.argv.pop(1)
LIMIT_S = 60
INVOICE, LOTTERY = "work-02-invoice", "club-07-lottery"
CODES = {"auth", "busy", "network", "timeout", "tls", "certificate", "protocol", "unsupported",
         "locked-keyring", "cancelled", "internal"}


def run(*args: str, stdin: str = "") -> subprocess.CompletedProcess:
    env = dict(os.environ, G_MESSAGES_DEBUG="", GSETTINGS_BACKEND="memory")
    return subprocess.run([PROGRAM, *args], input=stdin, capture_output=True, text=True,
                          encoding="utf-8", timeout=LIMIT_S, env=env)


class CliTest(unittest.TestCase):
    maxDiff = None

    def run_ok(self, *args: str) -> str:
        done = run(*args)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def run_json(self, *args: str, status: int = 0, stdin: str = "") -> dict:
        done = run("--json", *args, stdin=stdin)
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout)

    def list_demo(self, *names: str) -> list:
        return self.run_json("--demo", "list", *names)["messages"]

    def assert_error(self, error: dict, code: str) -> None:
        self.assertEqual(set(error), {"code", "text"})
        self.assertIn(error["code"], CODES)
        self.assertEqual(error["code"], code)
        self.assertTrue(error["text"])

    def assert_one_error_line(self, done: subprocess.CompletedProcess) -> None:
        lines = [line for line in done.stderr.splitlines() if line.startswith("popinjayctl: ")]
        self.assertEqual(len(lines), 1, done.stderr)


class Demo(CliTest):
    def test_accounts(self):
        text = self.run_ok("--demo", "accounts")
        self.assertRegex(text, r"(?m)^home\s+localhost:\d+\s+tls\s+home")
        accounts = self.run_json("--demo", "accounts")["accounts"]
        self.assertEqual([account["name"] for account in accounts], ["home", "work", "club"])
        for account in accounts:
            self.assertEqual(set(account), {"name", "server", "port", "security", "user",
                                            "mechanism", "client_certificate", "pin",
                                            "fetch_whole", "last_success", "error"})
            self.assertIsNone(account["last_success"])

    def test_check_begins_with_a_baseline(self):
        text = self.run_ok("--demo", "check", "home")
        self.assertRegex(text, r"^home: \d+ messages already there\n$")
        accounts = self.run_json("--demo", "check")["accounts"]
        self.assertEqual(len(accounts), 3)
        for account in accounts:
            self.assertEqual(set(account), {"name", "ok", "messages", "octets", "new", "error",
                                            "round_trips", "bytes_in", "bytes_out", "seconds"})
            self.assertIs(account["ok"], True)
            self.assertGreater(account["messages"], 0)
            self.assertEqual(account["new"], [])
            self.assertIsNone(account["error"])
            self.assertGreater(account["bytes_in"], 0)
            self.assertGreater(account["bytes_out"], 0)
            self.assertGreater(account["seconds"], 0)

    def test_check_of_a_name_twice_looks_once(self):
        accounts = self.run_json("--demo", "check", "home", "home")["accounts"]
        self.assertEqual([account["name"] for account in accounts], ["home"])

    def test_list(self):
        messages = self.list_demo()
        self.assertEqual({message["account"] for message in messages}, {"home", "work", "club"})
        for message in messages:
            self.assertEqual(set(message), {"account", "uid", "from", "subject", "date", "octets",
                                            "state", "warnings"})
            self.assertEqual(set(message["from"]), {"name", "address"})
            self.assertEqual(message["state"], "waiting")
            if message["date"] is not None:
                self.assertRegex(message["date"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        dates = [message["date"] or "" for message in messages]
        self.assertEqual(dates, sorted(dates, reverse=True))
        self.assertEqual({message["account"] for message in self.list_demo("work")}, {"work"})

        text = self.run_ok("--demo", "list", "home")
        self.assertEqual(len(text.splitlines()), 1 + len(self.list_demo("home")))
        self.assertIn("Paweł Kos <pawel@kos.example>", text)

    def test_output_that_cannot_be_written_is_a_failure(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "--demo", "list"], stdout=full, timeout=LIMIT_S,
                                  stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assert_one_error_line(done)

    def test_reader_that_leaves_is_no_news(self):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "w") as closed:
            done = subprocess.run([PROGRAM, "--demo", "list"], stdout=closed, timeout=LIMIT_S,
                                  stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertNotIn("popinjayctl: ", done.stderr)

    def test_show_text(self):
        uid = next(message["uid"] for message in self.list_demo("home")
                   if "paypal" in message["from"]["name"].lower())
        text = self.run_ok("--demo", "show", "home", uid)
        self.assertRegex(text, r"(?m)^From: .*<service@account-check")
        # Where the link leads stands behind what it claims.
        self.assertRegex(text, r"https://www\.paypal\.com/\S* <http://198\.51\.100\.23/")

    def test_no_mail_reaches_the_terminal_raw(self):
        for message in self.list_demo("home"):
            text = self.run_ok("--demo", "show", message["account"], message["uid"])
            self.assertIsNone(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text),
                              message["uid"])

    def test_show_json(self):
        found = {"html": False, "attachment": False}
        for message in self.list_demo("work"):
            mail = self.run_json("--demo", "show", "work", message["uid"])
            self.assertEqual(set(mail), {"headers", "text", "attachments", "warnings", "unsubscribe",
                                             "one_time_code", "spam_verdict"})
            self.assertIn("From", mail["headers"])
            for attachment in mail["attachments"]:
                self.assertEqual(set(attachment), {"name", "type", "octets", "sniffed", "dangers", "partial"})
                found["attachment"] = True
        self.assertTrue(found["attachment"])

    def test_save_attachment(self):
        with tempfile.TemporaryDirectory() as folder:
            saved = self.run_json("--demo", "show", "work", INVOICE,
                                  f"--save-attachment=3={folder}")
            self.assertEqual(saved["saved"], f"{folder}/prices.csv")
            content = Path(saved["saved"]).read_bytes()
            self.assertEqual(len(content), saved["attachment"]["octets"])
            self.assertEqual(content, self.read_attachment("work", INVOICE, "prices.csv"))
            self.assertEqual(Path(saved["saved"]).stat().st_mode & 0o7777, 0o600)

            text = self.run_ok("--demo", "show", "work", INVOICE, "--save-attachment", f"3={folder}")
            self.assertEqual(text, f"Saved: {folder}/prices (2).csv\n")
            text = self.run_ok("--demo", "show", "work", INVOICE, "--save-attachment",
                               f"1={folder}/mine.pdf")
            self.assertEqual(text, f"Saved: {folder}/mine.pdf\n")
            self.assertEqual(sorted(path.name for path in Path(folder).iterdir()),
                             ["mine.pdf", "prices (2).csv", "prices.csv"])

    def test_save_dangerous_attachment(self):
        with tempfile.TemporaryDirectory() as folder:
            done = run("--demo", "show", "club", LOTTERY, "--save-attachment", f"1={folder}")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("two endings", done.stderr)
            path, = Path(folder).iterdir()
            self.assertFalse(os.access(path, os.X_OK))

    def test_save_attachment_that_is_not_there(self):
        with tempfile.TemporaryDirectory() as folder:
            done = run("--demo", "show", "work", INVOICE, "--save-attachment", f"9={folder}")
            self.assertEqual(done.returncode, 1)
            self.assert_one_error_line(done)
            self.assertEqual(list(Path(folder).iterdir()), [])
        for choice in ("0", "x", "1=", "-1", "=a", "99999"):
            self.assertEqual(
                run("--demo", "show", "work", INVOICE, f"--save-attachment={choice}").returncode, 2)

    def read_attachment(self, account: str, uid: str, name: str) -> bytes:
        """What Python's own parser makes of the source."""
        done = subprocess.run([PROGRAM, "--demo", "show", account, uid, "--source"], check=True,
                              timeout=LIMIT_S, stdout=subprocess.PIPE)
        return next(part.get_payload(decode=True)
                    for part in email.message_from_bytes(done.stdout).walk()
                    if part.get_filename() == name)

    def test_show_headers_and_source(self):
        uid = self.list_demo("home")[0]["uid"]
        headers = self.run_ok("--demo", "show", "home", uid, "--headers")
        source = self.run_ok("--demo", "show", "home", uid, "--source")
        self.assertRegex(headers, r"(?m)^Subject: ")
        self.assertNotIn("\n\n", headers)
        self.assertRegex(source, r"(?m)^Subject: ")
        self.assertIn("source", self.run_json("--demo", "show", "home", uid, "--source"))
        self.assertEqual(run("--demo", "show", "home", uid, "--source", "--headers").returncode, 2)

    def test_show_of_an_unknown_message(self):
        done = run("--demo", "show", "home", "no-such-uid")
        self.assertEqual(done.returncode, 3)
        self.assert_one_error_line(done)
        self.assertIn("error", self.run_json("--demo", "show", "home", "no-such-uid", status=3))

    def test_delete(self):
        uid = self.list_demo("home")[0]["uid"]
        self.assertEqual(self.run_ok("--demo", "delete", "home", uid), f"{uid}: deleted\n")
        results = self.run_json("--demo", "delete", "home", uid, "no-such-uid")["results"]
        self.assertEqual([(result["uid"], result["result"]) for result in results],
                         [(uid, "deleted"), ("no-such-uid", "gone")])
        results = self.run_json("--demo", "delete", "home", "no-such-uid", status=3)["results"]
        self.assertEqual(results[0]["result"], "gone")

    def test_doctor_of_a_mailbox(self):
        steps = self.run_json("--demo", "doctor", "home")["steps"]
        self.assertEqual([step["step"] for step in steps],
                         ["names", "tcp", "tls", "certificate", "greeting", "capa", "login", "stat",
                          "uidl", "top"])
        for step in steps:
            self.assertEqual(set(step), {"step", "ok", "seconds", "text", "remedy"})
            self.assertIs(step["ok"], True)
            self.assertIsNone(step["remedy"])
        self.assertEqual(len(self.run_ok("--demo", "doctor", "home").splitlines()), len(steps))

    def test_doctor_of_a_closed_port(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            steps = self.run_json("--demo", "doctor", f"127.0.0.1:{closed.getsockname()[1]}",
                                  status=1)["steps"]
        self.assertEqual(steps[-1]["step"], "tcp")
        self.assertIs(steps[-1]["ok"], False)
        self.assertTrue(steps[-1]["remedy"])

    def test_doctor_of_a_server_for_sending(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            steps = self.run_json("--demo", "doctor", "--smtp",
                                  f"127.0.0.1:{closed.getsockname()[1]}", status=1)["steps"]
        self.assertEqual([(step["step"], step["ok"]) for step in steps],
                         [("smtp-names", True), ("smtp-tcp", False)])
        self.assertIn("587", steps[-1]["remedy"])

    def test_log(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "talk")
            self.run_ok("--demo", "check", "--log", path)
            self.run_ok("--demo", "doctor", "home", "--log", path)
            self.assertEqual(os.stat(path).st_mode & 0o7777, 0o600)
            with open(path, encoding="utf-8") as file:
                talk = file.read()
            self.assertEqual(talk.count("== "), 4)
            self.assertEqual(talk.count("\nC: QUIT\n"), 4)
            self.assertIn("********", talk)
            self.assertNotIn("parrot", talk.replace("Popinjay", ""))
            link = os.path.join(folder, "link")
            os.symlink(path, link)
            done = run("--demo", "check", "--log", link)
            self.assertEqual(done.returncode, 1)
            self.assert_one_error_line(done)

    def test_status(self):
        waiting = len(self.list_demo())
        status = self.run_json("--demo", "status")
        self.assertEqual((status["new"], status["waiting"]), (0, waiting))
        self.assertEqual(len(status["accounts"]), 3)
        self.assertEqual(self.run_ok("--demo", "status"), f"0 new, {waiting} waiting\n")

    def test_unknown_mailbox(self):
        for command in (["check", "nobody"], ["list", "nobody"], ["show", "nobody", "u"],
                        ["delete", "nobody", "u"], ["accounts", "remove", "nobody"]):
            with self.subTest(command=command):
                done = run("--demo", *command)
                self.assertEqual(done.returncode, 3)
                self.assertEqual(done.stdout, "")
                self.assert_one_error_line(done)

    def test_remove(self):
        self.assertEqual(self.run_json("--demo", "accounts", "remove", "work")["name"], "work")


class Usage(CliTest):
    def test_help_and_version(self):
        self.assertIn("accounts add", self.run_ok("--help"))
        self.assertRegex(self.run_ok("--version"), r"^popinjayctl \d+\.\d+\.\d+\n$")
        for command in (["accounts"], ["accounts", "add"], ["accounts", "remove"], ["check"],
                        ["list"], ["show"], ["delete"], ["doctor"], ["status"]):
            with self.subTest(command=command):
                self.assertIn("popinjayctl", self.run_ok(*command, "--help"))

    def test_misuse(self):
        for command in ([], ["fly"], ["bin"], ["show"], ["show", "home"], ["delete", "home"],
                        ["list", "a", "b"], ["status", "x"], ["check", "--fast"], ["--fast"],
                        ["--demo", "doctor", "a/b"], ["doctor"], ["status", "--log", "x"],
                        ["--demo", "doctor", "--smtp", "a/b"]):
            with self.subTest(command=command):
                done = run(*command)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, "")
                self.assert_one_error_line(done)

    def test_misuse_with_json_anywhere(self):
        for command in (["--json"], ["--json", "fly"], ["fly", "--json"], ["check", "--fast", "--json"],
                        ["show", "home", "--json"], ["--fast", "--json"]):
            with self.subTest(command=command):
                done = run(*command)
                self.assertEqual(done.returncode, 2)
                self.assert_error(json.loads(done.stdout)["error"], "internal")
                self.assert_one_error_line(done)


class Accounts(CliTest):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)
        self.closed = socket.socket()
        self.closed.bind(("127.0.0.1", 0))
        self.addCleanup(self.closed.close)
        self.port = str(self.closed.getsockname()[1])

    def call(self, *args: str) -> list:
        return ["--profile", self.dir.name, *args]

    def add(self, *args: str) -> list:
        return self.call("accounts", "add", "home", "--server", "127.0.0.1", "--port", self.port,
                         "--user", "ala", *args)

    def test_added_without_a_look(self):
        added = self.run_json(*self.add("--password-command", "echo s3cret", "--no-verify-now"))
        self.assertEqual((added["name"], added["server"], added["security"], added["user"]),
                         ("home", "127.0.0.1", "tls", "ala"))
        self.assertEqual(len(self.run_json(*self.call("accounts"))["accounts"]), 1)

        again = run(*self.add("--password-command", "echo s3cret", "--no-verify-now"))
        self.assertEqual(again.returncode, 2)
        self.assert_one_error_line(again)

        checked = self.run_json(*self.call("check"), status=1)["accounts"]
        self.assertIs(checked[0]["ok"], False)
        self.assert_error(checked[0]["error"], "network")
        self.assert_error(self.run_json(*self.call("status"))["accounts"][0]["error"], "network")

        self.run_ok(*self.call("accounts", "remove", "home"))
        self.assertEqual(self.run_json(*self.call("accounts")), {"accounts": []})

    def test_not_added_when_the_login_fails(self):
        failed = self.run_json(*self.add("--password-stdin"), status=1, stdin="s3cret\n")
        self.assert_error(failed["error"], "network")
        self.assertEqual(self.run_json(*self.call("accounts")), {"accounts": []})

    def test_not_added_when_nobody_keeps_the_password(self):
        failed = self.run_json(*self.add("--password-stdin", "--no-verify-now"), status=1,
                               stdin="s3cret\n")
        self.assert_error(failed["error"], "internal")
        self.assertIn("--password-command", failed["error"]["text"])
        self.assertEqual(self.run_json(*self.call("accounts")), {"accounts": []})

    def test_bad_values(self):
        for extra in (["--port", "65536"], ["--port", "0"], ["--port", "-1"],
                      ["--security", "perhaps"], ["--ca-file", "/nonexistent.pem"],
                      ["--password-stdin"], ["--server", ""], ["--user", "a\nb"],
                      ["--auth", "DIGEST-MD5"], ["--auth", "EXTERNAL"], ["--auth", "XOAUTH2"],
                      ["--token-command", "true"], ["--auth", "PLAIN", "--token-command", "true"],
                      ["--client-certificate", "/nonexistent.pem"], ["--pin", "AB:CD"],
                      ["--pin", "AB" * 32, "--security", "none"]):
            with self.subTest(extra=extra):
                done = run(*self.add("--password-command", "true", "--no-verify-now", *extra))
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assert_one_error_line(done)
        self.assertEqual(run(*self.add()).returncode, 2)
        self.assertEqual(run(*self.add("--password-stdin"), stdin="\n").returncode, 2)
        self.assertEqual(run(*self.add("--password-stdin"), stdin="s3\0cret\n").returncode, 2)
        self.assertEqual(self.run_json(*self.call("accounts")), {"accounts": []})

    def test_agree_to_whole_mails(self):
        password = ("--password-command", "true", "--no-verify-now")
        self.assertIs(self.run_json(*self.add(*password))["fetch_whole"], False)
        edit = self.call("accounts", "edit", "home")
        self.assertIs(self.run_json(*edit, "--fetch-whole")["fetch_whole"], True)
        self.assertEqual(self.run_ok(*edit, "--fetch-whole"), "")
        [account] = self.run_json(*self.call("accounts"))["accounts"]
        self.assertEqual((account["fetch_whole"], account["user"]), (True, "ala"))
        self.assertIs(self.run_json(*edit, "--no-fetch-whole")["fetch_whole"], False)

        for wrong in ([], ["--fetch-whole", "--no-fetch-whole"], ["--fetch-whole", "more"]):
            with self.subTest(wrong=wrong):
                done = run(*edit, *wrong)
                self.assertEqual(done.returncode, 2)
                self.assert_one_error_line(done)
        self.assertEqual(run(*self.call("accounts", "edit", "nobody", "--fetch-whole")).returncode, 3)

        self.run_ok(*self.call("accounts", "remove", "home"))
        self.assertIs(self.run_json(*self.add(*password, "--fetch-whole"))["fetch_whole"], True)

    def test_no_secret_in_any_file(self):
        run(*self.add("--password-stdin", "--no-verify-now"), stdin="s3cret-word\n")
        for folder, _, names in os.walk(self.dir.name):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(b"s3cret-word", file.read())


class Interrupt(CliTest):
    def test_ctrl_c_ends_a_silent_server(self):
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            server.listen()
            port = server.getsockname()[1]
            process = subprocess.Popen([PROGRAM, "--demo", "doctor", f"127.0.0.1:{port}"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            connection, _ = server.accept()
            with connection:
                connection.recv(1)
                process.send_signal(signal.SIGINT)
                process.communicate(timeout=10)
        self.assertEqual(process.returncode, 1)


if __name__ == "__main__":
    tap.main()
