# SPDX-License-Identifier: GPL-3.0-or-later
"""One mailbox in Maildir form, as a local delivery agent and a curious administrator see it."""

import itertools
from collections.abc import Callable
from pathlib import Path

# Maildir sorts by the time at the start of a name: these make the order of delivery the order of
# the message numbers, whatever the clock does.
FIRST_NAME_S = 1700000000
_numbers = itertools.count(1)


class Maildir:
    """A folder with mails; the name of a file is the mail's UIDL."""

    def __init__(self, folder: Path, give: Callable[[Path], None]):
        """@give: makes a file the server's own, see LoopbackServer.give()."""
        self._folder = folder
        self._give = give
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True)

    def deliver(self, mail: bytes) -> str:
        """Puts one mail into it. Returns its UIDL."""
        number = next(_numbers)
        name = f"{FIRST_NAME_S + number}.Q{number}.localhost"
        draft = self._folder / "tmp" / name
        draft.write_bytes(mail)
        self._give(draft)
        draft.rename(self._folder / "new" / name)
        return name

    def list_files(self) -> list[Path]:
        """The mails, oldest delivery first."""
        found = [*(self._folder / "new").iterdir(), *(self._folder / "cur").iterdir()]
        return sorted(found, key=lambda path: int(path.name.split(".")[0]))

    def list_uids(self) -> list[str]:
        """UIDLs of the mails, oldest delivery first."""
        return [path.name.split(":")[0] for path in self.list_files()]
