# SPDX-License-Identifier: GPL-3.0-or-later
"""Popinjay's own check in a process that lives on: check-driver.c, one check when told."""

import json
import subprocess

from clients import HOST, Target
from mailboxes import PASSWORD


class Driver:
    """One running check-driver; what it has found it remembers. end() it."""

    def __init__(self, program: str, target: Target):
        security = "tls" if target.is_tls else "none"
        ca_file = [str(target.ca_pem)] if target.is_tls else []
        self._process = subprocess.Popen(
            [program, HOST, str(target.port), security, target.user, *ca_file],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._tell(PASSWORD)

    def check(self) -> dict:
        """Checks once. Returns what it found and what that cost, or its "error"."""
        self._tell("check")
        line = self._process.stdout.readline()
        return json.loads(line) if line else {"error": "check-driver ended"}

    def end(self) -> None:
        if not self._process.stdin.closed:
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _tell(self, line: str) -> None:
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
