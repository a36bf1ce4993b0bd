# SPDX-License-Identifier: GPL-3.0-or-later
"""pop3d of GNU mailutils, with STLS on one port and TLS on another.

    with Mailutils({"ala": "secret"}) as server:
        server.deliver("ala", b"Subject: hello\\r\\n\\r\\nbody\\r\\n")
        ... server.get_login("ala"), server.port, server.tls_port, server.ca_pem ...
"""

import grp
import os
import subprocess
from pathlib import Path

from servers.loopback import LoopbackServer
from servers.process import ServerError, find_tool

# Users of a virtual domain need no account of the system.
DOMAIN = "example.org"
# Gives the caller the group that pop3d insists on, inside a user name space of its own.
ENTER_MAIL_GROUP = ["--user", "--map-current-user", "--map-group=mail"]

CONFIGURATION = """
mode daemon;
foreground yes;
pidfile {folder}/pop3d.pid;
logging {{
  syslog no;
}}
auth {{
  authentication clear;
  authentication generic;
  authorization clear;
  authorization virtdomain;
}}
virtdomain {{
  passwd-dir {folder}/domains;
}}
tcp-wrappers {{
  enable no;
}}
tls {{
  ssl-certificate-file {certificate};
  ssl-key-file {key};
}}
server 127.0.0.1:{port} {{
  tls-mode ondemand;
}}
server 127.0.0.1:{tls_port} {{
  tls-mode connection;
}}
"""


class Mailutils(LoopbackServer):
    """One running pop3d. Its mailboxes are mbox files, into which it writes the UIDLs it makes up."""

    name = "mailutils"
    n_ports = 2

    def __init__(self, users: dict[str, str]):
        """@users: password by the part of the user name before the domain."""
        super().__init__()
        self.users = dict(users)

    @property
    def log_path(self) -> Path:
        return self.folder / "output.log"

    @staticmethod
    def get_login(user: str) -> str:
        """The name that a user logs in with."""
        return f"{user}@{DOMAIN}"

    def prepare(self) -> None:
        find_tool("pop3d")
        self._pair = self.issue_certificate()
        (self.folder / "domains").mkdir()
        lines = []
        for user, password in self.users.items():
            home = self.folder / "mail" / user
            home.mkdir(parents=True)
            lines.append(f"{user}:{_hash(password)}:{self.owner.pw_uid}:{self.owner.pw_gid}::{home}:\n")
            (home / "INBOX").touch()
        (self.folder / "domains" / DOMAIN).write_text("".join(lines))

    def build_command(self, ports: list[int]) -> list[str]:
        path = self.folder / "pop3d.conf"
        self.write(path, CONFIGURATION.format(
            folder=self.folder, port=ports[0], tls_port=ports[1],
            certificate=self._pair.certificate, key=self._pair.key))
        command = [find_tool("pop3d"), "--no-config", f"--config-file={path}"]
        if os.geteuid() != 0:
            command = [find_tool("unshare"), *ENTER_MAIL_GROUP, "--", *command]
        return command

    def get_options(self) -> dict:
        options = super().get_options()
        return options and {**options, "group": grp.getgrnam("mail").gr_gid}

    def deliver(self, user: str, mail: bytes) -> None:
        """Appends one mail to the mailbox, which no session may hold."""
        with (self.folder / "mail" / user / "INBOX").open("ab") as mailbox:
            mailbox.write(b"From ola@example.org Tue Mar  3 14:02:11 2026\n"
                          + mail.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") + b"\n")


def _hash(password: str) -> str:
    done = subprocess.run([find_tool("openssl"), "passwd", "-6", "-stdin"], input=password,
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ServerError(done.stderr)
    return done.stdout.strip()
