#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when po/POTFILES.in misses a file with words for people, or names one without a file."""

import re
import sys
from pathlib import Path

from tree import list_files, report

CALL = re.compile(r"\b(_|N_|C_|NC_|Q_|ngettext|gettext|dgettext|g_dngettext|g_dgettext|g_dpgettext2?)\s*\(")
# A macro's own definition is no message.
DEFINITION = re.compile(r"^\s*#\s*define\b")
ATTRIBUTE = re.compile(r"""translatable=["'](yes|true)["']""")
TEMPLATES = (".desktop.in.in", ".metainfo.xml.in.in", ".gschema.xml")


def has_words(path: Path) -> bool:
    if path.name.endswith(TEMPLATES):
        return True
    if path.suffix == ".ui":
        return bool(ATTRIBUTE.search(path.read_text()))
    if path.suffix in (".c", ".h"):
        lines = path.read_text().splitlines()
        return any(CALL.search(line) for line in lines if not DEFINITION.match(line))
    return False


def main(root: Path) -> int:
    lines = (root / "po/POTFILES.in").read_text().splitlines()
    listed = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    needed = [str(path.relative_to(root)) for folder in ("data", "src")
              for path in list_files(root / folder) if has_words(path)]
    faults = [f"po/POTFILES.in: misses {name}" for name in needed if name not in listed]
    faults += [f"po/POTFILES.in: there is no {name}" for name in listed if not (root / name).exists()]
    faults += [f"po/POTFILES.in: {name} is there twice" for name in sorted(set(listed))
               if listed.count(name) > 1]
    if listed != sorted(listed):
        faults.append("po/POTFILES.in: is not sorted")
    return report("potfiles", faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
