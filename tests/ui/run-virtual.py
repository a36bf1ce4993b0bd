#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the program on a virtual display, prints the mails of the demo and saves a picture.

Usage: run-virtual.py BUILD-FOLDER PICTURE [ARGUMENT...]
The picture is taken when the window shows one of the demo's subjects and stands still.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import gi

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from servers.process import Process  # noqa: E402
from servers.session import Session  # noqa: E402

# As large as the window opens, so that the picture is the window.
SCREEN = "1000x700x24"


class Window:
    """What the accessibility bus tells of the one window on the display."""

    def __init__(self, session: Session):
        # libatspi finds its bus by the environment of the process.
        os.environ.update(session.environment)
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        self._atspi = Atspi
        self._context = GLib.MainContext.default()
        Atspi.init()

    def list_texts(self) -> set[str]:
        """Names of everything that is in the window now."""
        while self._context.iteration(False):
            pass
        desktop = self._atspi.get_desktop(0)
        desktop.clear_cache()
        return set(self._walk(desktop))

    def _walk(self, node) -> Iterator[str]:
        from gi.repository import GLib

        # An object may vanish between being listed and being asked.
        try:
            yield node.get_name() or ""
            children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
        except GLib.Error:
            return
        for child in children:
            if child is not None:
                yield from self._walk(child)


def list_subjects(build: Path, session: Session) -> set[str]:
    command = [str(build / "src/popinjayctl"), "--demo"]
    done = subprocess.run([*command, "--json", "list"], env=session.environment,
                          stdout=subprocess.PIPE, text=True, check=True)
    subprocess.run([*command, "list"], env=session.environment, check=True)
    return {message["subject"] for message in json.loads(done.stdout)["messages"]} - {"", None}


def save_still_picture(program: Process, session: Session, picture: Path) -> None:
    last = b""

    def stands_still() -> bool:
        nonlocal last
        session.save_screenshot(picture)
        before, last = last, picture.read_bytes()
        return before == last

    program.wait_until(stands_still)


def main(build: Path, picture: Path, arguments: list[str]) -> int:
    with Session(display=True, screen=SCREEN) as session:
        subjects = list_subjects(build, session) if "--demo" in arguments else set()
        window = Window(session)
        program = Process([str(build / "src/popinjay"), *arguments], session.folder / "popinjay.log",
                          env=session.environment)
        try:
            if subjects:
                program.wait_until(lambda: subjects & window.list_texts())
            else:
                program.wait_until(lambda: "Popinjay" in window.list_texts())
            save_still_picture(program, session, picture)
        finally:
            program.stop()
    print(f"The window is in {picture}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
