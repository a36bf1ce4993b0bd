#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when src/<layer>/pj-x.c has no tests/unit/test-x.c, or a test is not built."""

import re
import sys
from pathlib import Path

from tree import list_files, report

# Windows and commands are tried from outside, as a person uses them: tests/ui and tests/flow.
TRIED_FROM_OUTSIDE = ("ui", "cli")

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
ERROR_DOMAIN = re.compile(r"G_DEFINE_QUARK \(\w+, \w+\)")


def is_part_of_tested(path: Path, name: str, tests: dict) -> bool:
    """A type in several files has one test: pj-x-part.c beside pj-x-private.h goes with test-x.c."""
    words = name.split("-")
    wholes = ["-".join(words[:end]) for end in range(1, len(words))]
    return any((path.parent / f"pj-{whole}-private.h").exists() and whole in tests for whole in wholes)


def is_error_domain(path: Path) -> bool:
    """Besides includes there is one macro, and it behaves as GLib wrote it."""
    lines = COMMENT.sub("", path.read_text()).splitlines()
    code = [line for line in lines if line.strip() and not line.startswith("#include ")]
    return len(code) == 1 and ERROR_DOMAIN.fullmatch(code[0].strip()) is not None


def main(root: Path) -> int:
    sources = {path.stem.removeprefix("pj-"): path for path in list_files(root / "src", ".c")}
    tests = {path.stem.removeprefix("test-"): path for path in list_files(root / "tests/unit", ".c")}
    faults = []
    for name, path in sources.items():
        layer = path.relative_to(root / "src").parts[0]
        if not path.name.startswith("pj-") or layer in TRIED_FROM_OUTSIDE or name in tests:
            continue
        if not is_part_of_tested(path, name, tests) and not is_error_domain(path):
            faults.append(f"{path}: there is no tests/unit/test-{name}.c")
    registered = (root / "tests/unit/meson.build").read_text()
    for name, path in tests.items():
        if path.name.startswith("test-") and f"'{name}'" not in registered:
            faults.append(f"{path}: not in tests/unit/meson.build")
    return report("tests exist", faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
