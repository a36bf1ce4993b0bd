# SPDX-License-Identifier: GPL-3.0-or-later
"""A long line to a server on this machine: the relay of delay-relay.c, and what passed through it."""

import json
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Traffic:
    """What the relay saw: bytes of TCP's payload, TLS included."""

    connections: int
    bytes_up: int
    bytes_down: int
    round_trips: int


class Link:
    """One running relay; a context manager. Clients connect to `port`."""

    def __init__(self, relay: str, server_port: int):
        self._command = [relay, str(server_port)]

    def __enter__(self) -> "Link":
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)
        self.port = int(self._process.stdout.readline().removeprefix("port "))
        return self

    def __exit__(self, *_) -> None:
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def set_round_trip_ms(self, milliseconds: int) -> None:
        """For the connections that come afterwards; an even number."""
        self._tell(f"delay {milliseconds // 2}")

    def set_width_mbit_s(self, width: int) -> None:
        """For the connections that come afterwards; 0 for a line that takes all at once."""
        self._tell(f"width {width}")

    def take_traffic(self) -> Traffic:
        """Waits until no connection is open. Returns the sums since the last time."""
        self._tell("report")
        return Traffic(**json.loads(self._process.stdout.readline()))

    def _tell(self, command: str) -> None:
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
