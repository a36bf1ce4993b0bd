#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client certificate signs in at a real Dovecot without a password, and what is wrong with one is told."""

import json
import os
import ssl
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from servers import tap
from servers.certificate import CertificateAuthority, lock_key
from servers.dovecot import Dovecot, read_version
from servers.popinjayctl import Profile
from servers.tls_front import TlsFront

PROGRAM = sys.argv.pop(1)
CHECK_DRIVER = sys.argv.pop(1)
PASSWORD = "zielona-gruszka 9"
LIMIT_S = 60
# Who shows a certificate is who it names.
SETTINGS = """
ssl_ca = <{ca}
ssl_require_crl = no
ssl_verify_client_cert = yes
auth_ssl_username_from_cert = yes
passdb {{
  driver = static
  mechanisms = external
  args = nopassword
}}
"""
ALL_NEED_ONE = "auth_ssl_require_client_cert = yes\n"
# Holds for clients that read it: `SSL_CTX` of a program has no say in what the system forbids.
OLD_TLS = """
openssl_conf = all
[all]
ssl_conf = programs
[programs]
system_default = limits
[limits]
MaxProtocol = TLSv1.2
"""


class CertificateTest(unittest.TestCase):
    """One authority that signs for clients, and what it and others have signed."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="popinjay-clients-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.authority = CertificateAuthority(cls.folder)
        cls.good = cls.authority.issue_client("ala", "good")
        cls.expired = cls.authority.issue_client("ala", "expired", is_over=True)
        cls.of_ela = cls.authority.issue_client("ela", "of-ela")
        (cls.folder / "other").mkdir()
        cls.foreign = CertificateAuthority(cls.folder / "other").issue_client("ala", "foreign")
        # The server, which may run as somebody else, reads what it trusts.
        cls.folder.chmod(0o755)

    @classmethod
    def write(cls, name: str, text: str) -> Path:
        path = cls.folder / name
        path.write_text(text)
        return path

    @classmethod
    def start_dovecot(cls, settings: str = "") -> Dovecot:
        if read_version() != (2, 3):
            raise unittest.SkipTest("this configuration of certificates is for Dovecot 2.3")
        server = Dovecot({"ala": PASSWORD}, mechanisms="external plain",
                         settings=SETTINGS.format(ca=cls.authority.pem) + settings).__enter__()
        cls.addClassCleanup(server.__exit__)
        server.deliver("ala", b"Subject: hello\r\n\r\nbody\r\n")
        return server

    def open_profile(self, *, old_tls: bool = False) -> Profile:
        environment = dict(os.environ)
        if old_tls:
            environment["OPENSSL_CONF"] = str(self.write("old-tls.cnf", OLD_TLS))
        profile = Profile(PROGRAM, environment).__enter__()
        self.addCleanup(profile.__exit__)
        return profile

    def add(self, profile: Profile, port: int, ca: Path, *options: object, security: str = "tls",
            status: int = 0) -> dict:
        done = profile.run("--json", "accounts", "add", "home", "--server", "localhost", "--port", port,
                           "--security", security, "--user", "ala", "--ca-file", ca, *options)
        self.assertEqual(done.status, status, done.err)
        return done.document

    def check(self, profile: Profile, *, status: int = 0) -> dict:
        done = profile.run("--json", "check")
        self.assertEqual(done.status, status, done.err)
        [account] = done.document["accounts"]
        return account


class External(CertificateTest):
    """Nobody has a password here; Dovecot refuses a bad certificate at the login only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_dovecot(ALL_NEED_ONE)

    def add_with(self, profile: Profile, certificate: Path, *options: object, security: str = "tls",
                 status: int = 0) -> dict:
        port = self.server.tls_port if security == "tls" else self.server.port
        return self.add(profile, port, self.server.ca_pem, "--client-certificate", certificate, *options,
                        security=security, status=status)

    def test_good(self):
        for security in ("tls", "starttls"):
            for old_tls in (False, True):
                for options in (["--auth", "EXTERNAL"], []):
                    with self.subTest(security, old_tls=old_tls, options=options):
                        profile = self.open_profile(old_tls=old_tls)
                        proof = options or ["--password-command", "echo not this"]
                        added = self.add_with(profile, self.good, *proof, security=security)
                        self.assertEqual(added["client_certificate"], str(self.good))
                        self.assertEqual(self.check(profile)["messages"], 1)
                        steps = {step["step"]: step["text"]
                                 for step in profile.run("--json", "doctor", "home").document["steps"]}
                        self.assertEqual(steps["login"], "logged in as ala by EXTERNAL")
                        self.assertIn("TLSv1.2" if old_tls else "TLSv1.3", steps["tls"])

    def test_refused(self):
        for security in ("tls", "starttls"):
            for certificate in (self.expired, self.foreign, self.of_ela):
                with self.subTest(certificate.stem, security=security):
                    error = self.add_with(self.open_profile(), certificate, "--auth", "EXTERNAL",
                                          security=security, status=1)["error"]
                    self.assertEqual(error["code"], "auth")
                    self.assertIn("the client certificate was shown", error["text"])
                    self.assertIn("[AUTH]", error["text"])

    def test_password_without_a_certificate(self):
        error = self.add(self.open_profile(), self.server.tls_port, self.server.ca_pem,
                         "--password-command", f"echo '{PASSWORD}'", status=1)["error"]
        self.assertEqual(error["code"], "auth")
        self.assertIn("present valid SSL certificate", error["text"])

    def test_file_that_cannot_be_used(self):
        certificate, key = self.good.read_text().split("-----BEGIN PRIVATE", 1)
        cases = (("keyless.pem", certificate, "no key that belongs"),
                 ("key.pem", "-----BEGIN PRIVATE" + key, "cannot be read as PEM"),
                 ("locked.pem", certificate + lock_key(self.good.with_suffix(".key"), "pass"), "passphrase"),
                 ("other-key.pem", certificate + self.of_ela.with_suffix(".key").read_text(),
                  "no key that belongs"))
        for name, text, says in cases:
            with self.subTest(name):
                path = self.write(name, text)
                before = self.server.log
                error = self.add_with(self.open_profile(), path, "--auth", "EXTERNAL", status=1)["error"]
                self.assertEqual(error["code"], "internal")
                self.assertIn(f"{path}: ", error["text"])
                self.assertIn(says, error["text"])
                self.assertNotIn("Login: user=", self.server.log.removeprefix(before))

    def test_file_that_went_away(self):
        path = self.write("away.pem", self.good.read_text())
        profile = self.open_profile()
        self.add_with(profile, path, "--auth", "EXTERNAL")
        path.unlink()
        error = self.check(profile, status=1)["error"]
        self.assertEqual(error["code"], "internal")
        self.assertIn(f"{path}: The client certificate cannot be read: No such file", error["text"])
        path.write_text(self.good.read_text())
        self.assertEqual(self.check(profile)["messages"], 1)


