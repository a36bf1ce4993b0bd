# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Dovecot on free loopback ports, its mailboxes filled by the test.

    with Dovecot({"ala": "secret"}) as server:
        uid = server.deliver("ala", b"Subject: hello\\r\\n\\r\\nbody\\r\\n")
        ... server.port, server.tls_port, server.ca_pem ...
        assert server.uids("ala") == [uid]
"""

import grp
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from servers.certificate import read_fingerprint
from servers.loopback import LoopbackServer
from servers.maildir import Maildir
from servers.process import ServerError, find_tool

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


class Dovecot(LoopbackServer):
    """One running Dovecot.

    A message's UIDL is its file name in the Maildir, so a test knows it
    without asking the server.
    """

    name = "dovecot"
    n_ports = 2

    def __init__(self, users: dict[str, str], *, mechanisms: str = "plain login",
                 certificate_names: Iterable[str] = ("localhost", "127.0.0.1"), settings: str = ""):
        """@users: password by user name, or its hash behind a scheme in braces; @settings: lines to append to dovecot.conf."""
        super().__init__()
        self.users = dict(users)
        self._mechanisms = mechanisms
        self._certificate_names = list(certificate_names)
        self._settings = settings
        self._maildirs: dict[str, Maildir] = {}
        self._signed_itself = 0

    def prepare(self) -> None:
        self._pair = self.issue_certificate(self._certificate_names)
        self._write_users()

    def build_command(self, ports: list[int]) -> list[str]:
        path = self.folder / "dovecot.conf"
        self.write(path, self._configure(*ports))
        return [find_tool("dovecot"), "-F", "-c", str(path)]

    def sign_itself(self) -> str:
        """Starts again with a fresh certificate that nobody signed. Returns its SHA-256."""
        self._signed_itself += 1
        self.stop()
        self._pair = self.issue_self_signed(self._certificate_names,
                                            f"own-{self._signed_itself}")
        self.start()
        return read_fingerprint(self._pair.certificate)

    def deliver(self, user: str, mail: bytes) -> str:
        """Puts one mail into the mailbox, as a local delivery agent would. Returns its UIDL."""
        return self._maildirs[user].deliver(mail)

    def uids(self, user: str) -> list[str]:
        """UIDLs of the mails on disk, oldest delivery first."""
        return self._maildirs[user].list_uids()

    def mails(self, user: str) -> list[bytes]:
        """The mails on disk, oldest delivery first."""
        return [path.read_bytes() for path in self._maildirs[user].list_files()]

    def count(self, user: str) -> int:
        return len(self.uids(user))

    def _write_users(self) -> None:
        lines = [f"{user}:{password if password.startswith('{') else '{PLAIN}' + password}\n"
                 for user, password in self.users.items()]
        (self.folder / "users").write_text("".join(lines))
        for user in self.users:
            self._maildirs[user] = Maildir(self.folder / "mail" / user, self.give)

    def _configure(self, port: int, tls_port: int) -> str:
        values = {
            "folder": self.folder, "port": port, "tls_port": tls_port,
            "user": self.owner.pw_name, "group": grp.getgrgid(self.owner.pw_gid).gr_name,
            "certificate": self._pair.certificate, "key": self._pair.key,
            "mechanisms": self._mechanisms,
        }
        if read_version() >= (2, 4):
            values["reuse"] = "restart_request_count = unlimited"
            head = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
            text = head + COMMON + DIALECT_2_4
        else:
            values["reuse"] = "service_count = 0"
            text = COMMON + DIALECT_2_3
        return text.format(**values) + self._settings


def read_version() -> tuple[int, int]:
    """The first two numbers of the Dovecot that is installed; raises ServerError when there is none."""
    text = subprocess.run([find_tool("dovecot"), "--version"], capture_output=True, text=True,
                          check=True).stdout
    match = re.match(r"(\d+)\.(\d+)", text)
    if match is None:
        raise ServerError(f"unknown version of Dovecot: {text}")
    return int(match[1]), int(match[2])
