# SPDX-License-Identifier: GPL-3.0-or-later
"""A test case with a profile of its own for popinjayctl, which knows the mailbox "home"."""

import unittest

from servers.popinjayctl import Outcome, Profile


class MailboxCase(unittest.TestCase):
    """The words in which tests speak of the command line and what it says."""

    maxDiff = None
    program = ""

    def setUp(self):
        self.profile = Profile(self.program).__enter__()
        self.addCleanup(self.profile.__exit__)

    def run_ok(self, *arguments: object) -> Outcome:
        done = self.profile.run(*arguments)
        self.assertEqual((done.status, done.err), (0, ""))
        return done

    def run_json(self, *arguments: object):
        return self.run_ok("--json", *arguments).document

    def check(self) -> dict:
        [account] = self.run_json("check")["accounts"]
        self.assertIs(account["ok"], True)
        self.assertIsNone(account["error"])
        return account

    def check_new(self) -> list[str]:
        return [message["uid"] for message in self.check()["new"]]

    def check_code(self) -> str:
        """Checks, expecting it to fail. Returns the code of the error."""
        done = self.profile.run("--json", "check")
        self.assertEqual(done.status, 1)
        self.assertRegex(done.err, r"\Apopinjayctl: home: [^\n]+\n\Z")
        [account] = done.document["accounts"]
        self.assertIs(account["ok"], False)
        self.assertEqual((account["messages"], account["new"]), (None, []))
        self.assertTrue(account["error"]["text"])
        return account["error"]["code"]

    def list_uids(self) -> list[str]:
        return [message["uid"] for message in self.run_json("list")["messages"]]
