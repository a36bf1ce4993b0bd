# SPDX-License-Identifier: GPL-3.0-or-later
"""mpopd, the POP3 server of mpop: USER, UIDL and RETR, and neither TOP, TLS nor pipelining.

    with Mpopd({"ala": "secret"}) as server:
        server.deliver("ala", b"Subject: hello\\r\\n\\r\\nbody\\r\\n")
        ... server.port ...
"""

import shlex
from pathlib import Path

from servers.loopback import LoopbackServer
from servers.maildir import Maildir
from servers.process import find_tool


class Mpopd(LoopbackServer):
    """One running mpopd. A message's UIDL is its file name in the Maildir."""

    name = "mpopd"

    def __init__(self, users: dict[str, str]):
        """@users: password by user name."""
        super().__init__()
        self.users = dict(users)
        self._maildirs: dict[str, Maildir] = {}

    def prepare(self) -> None:
        find_tool("mpopd")
        for user in self.users:
            self._maildirs[user] = Maildir(self.folder / "mail" / user, self.give)
            self.write(self.folder / f"{user}.password", self.users[user] + "\n")

    def build_command(self, ports: list[int]) -> list[str]:
        command = [find_tool("mpopd"), f"--port={ports[0]}", f"--log={self.log_path}"]
        for user in self.users:
            password = shlex.quote(str(self.folder / f"{user}.password"))
            command += [f"--auth={user},cat {password}", f"--maildir={self.folder / 'mail' / user}"]
        return command

    def deliver(self, user: str, mail: bytes) -> str:
        """Puts one mail into the mailbox, for sessions that begin afterwards. Returns its UIDL."""
        return self._maildirs[user].deliver(mail)
