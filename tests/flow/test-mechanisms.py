#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each way to log in works at a real Dovecot, and the strongest is taken unless told otherwise."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from servers import tap
from servers.certificate import CertificateAuthority
from servers.dovecot import Dovecot, read_version
from servers.scram import ScramServer

CLIENT = sys.argv.pop(1)
PASSWORD = "zielona-gruszka, 7=8"
LIMIT_S = 60
KEY = b"a key that only this test knows, 32 octets or more"
OAUTH_CONF = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
"""
OAUTH_PASSDB = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""


def log_in(port: int, *, security: str = "tls", ca: Path | str = "-", user: str = "ala",
           mechanism: str = "-", secret: str = PASSWORD, kind: str = "password") -> tuple[str, str]:
    """Returns: "in" and the mechanism, or the kind of failure and its words."""
    done = subprocess.run([CLIENT, "localhost", str(port), security, str(ca), user, mechanism, kind],
                          input=secret + "\n", capture_output=True, text=True, timeout=LIMIT_S,
                          check=False)
    outcome, _, words = done.stdout.strip().partition(" ")
    assert outcome, done.stderr
    assert secret not in done.stdout + done.stderr
    return outcome, words


def make_token(user: str, lifetime_s: int) -> str:
    """A JSON web token (RFC 7519) that the test's Dovecot trusts."""
    now = int(time.time())
    parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": user, "iat": now - 3600, "exp": now + lifetime_s}]
    body = ".".join(encode_url(json.dumps(part).encode()) for part in parts)
    return body + "." + encode_url(hmac.new(KEY, body.encode(), "sha256").digest())


def encode_url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def hash_password(password: str) -> str:
    """Only the password itself can be held against this, no proof of it."""
    salt = b"salt"
    return "{SSHA256}" + base64.b64encode(hashlib.sha256(password.encode() + salt).digest() + salt).decode()


