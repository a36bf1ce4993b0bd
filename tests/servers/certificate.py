# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority that lives as long as one test."""

import hashlib
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from servers.process import find_tool


@dataclass(frozen=True)
class KeyPair:
    """PEM files of a certificate and of its private key."""

    certificate: Path
    key: Path


class CertificateAuthority:
    """Signs server certificates; nothing trusts it but who is given its PEM file."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._own = KeyPair(folder / "ca.pem", folder / "ca.key")
        _make(self._own, "/CN=Popinjay test CA", ["-addext", "keyUsage=critical,keyCertSign"])

    @property
    def pem(self) -> Path:
        """The authority's certificate, for a client's CA file."""
        return self._own.certificate

    def issue(self, names: list[str]) -> KeyPair:
        """Makes a server certificate for host names and IPv4 addresses, valid for a day."""
        stem = names[0].replace("*", "any")
        pair = KeyPair(self._folder / f"{stem}.pem", self._folder / f"{stem}.key")
        signer = ["-CA", str(self._own.certificate), "-CAkey", str(self._own.key)]
        extensions = [
            "subjectAltName=" + _join(names),
            "basicConstraints=CA:FALSE",
            "extendedKeyUsage=serverAuth",
        ]
        _make(pair, f"/CN={names[0]}", signer + [word for e in extensions for word in ("-addext", e)])
        return pair

    def issue_self_signed(self, names: list[str], stem: str) -> KeyPair:
        """As issue(), but signed by its own key, into files named by @stem."""
        pair = KeyPair(self._folder / f"{stem}.pem", self._folder / f"{stem}.key")
        _make(pair, f"/CN={names[0]}", ["-addext", "subjectAltName=" + _join(names)])
        return pair


def read_fingerprint(certificate: Path) -> str:
    """SHA-256 of a certificate in PEM, as "AB:CD:…"."""
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text())
    return hashlib.sha256(der).digest().hex(":").upper()


def _join(names: list[str]) -> str:
    """Host names and IPv4 addresses as an extension lists them."""
    return ",".join(("IP:" if name.replace(".", "").isdigit() else "DNS:") + name for name in names)


def _make(pair: KeyPair, subject: str, options: list[str]) -> None:
    command = [find_tool("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
               "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj", subject,
               "-keyout", str(pair.key), "-out", str(pair.certificate)]
    done = subprocess.run(command + options, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