class Asked(CertificateTest):
    """Dovecot asks for a certificate and takes a password as well."""

    def test_one_check_after_another(self):
        server = self.start_dovecot()
        for security, port in (("tls", server.tls_port), ("starttls", server.port)):
            with self.subTest(security):
                done = subprocess.run([CHECK_DRIVER, "localhost", str(port), security, "ala",
                                       str(server.ca_pem)], input=PASSWORD + "\n" * 5,
                                      capture_output=True, text=True, timeout=LIMIT_S, check=True)
                results = [json.loads(line) for line in done.stdout.splitlines()]
                self.assertEqual([result.get("messages", result.get("error")) for result in results],
                                 [1] * 4)
        # What it breaks off at: once for each security, then no longer.
        broken = [line for line in server.log.splitlines() if "session id context" in line]
        self.assertEqual(len(broken), 2, server.log)


    def test_certificate_and_password(self):
        # It lists EXTERNAL, and does not take anybody's word for who they are.
        server = self.start_dovecot(ALL_NEED_ONE + "auth_ssl_username_from_cert = no\n")
        proof = ["--client-certificate", self.of_ela, "--password-command", f"echo '{PASSWORD}'"]
        profile = self.open_profile()
        self.add(profile, server.tls_port, server.ca_pem, *proof)
        self.assertEqual(self.check(profile)["messages"], 1)
        self.assertIn("method=PLAIN", server.log)


class Handshake(CertificateTest):
    """A server that breaks off the handshake: with TLS 1.3 the client learns of it only afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.behind = Dovecot({"ala": PASSWORD}).__enter__()
        cls.addClassCleanup(cls.behind.__exit__)
        cls.server_authority = CertificateAuthority(cls.folder / "other")
        cls.pair = cls.server_authority.issue(["localhost", "127.0.0.1"])

    def add_at_front(self, version: ssl.TLSVersion, security: str, certificate: Path | None,
                     status: int = 0) -> dict:
        proof = ["--password-command", f"echo '{PASSWORD}'"]
        if certificate is not None:
            proof += ["--client-certificate", certificate]
        with TlsFront(self.behind.port, self.pair, self.authority.pem, version=version,
                      stls=security == "starttls") as front:
            return self.add(self.open_profile(), front.port, self.server_authority.pem, *proof,
                            security=security, status=status)

    def test_good(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            for security in ("tls", "starttls"):
                with self.subTest(version.name, security=security):
                    self.assertEqual(self.add_at_front(version, security, self.good)["user"], "ala")

    def test_refused(self):
        cases = ((self.expired, "refuses the client certificate: it expired"),
                 (self.foreign, "refuses the client certificate: it does not know the issuer"),
                 (None, "asks for a client certificate"))
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            for security in ("tls", "starttls"):
                for certificate, says in cases:
                    with self.subTest(says, version=version.name, security=security):
                        error = self.add_at_front(version, security, certificate, status=1)["error"]
                        self.assertEqual(error["code"], "tls")
                        self.assertIn(says, error["text"])


if __name__ == "__main__":
    tap.main()
