# SPDX-License-Identifier: GPL-3.0-or-later
"""Running popinjayctl on a profile that lives as long as one test."""

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Above what a check may take before it gives up by itself would hide that it does not.
LIMIT_S = 60


@dataclass(frozen=True)
class Outcome:
    """What one command left."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def document(self):
        """Stdout as the one JSON document that it has to be."""
        return json.loads(self.out)


class Profile:
    """A folder for `--profile`, and the commands that are run on it; a context manager."""

    def __init__(self, program: str, environment: dict[str, str] | None = None):
        """@environment: of the commands; the caller's own when None."""
        self._program = program
        # A program that runs each command, with its arguments.
        self.prefix: list[str] = []
        self._environment = {**(environment or os.environ), "G_MESSAGES_DEBUG": ""}
        self.printed = b""

    def __enter__(self) -> "Profile":
        self.folder = Path(tempfile.mkdtemp(prefix="popinjay-profile-"))
        return self

    def __exit__(self, *_) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *arguments: object) -> subprocess.Popen:
        """Starts a command; the caller hands it to finish()."""
        command = [*self.prefix, self._program, "--profile", str(self.folder), *map(str, arguments)]
        return subprocess.Popen(command, env=self._environment, stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, process: subprocess.Popen, stdin: str = "") -> Outcome:
        """Waits for what start() returned."""
        try:
            out, err = process.communicate(stdin.encode(), timeout=LIMIT_S)
        except BaseException:
            process.kill()
            process.communicate()
            raise
        self.printed += out + err
        return Outcome(process.returncode, out, err.decode())

    def run(self, *arguments: object, stdin: str = "") -> Outcome:
        return self.finish(self.start(*arguments), stdin)

    def find_bytes(self, wanted: bytes) -> list[Path]:
        """Files of the profile, by name or content, and (as its root) all that was printed."""
        found = [path for path in self.folder.rglob("*") if wanted in os.fsencode(path.name)
                 or path.is_file() and wanted in path.read_bytes()]
        return found + ([self.folder] if wanted in self.printed else [])
