#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No mail makes `popinjayctl show` look up a name or connect to anything but the mail server."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

from servers import tap
from servers.dovecot import Dovecot
from servers.mailbox_case import MailboxCase
from servers.network_watch import NetworkWatch, find_obstacle, is_resolver, list_reached_out
from servers.popinjayctl import Profile

PROGRAM = sys.argv.pop(1)
MAILS = Path(__file__).resolve().parents[1] / "mails"
USER, PASSWORD = "ala", "a walk in the rain"


class NoLookups(MailboxCase):
    """All mails of the corpora lie in one Dovecot; each is shown on its own."""

    program = PROGRAM

    @classmethod
    def setUpClass(cls):
        obstacle = find_obstacle()
        if obstacle is not None:
            raise unittest.SkipTest(obstacle)
        cls.server = Dovecot({USER: PASSWORD}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def setUp(self):
        self.profile = Profile(PROGRAM, NetworkWatch.adapt(os.environ)).__enter__()
        self.addCleanup(self.profile.__exit__)
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def add(self) -> None:
        password_file = self.server.folder / "password.txt"
        password_file.write_text(PASSWORD + "\n")
        self.run_ok("accounts", "add", "home", "--server", "localhost", "--port",
                    self.server.tls_port, "--user", USER, "--ca-file", self.server.ca_pem,
                    "--password-command", f"cat {password_file}")

    def watch(self, name: str) -> NetworkWatch:
        """Watches the commands that follow."""
        watch = NetworkWatch(self.folder / name)
        self.profile.prefix = watch.prefix
        return watch

    def assert_only_server(self, watch: NetworkWatch) -> None:
        # Both are localhost; Dovecot listens on the first.
        server, other = (f"{host} port {self.server.tls_port}" for host in ("127.0.0.1", "::1"))
        reached = watch.list_addresses()
        self.assertIn(server, reached)
        self.assertEqual(reached - {server, other}, set())

    def test_every_mail(self):
        mails = {self.server.deliver(USER, path.read_bytes()): path
                 for path in sorted(MAILS.glob("*/*.eml"))}
        self.assertGreater(len(mails), 50)
        self.add()
        watch = self.watch("check")
        self.assertEqual(self.check()["messages"], len(mails))
        self.assert_only_server(watch)
        for uid, path in mails.items():
            with self.subTest(path.name):
                watch = self.watch(uid)
                shown = self.run_ok("show", "home", uid).text
                self.assertIn(read_first_line(path.with_suffix(".txt")), shown)
                self.assert_only_server(watch)

    def test_look_up_would_be_seen(self):
        reached = list_reached_out(self.folder / "trace")
        self.assertTrue(any(map(is_resolver, reached)), reached)
        self.assertLessEqual({"192.0.2.1 port 80", "2001:db8::1 port 80"}, reached)


def read_first_line(expected: Path) -> str:
    """How the text of a mail begins, by what is told of it: facts, an empty line, the text."""
    return expected.read_text().partition("\n\n")[2].partition("\n")[0]


if __name__ == "__main__":
    tap.main()
