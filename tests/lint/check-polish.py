#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when the Polish catalogue lacks a message of the sources, or leaves one open or fuzzy."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tree import report

# As meson's preset "glib" extracts.
KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3",
            "ngettext:1,2")


def run(*command: str) -> str:
    """Returns what the tool said of the catalogue, in English."""
    done = subprocess.run(command, capture_output=True, text=True, check=False,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    if done.returncode != 0:
        raise SystemExit(f"{command[0]}: {done.stderr}")
    return done.stderr


def main(root: Path) -> int:
    catalogue = root / "po/pl.po"
    with tempfile.TemporaryDirectory() as folder:
        template, merged = Path(folder) / "fresh.pot", Path(folder) / "merged.po"
        run("xgettext", f"--files-from={root}/po/POTFILES.in", f"--directory={root}",
            "--from-code=UTF-8", "--force-po", f"--output={template}",
            *[f"--keyword={keyword}" for keyword in KEYWORDS],
            "--flag=g_dngettext:2:pass-c-format", "--flag=ngettext:1:pass-c-format")
        run("msgmerge", "--quiet", "--no-fuzzy-matching", f"--output-file={merged}", str(catalogue),
            str(template))
        said = run("msgfmt", "--check", "--statistics", "--output-file=/dev/null", str(merged))
        faults = [f"{catalogue}: {part.strip()}" for part in re.findall(
            r"\d+ (?:fuzzy|untranslated)[^,.]*", said)]
        if faults:
            open_ones = subprocess.run(["msgattrib", "--untranslated", "--no-obsolete", str(merged)],
                                       capture_output=True, text=True, check=True).stdout
            fuzzy = subprocess.run(["msgattrib", "--only-fuzzy", "--no-obsolete", str(merged)],
                                   capture_output=True, text=True, check=True).stdout
            faults.append(open_ones + fuzzy)
    return report("polish", faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
