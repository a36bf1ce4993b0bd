#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Popinjay beside mpop, fetchmail, curl and poplib, on a real Dovecot behind a long line.

Writes BUILD/bench/REPORT.md for people and BUILD/bench/samples.json for programs.
"""

import argparse
import json
import os
import time
from dataclasses import asdict
from itertools import product
from pathlib import Path

import report
from measuring import POPINJAY, STREAM, Bench, Case

# By name: the sizes, round trips and kinds of line; Mbit/s of the line on which the first round trip
# and kind are measured once more (0: they are not); how long one first check may be expected to take,
# and the whole run.
PRESETS = {
    "quick": {"sizes": [100, 1000], "round_trips": [100, 0], "security": ["tls"], "width": 0, "limit": 15,
              "minutes": 3},
    "default": {"sizes": [100, 1000, 10000, 50000], "round_trips": [100, 0, 50],
                "security": ["tls", "none"], "width": report.WIDTH, "limit": 30, "minutes": 20},
    "full": {"sizes": [100, 1000, 10000, 50000], "round_trips": [100, 0, 50],
             "security": ["tls", "none"], "width": report.WIDTH, "limit": 120, "minutes": 120},
}
# What a user's session would bring along.
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8", "TZ": "UTC", "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local",
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", "no_proxy": "*", "PYTHONDONTWRITEBYTECODE": "1",
}


def read_numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def read_words(text: str) -> list[str]:
    return text.split(",")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("preset", nargs="?", choices=PRESETS, default="default")
    parser.add_argument("--sizes", type=read_numbers, help="of mailboxes, as 100,1000")
    parser.add_argument("--round-trips", type=read_numbers, help="in milliseconds, as 0,100")
    parser.add_argument("--security", type=read_words, help="tls, none or both")
    parser.add_argument("--width", type=int, help="Mbit/s of a line on which the first round trip and"
                        " kind are measured once more; 0 for none")
    parser.add_argument("--kinds", type=read_words, default=list(report.KINDS), help="first, again or both")
    parser.add_argument("--clients", type=read_words, help="those to run, as popinjay,mpop")
    parser.add_argument("--limit", type=float,
                        help="seconds; a first check that would take longer is measured on fewer mails")
    parser.add_argument("--minutes", type=float, help="after which nothing more is begun")
    arguments = parser.parse_args()
    for name, value in PRESETS[arguments.preset].items():
        if getattr(arguments, name) is None:
            setattr(arguments, name, value)
    if any(milliseconds % 2 for milliseconds in arguments.round_trips):
        parser.error("a round trip is two halves of whole milliseconds")
    return arguments


def list_cases(arguments: argparse.Namespace) -> list[Case]:
    """In the order of what matters most, should the time run out."""
    lines = [(round_trip_ms, security == "tls", 0)
             for security, round_trip_ms in product(arguments.security, arguments.round_trips)]
    if arguments.width:
        lines.insert(1, (*lines[0][:2], arguments.width))
    return [Case(kind, n_mails, *line)
            for line, n_mails, kind in product(lines, sorted(arguments.sizes), arguments.kinds)]


def choose_names(bench: Bench, wanted: list[str] | None) -> list[str]:
    names = [POPINJAY, *(client.name for client in bench.clients if client.is_installed()), STREAM]
    return [name for name in names if wanted is None or name in wanted]


def save(folder: Path, bench: Bench, text: str) -> None:
    samples = [{"client": name, **asdict(case), **asdict(sample)}
               for (name, case), sample in bench.samples.items()]
    folder.mkdir(exist_ok=True)
    (folder / "samples.json").write_text(json.dumps(samples, indent=1) + "\n")
    (folder / "REPORT.md").write_text(text)


def main() -> None:
    arguments = read_arguments()
    build = arguments.build.resolve()
    os.environ.update(ENVIRONMENT)
    begins_at = time.monotonic()
    cases = list_cases(arguments)
    with Bench(build, arguments.sizes, arguments.limit, begins_at + arguments.minutes * 60) as bench:
        names = choose_names(bench, arguments.clients)
        for case in cases:
            bench.run(case, [name for name in names if name != STREAM or case.kind == "first"])
        note = (f"The run took {(time.monotonic() - begins_at) / 60:.1f} minutes; a first check that"
                f" would take over {arguments.limit:g} s was measured on fewer mails.")
        save(build / "bench", bench, report.write(bench, cases, names, note))
        print("\n".join(report.tell_claims(bench)))
    print(f"All of it: {build}/bench/REPORT.md")


if __name__ == "__main__":
    main()