class DovecotMechanisms(unittest.TestCase):
    MECHANISMS = "plain login scram-sha-1 scram-sha-256 cram-md5 apop"

    @classmethod
    def setUpClass(cls):
        users = {"ala": PASSWORD, "ela": hash_password(PASSWORD)}
        cls.server = Dovecot(users, mechanisms=cls.MECHANISMS).__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def log_in(self, **options) -> tuple[str, str]:
        security = options.get("security", "tls")
        port = self.server.tls_port if security == "tls" else self.server.port
        return log_in(port, ca=self.server.ca_pem, **options)

    def test_strongest_by_default(self):
        for security in ("tls", "starttls", "none"):
            with self.subTest(security):
                self.assertEqual(self.log_in(security=security), ("in", "SCRAM-SHA-256"))

    def test_each_alone(self):
        for name in ("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "APOP", "PLAIN", "LOGIN", "USER"):
            for security in ("tls", "none"):
                with self.subTest(name, security=security):
                    self.assertEqual(self.log_in(mechanism=name, security=security), ("in", name))

    def test_wrong_password(self):
        for name in ("-", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "APOP", "PLAIN", "LOGIN", "USER"):
            with self.subTest(name):
                self.assertEqual(self.log_in(mechanism=name, secret="wrong horse")[0], "auth")

    def test_unknown_user(self):
        self.assertEqual(self.log_in(user="nobody-here")[0], "auth")

    def test_password_of_which_the_server_keeps_a_hash(self):
        self.assertEqual(self.log_in(user="ela"), ("in", "PLAIN"))
        # Without TLS the password is not shown instead.
        self.assertNotEqual(self.log_in(user="ela", security="none")[0], "in")


class Tokens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if read_version() != (2, 3):
            raise unittest.SkipTest("this configuration of tokens is for Dovecot 2.3")
        folder = tempfile.TemporaryDirectory(prefix="popinjay-tokens-")
        cls.addClassCleanup(folder.cleanup)
        cls.write_configuration(Path(folder.name))
        cls.server = Dovecot({"ala": PASSWORD}, mechanisms="plain xoauth2 oauthbearer",
                             settings=OAUTH_PASSDB.format(folder=folder.name)).__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    @staticmethod
    def write_configuration(folder: Path) -> None:
        key = folder / "keys" / "default" / "HS256" / "default"
        key.parent.mkdir(parents=True)
        key.write_text(base64.b64encode(KEY).decode())
        (folder / "oauth2.conf").write_text(OAUTH_CONF.format(folder=folder))
        os.chmod(folder, 0o755)

    def log_in(self, **options) -> tuple[str, str]:
        return log_in(self.server.tls_port, ca=self.server.ca_pem, kind="token", **options)

    def test_good(self):
        token = make_token("ala", 600)
        self.assertEqual(self.log_in(secret=token), ("in", "OAUTHBEARER"), self.server.log)
        self.assertEqual(self.log_in(secret=token, mechanism="XOAUTH2"), ("in", "XOAUTH2"))

    def test_expired(self):
        token = make_token("ala", -60)
        for name in ("OAUTHBEARER", "XOAUTH2"):
            with self.subTest(name):
                before = self.server.log
                outcome, words = self.log_in(secret=token, mechanism=name)
                self.assertEqual(outcome, "auth")
                self.assertIn("the access token: it has expired", words)
                self.assert_exchange_ended(name, before)

    def assert_exchange_ended(self, mechanism: str, before: str) -> None:
        """Dovecot counts an attempt once its challenge with the reason is answered, and none for a "*"."""
        limit = time.monotonic() + LIMIT_S
        while "Disconnected" not in (added := self.server.log.removeprefix(before)):
            self.assertLess(time.monotonic(), limit)
            time.sleep(0.01)
        self.assertRegex(added, rf"auth failed, 1 attempts.*method={mechanism},")

    def test_never_in_plain_text(self):
        outcome, _ = log_in(self.server.port, security="none", kind="token",
                            secret=make_token("ala", 600))
        self.assertEqual(outcome, "no-tls")


class Scram(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="popinjay-scram-")
        cls.addClassCleanup(folder.cleanup)
        cls.authority = CertificateAuthority(Path(folder.name))
        cls.pair = cls.authority.issue(["localhost", "127.0.0.1"])

    def log_in(self, server: ScramServer, **options) -> tuple[str, str]:
        return log_in(server.port, ca=self.authority.pem, **options)

    def test_bound_to_the_certificate(self):
        with ScramServer(PASSWORD, offers="SCRAM-SHA-256 SCRAM-SHA-256-PLUS", tls=self.pair) as server:
            self.assertEqual(self.log_in(server), ("in", "SCRAM-SHA-256-PLUS"))
        self.assertEqual(server.gs2_flag, "p=tls-server-end-point")
        self.assertTrue(server.is_bound and server.is_proved)

    def test_tells_that_it_could_have_bound(self):
        with ScramServer(PASSWORD, offers="SCRAM-SHA-256 PLAIN", tls=self.pair) as server:
            self.assertEqual(self.log_in(server), ("in", "SCRAM-SHA-256"))
        self.assertEqual(server.gs2_flag, "y")
        self.assertTrue(server.is_bound and server.is_proved)

    def test_tells_no_lie_when_the_weaker_is_chosen(self):
        with ScramServer(PASSWORD, offers="SCRAM-SHA-256 SCRAM-SHA-256-PLUS", tls=self.pair) as server:
            self.assertEqual(self.log_in(server, mechanism="SCRAM-SHA-256"), ("in", "SCRAM-SHA-256"))
        self.assertEqual(server.gs2_flag, "n")

    def test_nothing_to_bind_in_plain_text(self):
        with ScramServer(PASSWORD, offers="SCRAM-SHA-256 SCRAM-SHA-256-PLUS") as server:
            self.assertEqual(self.log_in(server, security="none"), ("in", "SCRAM-SHA-256"))
        self.assertEqual(server.gs2_flag, "n")

    def test_wrong_password(self):
        with ScramServer("another", offers="SCRAM-SHA-256 PLAIN", tls=self.pair) as server:
            self.assertEqual(self.log_in(server)[0], "auth")
        self.assertFalse(server.is_proved)

    def test_server_that_does_not_know_the_password(self):
        for security in ("tls", "none"):
            with self.subTest(security):
                tls = self.pair if security == "tls" else None
                with ScramServer(PASSWORD, offers="SCRAM-SHA-256 PLAIN", tls=tls, lie=True) as server:
                    self.assertEqual(self.log_in(server, security=security)[0], "protocol")
                self.assertEqual(server.lines[-1], "*")
                self.assertFalse([line for line in server.lines if "PLAIN" in line or "USER" in line])

    def test_few_and_many_iterations(self):
        for iterations in (1, 4095, 100001):
            with self.subTest(iterations):
                with ScramServer(PASSWORD, offers="SCRAM-SHA-256 PLAIN", iterations=iterations) as server:
                    self.assertEqual(self.log_in(server, security="none")[0], "unsupported")
                self.assertFalse([line for line in server.lines if "PLAIN" in line or "USER" in line])


if __name__ == "__main__":
    tap.main()
