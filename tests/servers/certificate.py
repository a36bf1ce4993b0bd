# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority that lives as long as one test."""

import hashlib
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from servers.process import find_tool

# What "openssl ca" wants to be told in a file; it alone takes both ends of the time for which a
# certificate holds.
SIGNING = """
[ca]
default_ca = own
[own]
database = {folder}/issued.txt
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = client
[any]
commonName = supplied
[client]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
"""
NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
LONG_AGO = ["-startdate", "20200101000000Z", "-enddate", "20200102000000Z"]


@dataclass(frozen=True)
class KeyPair:
    """PEM files of a certificate and of its private key."""

    certificate: Path
    key: Path


class CertificateAuthority:
    """Signs certificates of servers and clients; nothing trusts it but who is given its PEM file."""

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


    def issue_client(self, user: str, stem: str, *, is_over: bool = False) -> Path:
        """Makes a client certificate whose common name is @user.

        @stem: names the file; @is_over: it held long ago instead of today.
        Returns: the PEM file of the certificate and its key.
        """
        pair = KeyPair(self._folder / f"{stem}.pem", self._folder / f"{stem}.key")
        request = self._folder / f"{stem}.csr"
        configuration = self._folder / "signing.conf"
        configuration.write_text(SIGNING.format(folder=self._folder))
        (self._folder / "issued.txt").write_text("")
        _run(["req", "-new", *NEW_KEY, "-subj", f"/CN={user}", "-keyout", str(pair.key),
              "-out", str(request)])
        _run(["ca", "-config", str(configuration), "-batch", "-notext", "-cert", str(self.pem),
              "-keyfile", str(self._own.key), "-in", str(request), "-out", str(pair.certificate),
              *(LONG_AGO if is_over else ["-days", "1"])])
        with pair.certificate.open("a") as file:
            file.write(pair.key.read_text())
        return pair.certificate


def lock_key(key: Path, passphrase: str) -> str:
    """Returns the private key of a PEM file as PEM that needs @passphrase."""
    return _run(["pkey", "-in", str(key), "-aes256", "-passout", f"pass:{passphrase}"])


def read_fingerprint(certificate: Path) -> str:
    """SHA-256 of a certificate in PEM, as "AB:CD:…"."""
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text())
    return hashlib.sha256(der).digest().hex(":").upper()


def _join(names: list[str]) -> str:
    """Host names and IPv4 addresses as an extension lists them."""
    return ",".join(("IP:" if name.replace(".", "").isdigit() else "DNS:") + name for name in names)


def _make(pair: KeyPair, subject: str, options: list[str]) -> None:
    _run(["req", "-x509", *NEW_KEY, "-days", "1", "-subj", subject, "-keyout", str(pair.key),
          "-out", str(pair.certificate), *options])


def _run(arguments: list[str]) -> str:
    done = subprocess.run([find_tool("openssl"), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stdout
