#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints "N passed, N failed[, N skipped]" for a run of meson's tests; fails unless all is well."""

import json
import re
import sys
from pathlib import Path

# One line of the Test Anything Protocol; indented ones belong to a test within a test.
TAP_LINE = re.compile(r"^(not ok|ok)\b(.*)$", re.MULTILINE)
SKIP = re.compile(r"#\s*(SKIP|TODO)\b", re.IGNORECASE)
VERDICTS = {"OK": "passed", "EXPECTEDFAIL": "passed", "SKIP": "skipped"}


def count(test: dict) -> dict[str, int]:
    """Counts the cases of one program, each on its own where the program names them."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for verdict, rest in TAP_LINE.findall(test.get("stdout", "")):
        if SKIP.search(rest):
            counts["skipped"] += 1
        else:
            counts["passed" if verdict == "ok" else "failed"] += 1
    verdict = VERDICTS.get(test["result"], "failed")
    # A program that names no case counts as one; a crash or a time-out fails beside its cases.
    if not any(counts.values()) or (verdict == "failed" and counts["failed"] == 0):
        counts[verdict] += 1
    return counts


def main(log: Path) -> int:
    total = {"passed": 0, "failed": 0, "skipped": 0}
    if log.exists():
        for line in log.read_text().splitlines():
            for kind, number in count(json.loads(line)).items():
                total[kind] += number
    text = f"{total['passed']} passed, {total['failed']} failed"
    print(text + (f", {total['skipped']} skipped" if total["skipped"] else ""))
    return 1 if total["failed"] or not total["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
