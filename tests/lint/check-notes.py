#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails on a note to oneself in a source file: what is left to do belongs into an issue."""

import re
import sys
from pathlib import Path

from tree import list_files, report

# In two halves, so that this file passes.
NOTE = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
SUFFIXES = (".c", ".h", ".ui", ".build", ".sh")


def main(root: Path) -> int:
    faults = []
    for path in list_files(root, *SUFFIXES):
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if NOTE.search(line):
                faults.append(f"{path}:{number}: {line.strip()}")
    return report("notes", faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
