# SPDX-License-Identifier: GPL-3.0-or-later
"""What the clients written in Python share: their arguments, a connection, and the cost of a session.

    CLIENT.py HOST PORT CA_FILE|- USER N_MAILS first|again

reads the password from standard input. It prints one JSON object, "seconds" and
"cpu_seconds" of the session alone: that a Python takes long to start is not held
against it.
"""

import json
import socket
import ssl
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Session:
    """What one session is to do."""

    host: str
    port: int
    context: ssl.SSLContext | None
    user: str
    password: str
    n_mails: int
    is_first: bool

    def connect(self) -> socket.socket:
        connection = socket.create_connection((self.host, self.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.context is None:
            return connection
        return self.context.wrap_socket(connection, server_hostname=self.host)


def run(work: Callable[[Session], None]) -> None:
    """Does @work as the command line says, and prints what it cost."""
    host, port, ca_file, user, n_mails, kind = sys.argv[1:]
    context = None if ca_file == "-" else ssl.create_default_context(cafile=ca_file)
    session = Session(host, int(port), context, user, sys.stdin.readline().strip(), int(n_mails),
                      kind == "first")
    start, cpu = time.perf_counter(), time.process_time()
    work(session)
    print(json.dumps({"seconds": time.perf_counter() - start,
                      "cpu_seconds": time.process_time() - cpu}))
