#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a known fault of servers has no test: the table in tests/sessions/README.md has a row for
each, and names scripts and test cases that must exist."""

import re
import sys
from pathlib import Path

from tree import report

README = "tests/sessions/README.md"

# Behaviours by number, faults of STARTTLS, and classes of defects in clients.
ROWS = ([str(number) for number in range(1, 101)] + [f"S{number}" for number in range(1, 10)]
        + [f"D{number}" for number in range(1, 15)])

ROW = re.compile(r"^\| ([SD]?\d+) \|([^|]*)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
CLAIM = re.compile(r"`([^`]+)`")
NUMBERED = re.compile(r"^(\d+)-")
IN_PYTHON = re.compile(r"^(test-[\w-]+\.py):(\w+)\.(\w+)$")


def has_case(programs: list[str], path: str) -> bool:
    """A path stands whole in a program, or begins there and ends with the name of a case in a table."""
    group, _, name = path.rpartition("/")
    return any(f'"{path}"' in text
               or (re.search(rf'"{re.escape(group)}/(%s)?"', text) and f'"{name}"' in text)
               for text in programs)


def has_python_case(root: Path, program: str, group: str, name: str) -> bool:
    for folder in ("flow", "ui"):
        path = root / "tests" / folder / program
        if path.exists():
            body = re.search(rf"^class {group}\b.*?(?=^class |\Z)", path.read_text(), re.M | re.S)
            return body is not None and f"def {name}(" in body[0]
    return False


def is_there(root: Path, programs: list[str], claim: str) -> bool:
    if claim.startswith("/"):
        return has_case(programs, claim)
    in_python = IN_PYTHON.match(claim)
    if in_python:
        return has_python_case(root, *in_python.groups())
    return (root / "tests/sessions" / f"{claim}.txt").exists()


def main(root: Path) -> int:
    text = (root / README).read_text()
    programs = [path.read_text() for path in sorted((root / "tests").glob("*/*.c"))]
    faults = []
    claimed: dict[str, list[str]] = {}
    for key, _, shown_by, outcome in ROW.findall(text):
        if key in claimed:
            faults.append(f"{README}: row {key} is there twice")
        claimed[key] = CLAIM.findall(shown_by)
        faults += [f"{README}: row {key}: there is no {claim}" for claim in claimed[key]
                   if not is_there(root, programs, claim)]
        if not outcome.strip():
            faults.append(f"{README}: row {key} has no outcome")
    for key in ROWS:
        if not claimed.get(key):
            faults.append(f"{README}: row {key} has no test")
    for script in sorted((root / "tests/sessions").glob("*.txt")):
        number = NUMBERED.match(script.name)
        if number and script.stem not in claimed.get(str(int(number[1])), []):
            faults.append(f"{README}: row {int(number[1])} does not name {script.stem}")
    return report("fault rows", faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
