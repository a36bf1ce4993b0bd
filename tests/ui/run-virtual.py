#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the program on a virtual display, prints the mails of the demo and saves a picture.

Usage: run-virtual.py BUILD-FOLDER PICTURE [ARGUMENT...]
The picture is taken when a mail of the demo is open and the window stands still.
POPINJAY_SCREEN=400x700 makes the display, and so the window, as small as that.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]
from servers.session import Session  # noqa: E402
from window import Window  # noqa: E402

# As large as the window opens, so that the picture is the window.
DEFAULT_SCREEN = "1000x700"
# Shows what a preview is for: who really sent it, and where its links really lead.
SUBJECT = "Your account has been limited - action required within 24 hours"


def save_still_picture(window: Window, session: Session, picture: Path) -> None:
    last = b""

    def stands_still() -> bool:
        nonlocal last
        session.save_screenshot(picture)
        before, last = last, picture.read_bytes()
        return before == last

    window.wait_until(stands_still, "picture that stands still")


def open_a_mail(window: Window) -> None:
    window.reach("label", SUBJECT)
    window.click("label", SUBJECT)
    window.wait_until(lambda: any("unusual activity" in text for text in window.list_texts()), "text of the mail")


def main(build: Path, picture: Path, arguments: list[str]) -> int:
    screen = os.environ.get("POPINJAY_SCREEN", DEFAULT_SCREEN)
    is_demo = "--demo" in arguments
    with Session(display=True, screen=f"{screen}x24") as session:
        if is_demo:
            subprocess.run([str(build / "src/popinjayctl"), "--demo", "list"], env=session.environment,
                           check=True)
        with Window(session, [str(build / "src/popinjay"), *arguments]) as window:
            window.wait_for("push button", "Main menu" if not is_demo else "Check", unseen=True)
            if is_demo and screen == DEFAULT_SCREEN:
                open_a_mail(window)
            elif is_demo:
                # Folded, the window begins with the mailboxes.
                window.click("list item", "home: No new mail")
                window.wait_for("label", "Yarn Mill", unseen=True)
            save_still_picture(window, session, picture)
    print(f"The window is in {picture}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
