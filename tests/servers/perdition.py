# SPDX-License-Identifier: GPL-3.0-or-later
"""perdition, a proxy in front of another server: STLS and the login are its own, the rest is not.

    with Dovecot({"ala": "secret"}) as behind, Perdition(behind.port) as server:
        ... server.port, server.ca_pem ...
"""

import grp
from pathlib import Path

from servers.loopback import LoopbackServer
from servers.process import find_tool


class Perdition(LoopbackServer):
    """One running perdition, with STLS on its port."""

    name = "perdition"

    def __init__(self, behind_port: int):
        """@behind_port: of the server that has the mailboxes; it is spoken to in clear."""
        super().__init__()
        self._behind_port = behind_port

    def prepare(self) -> None:
        find_tool("perdition.pop3")
        self._pair = self.issue_certificate()

    def build_command(self, ports: list[int]) -> list[str]:
        group = grp.getgrgid(self.owner.pw_gid).gr_name
        return [find_tool("perdition.pop3"), "--no_daemon", "--no_lookup",
                "--config_file", "", "--map_library", "", "--pid_file", "",
                "--username", self.owner.pw_name, "--group", group,
                "--log_facility", str(self.log_path),
                "--bind_address", f"127.0.0.1:{ports[0]}",
                "--outgoing_server", f"127.0.0.1:{self._behind_port}",
                "--ssl_mode", "tls_listen", "--ssl_cert_file", str(self._pair.certificate),
                "--ssl_key_file", str(self._pair.key)]
