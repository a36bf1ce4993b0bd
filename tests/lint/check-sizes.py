#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails on a source file over 600 lines or a function over 60."""

import sys
from pathlib import Path

MAX_FILE, MAX_FUNCTION = 600, 60


def main(src: Path) -> int:
    faults = []
    for path in sorted(src.rglob("*.[ch]")):
        lines = path.read_text().splitlines()
        if len(lines) > MAX_FILE:
            faults.append(f"{path}: {len(lines)} lines, limit {MAX_FILE}")
        start = None
        for number, line in enumerate(lines, 1):
            if line == "{":
                start = number
            elif line == "}" and start is not None:
                length = number - start - 1
                # class_init is a table of properties, not logic
                is_table = lines[start - 2].find("_class_init") >= 0
                if length > MAX_FUNCTION and not is_table:
                    faults.append(f"{path}:{start}: function of {length} lines, limit {MAX_FUNCTION}")
                start = None
    print("\n".join(faults) or "sizes: ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
