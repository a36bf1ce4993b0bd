# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Dovecot on free loopback ports, its mailboxes filled by the test.

    with Dovecot({"ala": "secret"}) as server:
        uid = server.deliver("ala", b"Subject: hello\\r\\n\\r\\nbody\\r\\n")
        ... server.port, server.tls_port, server.ca_pem ...
        assert server.uids("ala") == [uid]
"""

import grp
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from servers.certificate import CertificateAuthority, KeyPair, read_fingerprint
from servers.process import Process, ServerError, find_tool

# Another program may take a port between choosing and binding it.
PORT_ATTEMPTS = 5
# Maildir sorts by the time at the start of a name: these make the order of delivery the order of
# the message numbers, whatever the clock does.
FIRST_NAME_S = 1700000000

# What both generations of the configuration spell alike.
COMMON = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
ssl = yes
ssl_min_protocol = TLSv1.2
auth_failure_delay = 0
auth_mechanisms = {mechanisms}
maildir_stat_dirs = no
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service pop3-login {{
  chroot =
  process_min_avail = 1
  {reuse}
  inet_listener pop3 {{
    port = {port}
  }}
  inet_listener pop3s {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""

DIALECT_2_3 = """
protocols = pop3
mail_location = maildir:{folder}/mail/%u
pop3_uidl_format = %f
disable_plaintext_auth = no
ssl_cert = <{certificate}
ssl_key = <{key}
ssl_dh =
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
"""

DIALECT_2_4 = """
protocols {{
  pop3 = yes
}}
mail_driver = maildir
mail_path = {folder}/mail/%{{user}}
pop3_uidl_format = %{{filename}}
auth_allow_cleartext = yes
ssl_server_cert_file = {certificate}
ssl_server_key_file = {key}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
passdb passwd-file {{
  passwd_file_path = {folder}/users
  default_password_scheme = PLAIN
}}
userdb static {{
  fields {{
    uid = {user}
    gid = {group}
    home = {folder}/mail/%{{user}}
  }}
}}
"""


class Dovecot:
    """One running Dovecot; a context manager.

    It runs as the caller, or as nobody where the caller is root, because
    Dovecot refuses to open a mailbox as root. A message's UIDL is its file
    name in the Maildir, so a test knows it without asking the server.
    """

    def __init__(self, users: dict[str, str], *, mechanisms: str = "plain login",
                 certificate_names: Iterable[str] = ("localhost", "127.0.0.1"), settings: str = ""):
        """@users: password by user name, or its hash behind a scheme in braces; @settings: lines to append to dovecot.conf."""
        self.users = dict(users)
        self.host = "127.0.0.1"
        self.port = 0
        self.tls_port = 0
        self._mechanisms = mechanisms
        self._certificate_names = list(certificate_names)
        self._settings = settings
        self._process: Process | None = None
        self._delivered = 0
        self._signed_itself = 0

    def __enter__(self) -> "Dovecot":
        self._owner = _choose_owner()
        self.folder = Path(tempfile.mkdtemp(prefix="popinjay-dovecot-"))
        try:
            self._authority = CertificateAuthority(self.folder)
            self._pair = self._authority.issue(self._certificate_names)
            self._write_users()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def ca_pem(self) -> Path:
        """The certificate that a client must trust to believe this server."""
        return self._authority.pem

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def log(self) -> str:
        """What Dovecot has logged until now."""
        path = self.folder / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Starts after stop(), on the same ports where it ran before; mail is kept."""
        for _ in range(PORT_ATTEMPTS):
            port, tls_port = (self.port, self.tls_port) if self.port else _find_free_ports(2)
            self._write_configuration(port, tls_port)
            self._process = self._launch()
            try:
                self._process.wait_until(lambda: _greets(port))
            except ServerError as error:
                if "Address already in use" in str(error) + self.log and not self.port:
                    continue
                raise ServerError(f"{error}\n{self.log}") from error
            self.port, self.tls_port = port, tls_port
            return
        raise ServerError("found no free port for Dovecot")

    def sign_itself(self) -> str:
        """Starts again with a fresh certificate that nobody signed. Returns its SHA-256."""
        self._signed_itself += 1
        self.stop()
        self._pair = self._authority.issue_self_signed(self._certificate_names,
                                                       f"own-{self._signed_itself}")
        self._give(self._pair.certificate)
        self._give(self._pair.key)
        self.start()
        return read_fingerprint(self._pair.certificate)

    def stop(self) -> None:
        """Ends the server and every session; mail is kept until the context ends."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def deliver(self, user: str, mail: bytes) -> str:
        """Puts one mail into the mailbox, as a local delivery agent would. Returns its UIDL."""
        self._delivered += 1
        name = f"{FIRST_NAME_S + self._delivered}.Q{self._delivered}.localhost"
        maildir = self.folder / "mail" / user
        draft = maildir / "tmp" / name
        draft.write_bytes(mail)
        self._give(draft)
        draft.rename(maildir / "new" / name)
        return name

    def uids(self, user: str) -> list[str]:
        """UIDLs of the mails on disk, oldest delivery first."""
        return [path.name.split(":")[0] for path in self._mails(user)]

    def mails(self, user: str) -> list[bytes]:
        """The mails on disk, oldest delivery first."""
        return [path.read_bytes() for path in self._mails(user)]

    def count(self, user: str) -> int:
        return len(self._mails(user))

    def _mails(self, user: str) -> list[Path]:
        maildir = self.folder / "mail" / user
        found = [*(maildir / "new").iterdir(), *(maildir / "cur").iterdir()]
        return sorted(found, key=lambda path: int(path.name.split(".")[0]))

    def _write_users(self) -> None:
        lines = [f"{user}:{password if password.startswith('{') else '{PLAIN}' + password}\n"
                 for user, password in self.users.items()]
        (self.folder / "users").write_text("".join(lines))
        for user in self.users:
            for part in ("cur", "new", "tmp"):
                (self.folder / "mail" / user / part).mkdir(parents=True)
        for path in [self.folder, *self.folder.rglob("*")]:
            self._give(path)

    def _write_configuration(self, port: int, tls_port: int) -> None:
        values = {
            "folder": self.folder, "port": port, "tls_port": tls_port,
            "user": self._owner.pw_name, "group": grp.getgrgid(self._owner.pw_gid).gr_name,
            "certificate": self._pair.certificate, "key": self._pair.key,
            "mechanisms": self._mechanisms,
        }
        if _read_version() >= (2, 4):
            values["reuse"] = "restart_request_count = unlimited"
            head = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
            text = head + COMMON + DIALECT_2_4
        else:
            values["reuse"] = "service_count = 0"
            text = COMMON + DIALECT_2_3
        path = self.folder / "dovecot.conf"
        path.write_text(text.format(**values) + self._settings)
        self._give(path)

    def _launch(self) -> Process:
        command = [find_tool("dovecot"), "-F", "-c", str(self.folder / "dovecot.conf")]
        output = self.folder / "output.log"
        if os.geteuid() != 0:
            return Process(command, output)
        return Process(command, output, user=self._owner.pw_uid, group=self._owner.pw_gid,
                       extra_groups=[], cwd=self.folder)

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self._owner.pw_uid, self._owner.pw_gid)


def _choose_owner() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _read_version() -> tuple[int, int]:
    text = subprocess.run([find_tool("dovecot"), "--version"], capture_output=True, text=True,
                          check=True).stdout
    match = re.match(r"(\d+)\.(\d+)", text)
    if match is None:
        raise ServerError(f"unknown version of Dovecot: {text}")
    return int(match[1]), int(match[2])


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
