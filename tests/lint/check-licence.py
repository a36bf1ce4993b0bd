#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails on a source, script or build file whose first lines do not name the licence."""

import sys
from pathlib import Path

from tree import list_files, report

SUFFIXES = (".c", ".h", ".py", ".sh", ".build", ".ui", ".xml", ".svg", ".in")
SCRIPTS = ("dev", ".ci/run")
LINE = "SPDX-License-Identifier: GPL-3.0-or-later"
# After "#!" and an XML declaration.
LOOK_AT_LINES = 3


def main(root: Path) -> int:
    paths = list_files(root, *SUFFIXES) + [root / name for name in SCRIPTS if (root / name).exists()]
    faults = []
    for path in paths:
        head = path.read_text(errors="replace").splitlines()[:LOOK_AT_LINES]
        if not any(LINE in line for line in head):
            faults.append(f"{path}: does not begin with {LINE}")
    return report("licence", faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
