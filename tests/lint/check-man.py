#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when groff has anything to say about a man page, for it exits 0 with warnings too."""

import subprocess
import sys


def main(groff: str, pages: list[str]) -> int:
    faults = []
    for page in pages:
        done = subprocess.run([groff, "-man", "-Tutf8", "-ww", "-z", page], capture_output=True,
                              text=True, check=False)
        if done.returncode != 0 or done.stderr:
            faults.append(f"{page}: {done.stderr.strip() or 'groff failed'}")
    print("\n".join(faults) or "man pages: ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
