#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when src/README.md names a path that is not there, or a table that layering does not keep."""

import importlib.util
import re
import sys
from pathlib import Path

from tree import report

IN_BACKQUOTES = re.compile(r"`([\w./-]*[/][\w./*-]*)`")
# In the picture: a layer and a file of it, without its ending.
IN_PICTURE = re.compile(r"\b([a-z0-9]+)/(pj-[a-z0-9-]+)(\.ui)?\b")
ROW = re.compile(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|", re.MULTILINE)


def load_layers() -> dict[str, set[str]]:
    specification = importlib.util.spec_from_file_location(
        "layering", Path(__file__).with_name("check-layering.py"))
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module.ALLOWED


def find_missing_paths(root: Path, text: str) -> list[str]:
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    picture = "".join(re.findall(r"^```(.*?)^```", text, flags=re.MULTILINE | re.DOTALL))
    missing = []
    for name in IN_BACKQUOTES.findall(prose):
        places = [place for place in (root, root / "src") if list(place.glob(name.rstrip("/")))]
        if not places:
            missing.append(f"src/README.md: there is no {name}")
    for layer, stem, ending in IN_PICTURE.findall(picture):
        name = f"src/{layer}/{stem}{ending or '.c'}"
        if not (root / name).exists():
            missing.append(f"src/README.md: there is no {name}")
    return missing


def find_wrong_rows(text: str) -> list[str]:
    allowed = load_layers()
    written = {layer: set(re.findall(r"\w+", cell)) for layer, cell in ROW.findall(text)}
    return [f"src/README.md: the row of {layer} is not what check-layering.py allows"
            for layer in sorted(allowed) if written.get(layer) != allowed[layer]]


def main(root: Path) -> int:
    text = (root / "src/README.md").read_text()
    return report("docs", find_missing_paths(root, text) + find_wrong_rows(text))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
