#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when clang-format would change a C file; with --fix it does change it.

Its output differs between versions, so another one than FORMATTER has no say.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tree import list_files

SKIPPED = 77
# The version in Debian 12.
FORMATTER = 14
HEADER_STYLE = "tests/lint/header.clang-format"


def find_formatter() -> str | None:
    for name in (f"clang-format-{FORMATTER}", "clang-format"):
        path = shutil.which(name)
        if path:
            text = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
            if re.search(rf"version {FORMATTER}\.", text):
                return path
    return None


def main(root: Path, fix: bool) -> int:
    formatter = find_formatter()
    if formatter is None:
        print(f"format: skipped, there is no clang-format {FORMATTER}")
        return SKIPPED
    action = ["-i"] if fix else ["--dry-run", "-Werror"]
    status = 0
    for suffix, style in ((".c", ".clang-format"), (".h", HEADER_STYLE)):
        paths = [str(path) for path in list_files(root, suffix)]
        if paths:
            command = [formatter, f"--style=file:{root / style}", *action, *paths]
            status |= subprocess.run(command, check=False).returncode
    print("format: faults" if status else "format: ok")
    return 1 if status else 0


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--fix"]
    sys.exit(main(Path(arguments[0]).resolve(), "--fix" in sys.argv))
