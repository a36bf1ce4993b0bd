# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting one program, waiting until it answers, and ending it by its pid."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

# A loaded machine with sanitizers is slow; a healthy one needs a tenth of a second.
START_LIMIT_S = 20
# A Dovecot that is ended while it starts a process waits five seconds for that.
STOP_LIMIT_S = 10


class ServerError(Exception):
    """A server is missing, did not start or ended by itself; the text holds its log."""


def find_tool(name: str) -> str:
    """Returns the path of a program, looking also where only root's PATH leads."""
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/lib/dunst")
    if path is None:
        raise ServerError(f"{name} is not installed")
    return path


class Process:
    """One child process with its output in a log file.

    The child stays in the caller's process group, so a test runner that ends
    the group of a hanging test ends it too.
    """

    def __init__(self, command: list[str], log: Path, **options):
        self._log = log
        self._name = Path(command[0]).name
        with open(log, "ab") as output:
            options.setdefault("stdin", subprocess.DEVNULL)
            options.setdefault("stdout", output)
            self._child = subprocess.Popen(command, stderr=output, **options)

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def stdin(self):
        return self._child.stdin

    @property
    def status(self) -> int | None:
        """How the child ended, see subprocess.Popen.returncode; None while it runs."""
        return self._child.poll()

    def is_running(self) -> bool:
        return self._child.poll() is None

    def wait_until(self, is_ready: Callable[[], bool]) -> None:
        """Returns once @is_ready says so; raises ServerError when the child ends or is too slow."""
        limit = time.monotonic() + START_LIMIT_S
        while not is_ready():
            if not self.is_running():
                raise ServerError(f"{self._name} ended by itself:\n{self._log.read_text(errors='replace')}")
            if time.monotonic() > limit:
                self.stop()
                raise ServerError(f"{self._name} did not answer:\n{self._log.read_text(errors='replace')}")
            time.sleep(0.01)

    def wait(self, limit_s: float) -> int:
        """Waits for the child to end by itself. Returns its status, see subprocess.Popen.wait()."""
        return self._child.wait(limit_s)

    def stop(self) -> None:
        """Ends the child: politely, then by force. Does nothing the second time."""
        if not self.is_running():
            return
        self._child.terminate()
        try:
            self._child.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
