#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a mailbox trusts and how it signs in, as popinjayctl was told, on a real Dovecot."""

import re
import sys
import unittest

from servers import tap
from servers.dovecot import Dovecot
from servers.popinjayctl import Profile

PROGRAM = sys.argv.pop(1)
PASSWORD = "zielona-gruszka 8"
OTHER_PIN = ":".join(["AB"] * 32)


class TrustTest(unittest.TestCase):
    maxDiff = None
    mechanisms = "plain login scram-sha-256"

    def setUp(self):
        self.server = Dovecot({"ala": PASSWORD}, mechanisms=self.mechanisms).__enter__()
        self.addCleanup(self.server.__exit__)
        self.server.deliver("ala", b"Subject: hello\r\n\r\nbody\r\n")
        self.password_file = self.server.folder / "password.txt"
        self.password_file.write_text(PASSWORD + "\n")
        self.profile = Profile(PROGRAM).__enter__()
        self.addCleanup(self.profile.__exit__)

    def add(self, *options: object, status: int = 0, name: str = "home",
            password: bool = True) -> dict:
        proof = ["--password-command", f"cat '{self.password_file}'"] if password else []
        done = self.profile.run("--json", "accounts", "add", name, "--server", "localhost", "--port",
                                self.server.tls_port, "--user", "ala", *proof, *options)
        self.assertEqual(done.status, status, done.err)
        return done.document

    def check(self, *, status: int = 0) -> dict:
        done = self.profile.run("--json", "check")
        self.assertEqual(done.status, status, done.err)
        [account] = done.document["accounts"]
        return account

    def list_methods(self) -> set[str]:
        return set(re.findall(r"method=([^,]+)", self.server.log))


class Pin(TrustTest):
    def test_unknown_certificate_is_refused_with_its_fingerprint(self):
        fingerprint = self.server.sign_itself()
        error = self.add(status=1)["error"]
        self.assertEqual(error["code"], "certificate")
        self.assertIn("signed by itself", error["text"])
        self.assertIn(fingerprint, error["text"])

    def test_pinned_certificate_is_accepted(self):
        fingerprint = self.server.sign_itself()
        added = self.add("--pin", fingerprint.replace(":", "").lower())
        self.assertEqual(added["pin"], fingerprint)
        account = self.check()
        self.assertEqual((account["ok"], account["messages"]), (True, 1))

    def test_wrong_pin_fails_with_both_fingerprints(self):
        fingerprint = self.server.sign_itself()
        error = self.add("--pin", OTHER_PIN, status=1)["error"]
        self.assertEqual(error["code"], "certificate")
        self.assertIn(OTHER_PIN, error["text"])
        self.assertIn(fingerprint, error["text"])

    def test_pin_holds_against_a_trusted_authority(self):
        error = self.add("--ca-file", self.server.ca_pem, "--pin", OTHER_PIN, status=1)["error"]
        self.assertEqual(error["code"], "certificate")

    def test_changed_certificate_is_shown_beside_the_pinned_one(self):
        old = self.server.sign_itself()
        self.add("--pin", old)
        self.assertIs(self.check()["ok"], True)
        new = self.server.sign_itself()
        text = self.check(status=1)["error"]["text"]
        self.assertRegex(text, f"Pinned: SHA-256 {old}.*Shown: SHA-256 {new}")
        self.assertIn("The pinned one was for localhost", text)


class Mechanism(TrustTest):
    def test_best_without_a_choice(self):
        self.assertIsNone(self.add("--ca-file", self.server.ca_pem)["mechanism"])
        self.assertEqual(self.list_methods(), {"SCRAM-SHA-256"})

    def test_only_the_chosen_one(self):
        added = self.add("--ca-file", self.server.ca_pem, "--auth", "login")
        self.assertEqual(added["mechanism"], "LOGIN")
        self.check()
        self.assertEqual(self.list_methods(), {"LOGIN"})

    def test_chosen_one_that_the_server_lacks(self):
        error = self.add("--ca-file", self.server.ca_pem, "--auth", "CRAM-MD5", status=1)["error"]
        self.assertIn(error["code"], ("auth", "unsupported"))
        self.assertEqual(self.list_methods() - {"CRAM-MD5"}, set())


class Token(TrustTest):
    def test_token_is_never_shown(self):
        token = "ya29-not-a-token"
        path = self.server.folder / "token.txt"
        path.write_text(token + "\n")
        error = self.add("--ca-file", self.server.ca_pem, "--token-command", f"cat '{path}'",
                         password=False, status=1)["error"]
        self.assertIn(error["code"], ("auth", "unsupported"))
        self.assertEqual(self.profile.find_bytes(token.encode()), [])

    def test_command_that_fails(self):
        error = self.add("--ca-file", self.server.ca_pem, "--token-command", "false", password=False,
                         status=1)["error"]
        self.assertEqual(error["code"], "auth")


if __name__ == "__main__":
    tap.main()
