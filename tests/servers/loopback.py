# SPDX-License-Identifier: GPL-3.0-or-later
"""What all real servers of the tests share: a folder, an owner, free loopback ports, and an end."""

import os
import pwd
import shutil
import socket
import tempfile
from collections.abc import Iterable
from pathlib import Path

from servers.certificate import CertificateAuthority, KeyPair
from servers.process import Process, ServerError

# Another program may take a port between choosing and binding it.
PORT_ATTEMPTS = 5


class LoopbackServer:
    """One running server; a context manager.

    It runs as the caller, or as nobody where the caller is root: it needs no
    right that a mail user has not. A server of a kind says with
    prepare() and build_command() what is its own.
    """

    name = ""
    n_ports = 1

    def __init__(self):
        self.host = "127.0.0.1"
        self.ports: list[int] = []
        self._process: Process | None = None
        self._authority: CertificateAuthority | None = None

    def __enter__(self):
        self.owner = _choose_owner()
        self.folder = Path(tempfile.mkdtemp(prefix=f"popinjay-{self.name}-"))
        try:
            self.prepare()
            for path in [self.folder, *self.folder.rglob("*")]:
                self.give(path)
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def port(self) -> int:
        """Where it speaks in clear, until STLS where it has that."""
        return self.ports[0]

    @property
    def tls_port(self) -> int:
        """Where TLS begins at once; for servers that have such a port."""
        return self.ports[1]

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ca_pem(self) -> Path:
        """The certificate that a client must trust to believe this server, where it has TLS."""
        return self._authority.pem

    @property
    def log_path(self) -> Path:
        """The file that the server logs to."""
        return self.folder / f"{self.name}.log"

    @property
    def log(self) -> str:
        """What the server has logged until now."""
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def prepare(self) -> None:
        """Fills the folder before the server starts for the first time."""

    def build_command(self, ports: list[int]) -> list[str]:
        """Writes the configuration that names @ports. Returns the command that runs in the foreground."""
        raise NotImplementedError

    def answers(self, port: int) -> bool:
        """Whether it is ready, at the first of its ports."""
        return _greets(port)

    def start(self) -> None:
        """Starts after stop(), on the same ports where it ran before; mail is kept."""
        for _ in range(PORT_ATTEMPTS):
            ports = self.ports or _find_free_ports(self.n_ports)
            self._process = self._launch(self.build_command(ports))
            try:
                self._process.wait_until(lambda: self.answers(ports[0]))
            except ServerError as error:
                if "Address already in use" in str(error) + self.log and not self.ports:
                    continue
                raise ServerError(f"{error}\n{self.log}") from error
            self.ports = ports
            return
        raise ServerError(f"found no free port for {self.name}")

    def stop(self) -> None:
        """Ends the server and every session; mail is kept until the context ends."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def get_options(self) -> dict:
        """Whom the server runs as, where it is not the caller: options of subprocess.Popen."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": [],
                "cwd": self.folder}

    def give(self, path: Path) -> None:
        """Makes a file the server's own."""
        if os.geteuid() == 0:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def write(self, path: Path, text: str) -> None:
        """Writes a file that is the server's own, and nobody else's to read."""
        path.write_text(text)
        path.chmod(0o600)
        self.give(path)

    def issue_certificate(self, names: Iterable[str] = ("localhost", "127.0.0.1")) -> KeyPair:
        """Makes a certificate, by an authority of this server's own; in prepare()."""
        self._authority = CertificateAuthority(self.folder)
        return self._authority.issue(list(names))

    def issue_self_signed(self, names: Iterable[str], name: str) -> KeyPair:
        """Makes a certificate that nobody signed, in files called @name; after prepare()."""
        pair = self._authority.issue_self_signed(list(names), name)
        self.give(pair.certificate)
        self.give(pair.key)
        return pair

    def _launch(self, command: list[str]) -> Process:
        return Process(command, self.folder / "output.log", **self.get_options())


def _choose_owner() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _find_free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _greets(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            return connection.recv(512).startswith(b"+OK")
    except OSError:
        return False
