#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a header does not compile alone and first.

Usage: check-headers.py SRC PACKAGE... -- COMPILER...
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tree import list_files, report

WORKERS = 2


def compile_alone(header: Path, src: Path, compiler: list[str]) -> str | None:
    """Returns the compiler's complaint."""
    command = [*compiler, f"-I{src}", "-std=gnu11", "-fsyntax-only", "-Wall", "-Werror", "-xc", "-"]
    done = subprocess.run(command, input=f'#include "{header.relative_to(src)}"\n',
                          capture_output=True, text=True, check=False)
    return f"{header}: does not compile alone\n{done.stderr}" if done.returncode else None


def main(src: Path, packages: list[str], compiler: list[str]) -> int:
    flags = subprocess.run(["pkg-config", "--cflags", *packages], capture_output=True, text=True,
                           check=True).stdout.split()
    headers = list_files(src, ".h")
    with ThreadPoolExecutor(WORKERS) as pool:
        complaints = pool.map(lambda header: compile_alone(header, src, compiler + flags), headers)
    return report("headers", [complaint for complaint in complaints if complaint])


if __name__ == "__main__":
    separator = sys.argv.index("--")
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:separator], sys.argv[separator + 1:]))
