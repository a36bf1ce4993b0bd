# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lints share: the files of a tree, and saying what is wrong with them."""

from pathlib import Path

# Folders that hold no source of ours: builds, the history, generated pictures.
FOREIGN = (".git", "__pycache__")


def list_files(root: Path, *suffixes: str) -> list[Path]:
    """Files below @root with one of the suffixes (all without any), sorted; no build folder's."""
    found = []
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        is_foreign = any(part in FOREIGN or part.startswith("build") for part in parts[:-1])
        if path.is_file() and not is_foreign and (not suffixes or path.suffix in suffixes):
            found.append(path)
    return sorted(found)


def report(name: str, faults: list[str]) -> int:
    """Prints the faults, or that there are none. Returns the exit status."""
    print("\n".join(faults) or f"{name}: ok")
    return 1 if faults else 0
