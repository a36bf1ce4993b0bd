#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a known fault of servers or mails has no test: the tables in tests/sessions/README.md and
tests/mails/README.md have a row for each, and name scripts, mails and test cases that must exist."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tree import report

@dataclass(frozen=True)
class Table:
    """A folder with a table in its README. A claim there may also name a file without its suffixes."""

    folder: str
    suffixes: tuple[str, ...]
    rows: list[str]

    @property
    def readme(self) -> str:
        return f"{self.folder}/README.md"


# Behaviours by number, faults of STARTTLS, and classes of defects in clients.
ROWS = ([str(number) for number in range(1, 101)] + [f"S{number}" for number in range(1, 10)]
        + [f"D{number}" for number in range(1, 15)])

# What GMime leaves to us, fields that ask for something, and ways to look like something else.
MAIL_ROWS = ([f"G{number}" for number in range(1, 9)] + [f"F{number}" for number in range(1, 7)]
             + [f"U{number}" for number in range(1, 18)])

SESSIONS = Table("tests/sessions", (".txt",), ROWS)
MAILS = Table("tests/mails", (".eml", ".txt"), MAIL_ROWS)

ROW = re.compile(r"^\| ([A-Z]?\d+) \|([^|]*)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
CLAIM = re.compile(r"`([^`]+)`")
NUMBERED = re.compile(r"^(\d+)-")
IN_PYTHON = re.compile(r"^(test-[\w-]+\.py):(\w+)\.(\w+)$")


def has_case(programs: list[str], path: str) -> bool:
    """A path stands whole in a program, or begins there and ends with the names of a table and a case."""
    above, _, name = path.rpartition("/")
    top, _, table = above.rpartition("/")
    return any(f'"{path}"' in text
               or (re.search(rf'"{re.escape(above)}/(%s)?"', text) and f'"{name}"' in text)
               or (f'"{top}/%s/%s"' in text and f'"{table}"' in text and f'"{name}"' in text)
               for text in programs)


def has_python_case(root: Path, program: str, group: str, name: str) -> bool:
    for folder in ("flow", "ui"):
        path = root / "tests" / folder / program
        if path.exists():
            body = re.search(rf"^class {group}\b.*?(?=^class |\Z)", path.read_text(), re.M | re.S)
            return body is not None and f"def {name}(" in body[0]
    return False


def is_there(root: Path, table: Table, programs: list[str], claim: str) -> bool:
    if claim.startswith("/"):
        return has_case(programs, claim)
    in_python = IN_PYTHON.match(claim)
    if in_python:
        return has_python_case(root, *in_python.groups())
    return all((root / table.folder / f"{claim}{suffix}").exists() for suffix in table.suffixes)


def check_table(root: Path, table: Table, programs: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Returns what each row claims to be shown by, and what is wrong."""
    readme = table.readme
    claimed: dict[str, list[str]] = {}
    faults = []
    for key, _, shown_by, outcome in ROW.findall((root / readme).read_text()):
        if key in claimed:
            faults.append(f"{readme}: row {key} is there twice")
        claimed[key] = CLAIM.findall(shown_by)
        faults += [f"{readme}: row {key}: there is no {claim}" for claim in claimed[key]
                   if not is_there(root, table, programs, claim)]
        if not outcome.strip():
            faults.append(f"{readme}: row {key} has no outcome")
    faults += [f"{readme}: row {key} has no test" for key in table.rows if not claimed.get(key)]
    return claimed, faults


def find_unnamed_scripts(root: Path, claimed: dict[str, list[str]]) -> list[str]:
    faults = []
    for script in sorted((root / SESSIONS.folder).glob("*.txt")):
        number = NUMBERED.match(script.name)
        if number and script.stem not in claimed.get(str(int(number[1])), []):
            faults.append(f"{SESSIONS.readme}: row {int(number[1])} does not name {script.stem}")
    return faults


def main(root: Path) -> int:
    programs = [path.read_text() for path in sorted((root / "tests").glob("*/*.c"))]
    claimed, faults = check_table(root, SESSIONS, programs)
    faults += find_unnamed_scripts(root, claimed)
    faults += check_table(root, MAILS, programs)[1]
    return report("fault rows", faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
