#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a file under src/ includes a header of a layer it may not see."""

import re
import sys
from pathlib import Path

# layer: the project layers it may include (its own is always allowed)
ALLOWED = {
    "base": set(),
    "model": {"base"},
    "net": {"base"},
    "pop3": {"base", "net"},
    "mail": {"base", "model"},
    "account": {"base", "model"},
    "store": {"base", "model"},
    "check": {"base", "model", "net", "pop3", "mail"},
    "notify": {"base", "model"},
    "app": {"base", "model", "net", "pop3", "mail", "account", "store", "check", "notify"},
    "ui": {"base", "model", "account", "app"},
    "cli": {"base", "model", "account", "app"},
    "demo": {"base"},
}
# Files directly below src/: the two programs, which wire the demo server in.
PROGRAMS = {"popinjay.c": {"app", "ui", "demo", "base"}, "popinjayctl.c": {"app", "cli", "demo", "base"}}
# header prefix: the layers that may include it
OUTSIDE = {
    "gtk/": {"ui"},
    "gdk/": {"ui"},
    "adwaita.h": {"ui"},
    "openssl/": {"net", "demo"},
    "gsasl.h": {"pop3"},
    "sqlite3.h": {"store"},
    "gmime/": {"mail"},
    "libxml/": {"mail"},
    "unicode/": {"mail"},
    "libpsl.h": {"mail"},
    "libsecret/": {"account"},
    "libnotify/": {"notify"},
    "libdbusmenu-glib/": {"notify"},
    "json-glib/": {"cli"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')


def faults_in(path: Path, src: Path) -> list[str]:
    parts = path.relative_to(src).parts
    layer = parts[0]
    if len(parts) == 1:
        allowed = PROGRAMS.get(layer)
        if allowed is None:
            return [f"{path}: a file directly below src/ must be one of {', '.join(sorted(PROGRAMS))}"]
    elif layer not in ALLOWED:
        return [f"{path}: {layer}/ is no layer"]
    else:
        allowed = ALLOWED[layer]
    faults = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        own, system = match.groups()
        where = f"{path}:{number}"
        if own and "/" in own:
            target = own.split("/")[0]
            if target != layer and target not in allowed:
                faults.append(f"{where}: {layer} may not include {target}/")
        elif own and own != "pj-config.h":
            faults.append(f'{where}: write the layer: "<layer>/{own}"')
        for prefix, layers in OUTSIDE.items():
            if system and system.startswith(prefix) and layer not in layers:
                faults.append(f"{where}: <{system}> belongs to {', '.join(sorted(layers))}/")
    return faults


def main(src: Path) -> int:
    faults = [fault for path in sorted(src.rglob("*.[ch]")) for fault in faults_in(path, src)]
    print("\n".join(faults) or "layering: ok")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
