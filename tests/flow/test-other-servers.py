#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""popinjayctl gets on with real servers that are not like Dovecot: mailutils, mpopd, perdition."""

import poplib
import ssl
import sys
import unittest

from servers import tap
from servers.dovecot import Dovecot
from servers.loopback import LoopbackServer
from servers.mailbox_case import MailboxCase
from servers.mailutils import Mailutils
from servers.mpopd import Mpopd
from servers.perdition import Perdition
from servers.process import ServerError, find_tool

PROGRAM = sys.argv.pop(1)
PASSWORD = "śliwka w ogrodzie 7"
# What mailutils writes into the mails that it has looked at.
INSERTED = (b"X-IMAPbase:", b"X-UID", b"Status:")
DOTS = ".\r\n..\r\n...three\r\n"


def make_mail(number: int, body: str = "body\r\n") -> bytes:
    return (f"From: Ola <ola{number}@example.org>\r\nTo: ala@example.org\r\n"
            f"Subject: mail {number}\r\nDate: Tue, 3 Mar 2026 14:02:11 +0000\r\n"
            f"Message-ID: <{number}@example.org>\r\n\r\n{body}").encode()


class OtherServer:
    """What each of them has to answer for; a class below says which server it is."""

    tool = ""
    security = "starttls"
    uid_form = r".+"
    has_top = True
    # The code for a mailbox that another program holds.
    held_code = "busy"

    program = PROGRAM

    @classmethod
    def setUpClass(cls):
        try:
            find_tool(cls.tool)
        except ServerError as error:
            raise unittest.SkipTest(str(error)) from None
        cls.server = cls.start_server({name: PASSWORD for name in dir(cls) if name.startswith("test_")})

    def setUp(self):
        super().setUp()
        self.user = self._testMethodName

    @classmethod
    def enter(cls, server: LoopbackServer) -> LoopbackServer:
        """Starts @server until the tests of this class have ended."""
        server.__enter__()
        cls.addClassCleanup(server.__exit__)
        return server

    @property
    def login(self) -> str:
        return self.user

    def deliver(self, *numbers: int) -> None:
        for number in numbers:
            self.server.deliver(self.user, make_mail(number))

    def add(self, password: str = PASSWORD, *, port: int = 0, security: str = "") -> list:
        """Adds the mailbox without asking the server."""
        password_file = self.profile.folder / "password.txt"
        password_file.write_text(password + "\n")
        security = security or self.security
        trust = [] if security == "none" else ["--ca-file", self.server.ca_pem]
        self.run_ok("accounts", "add", "home", "--server", "localhost", "--port", port or self.server.port,
                    "--security", security, "--user", self.login, *trust,
                    "--password-command", f"cat '{password_file}'", "--no-verify-now")

    def log_in(self) -> poplib.POP3:
        client = poplib.POP3("localhost", self.server.port)
        client.encoding = "UTF-8"
        self.addCleanup(client.close)
        if self.security == "starttls":
            client.stls(ssl.create_default_context(cafile=self.server.ca_pem))
        client.user(self.login)
        client.pass_(PASSWORD)
        return client

    def ask_uids(self) -> list[str]:
        """The UIDLs in the order of the mailbox, by another program."""
        client = self.log_in()
        uids = [line.decode().split(" ", 1)[1] for line in client.uidl()[1]]
        client.quit()
        return uids

    def find_message(self, uid: str) -> dict:
        [message] = [each for each in self.run_json("list")["messages"] if each["uid"] == uid]
        return message

    def test_first_check_and_those_that_follow(self):
        self.deliver(1, 2, 3)
        self.add()
        first = self.check()
        self.assertEqual((first["messages"], first["new"]), (3, []))
        uids = self.ask_uids()
        self.assertEqual(set(self.list_uids()), set(uids))
        for uid in uids:
            self.assertRegex(uid, rf"\A{self.uid_form}\Z")

        # Twice: mailutils counts its own X-UIDL lines once it has written them.
        for _ in range(2):
            again = self.check()
            self.assertEqual((again["messages"], again["new"]), (3, []))

        self.deliver(4)
        [message] = self.check()["new"]
        uids = self.ask_uids()
        self.assertEqual((message["uid"], message["state"]), (uids[3], "new"))
        if self.has_top:
            self.assertEqual(message["subject"], "mail 4")
            self.assertEqual(message["from"], {"name": "Ola", "address": "ola4@example.org"})
        self.assertEqual(self.check_new(), [])
        self.assertEqual(set(self.list_uids()), set(uids))

        client = self.log_in()
        client.dele(2)
        client.quit()
        after = self.check()
        self.assertEqual((after["messages"], after["new"]), (3, []))
        self.assertEqual(set(self.list_uids()), {uids[0], uids[2], uids[3]})

    def test_empty_mailbox(self):
        self.add()
        self.assertEqual(self.check()["messages"], 0)
        self.deliver(1)
        self.assertEqual(self.check_new(), self.ask_uids())

    def test_many_mails(self):
        self.deliver(*range(100))
        self.add()
        self.assertEqual(self.check()["messages"], 100)
        uids = self.ask_uids()
        self.assertEqual(set(self.list_uids()), set(uids))
        if self.has_top:
            self.assertEqual([self.find_message(uid)["subject"] for uid in (uids[0], uids[99])],
                             ["mail 0", "mail 99"])
        self.assertEqual(self.check_new(), [])

    def test_show(self):
        self.server.deliver(self.user, make_mail(1, DOTS))
        self.add()
        self.check()
        [uid] = self.ask_uids()
        self.check_text(uid)
        source = self.run_ok("show", "home", uid, "--source").out.replace(b"\r\n", b"\n")
        head, body = source.split(b"\n\n", 1)
        lines = [line for line in head.splitlines() if not line.startswith(INSERTED)]
        self.assertEqual(b"\n".join(lines) + b"\n\n" + body, make_mail(1, DOTS).replace(b"\r\n", b"\n"))
        self.assertEqual(self.check_new(), [])

    def check_text(self, uid: str) -> None:
        shown = self.run_json("show", "home", uid)
        # To TOP, mailutils 3.15 sends the empty line behind the header twice.
        self.assertEqual(shown["text"].lstrip("\n"), DOTS.replace("\r\n", "\n"))
        self.assertEqual(shown["headers"]["Subject"], "mail 1")

    def test_delete(self):
        self.deliver(1, 2, 3)
        self.add()
        self.check()
        uids = self.ask_uids()
        results = self.run_json("delete", "home", uids[1], uids[0])["results"]
        self.assertEqual([(result["uid"], result["result"]) for result in results],
                         [(uids[1], "deleted"), (uids[0], "deleted")])
        self.assertEqual(self.ask_uids(), [uids[2]])
        self.assertEqual(self.list_uids(), [uids[2]])
        done = self.profile.run("--json", "delete", "home", uids[1])
        self.assertEqual([result["result"] for result in done.document["results"]], ["gone"])
        after = self.check()
        self.assertEqual((after["messages"], after["new"]), (1, []))

    def test_wrong_password(self):
        self.add("wrong")
        self.assertEqual(self.check_code(), "auth")

    def test_mailbox_held_by_another_program(self):
        self.deliver(1)
        self.add()
        self.check()
        client = self.log_in()
        client.stat()
        self.assertEqual(self.check_code(), self.held_code)
        client.quit()
        self.assertEqual((self.check()["messages"], self.list_uids()), (1, self.ask_uids()))

    def test_doctor(self):
        self.deliver(1)
        self.add()
        done = self.profile.run("--json", "doctor", "home")
        steps = {step["step"]: step["ok"] for step in done.document["steps"]}
        self.assertEqual([step for step, ok in steps.items() if not ok], [] if self.has_top else ["top"])


class MailutilsTest(OtherServer, MailboxCase):
    tool = "pop3d"
    # MD5, time and number.
    uid_form = r"[0-9a-f]{32}\.[0-9]+\.[0-9]+"

    @classmethod
    def start_server(cls, users: dict[str, str]) -> LoopbackServer:
        return cls.enter(Mailutils(users))

    @property
    def login(self) -> str:
        return Mailutils.get_login(self.user)

    def test_tls_port(self):
        self.deliver(1)
        self.add(port=self.server.tls_port, security="tls")
        self.assertEqual(self.check()["messages"], 1)
        self.assertEqual(self.list_uids(), self.ask_uids())


class MpopdTest(OtherServer, MailboxCase):
    tool = "mpopd"
    security = "none"
    uid_form = r"[0-9]+\.Q[0-9]+\.localhost"
    has_top = False

    @classmethod
    def start_server(cls, users: dict[str, str]) -> LoopbackServer:
        return cls.enter(Mpopd(users))

    def check_text(self, uid: str) -> None:
        done = self.profile.run("--json", "show", "home", uid)
        self.assertEqual((done.status, done.document["error"]["code"]), (1, "unsupported"))

    def test_whole_mails_where_the_owner_agreed(self):
        self.deliver(1, 2)
        self.server.deliver(self.user, make_mail(3, "body\r\n" * 50_000))
        self.add()
        log = self.profile.folder / "talk.txt"
        self.run_ok("check", "--log", log)
        uids = self.ask_uids()
        known = {uid: self.find_message(uid) for uid in uids}
        self.assertEqual({message["subject"] for message in known.values()}, {""})
        done = self.profile.run("show", "home", uids[0], "--log", log)
        self.assertEqual((done.status, done.out), (1, b""))
        self.assertIn("popinjayctl accounts edit 'home' --fetch-whole", done.err)
        self.assertIn("C: TOP 1", log.read_text())
        self.assertNotIn("RETR", log.read_text())

        self.run_ok("accounts", "edit", "home", "--fetch-whole")
        # What was listed before is no news because its header can be had at last.
        self.assertEqual(self.check_new(), [])
        first, second, large = (self.find_message(uid) for uid in uids)
        self.assertEqual((first["subject"], first["from"]),
                         ("mail 1", {"name": "Ola", "address": "ola1@example.org"}))
        self.assertEqual((second["subject"], second["state"]), ("mail 2", known[uids[1]]["state"]))
        # Too large to be fetched unasked, not too large to be shown.
        self.assertEqual(large["subject"], "")
        shown = self.run_json("show", "home", uids[2])
        self.assertEqual(shown["headers"]["Subject"], "mail 3")
        self.assertEqual(self.run_json("show", "home", uids[0])["text"], "body\n")

        self.deliver(4)
        [message] = self.check()["new"]
        self.assertEqual((message["subject"], message["from"]["address"]), ("mail 4", "ola4@example.org"))
        done = self.profile.run("--json", "doctor", "home")
        self.assertEqual([step["step"] for step in done.document["steps"] if not step["ok"]], [])

        self.run_ok("accounts", "edit", "home", "--no-fetch-whole")
        self.deliver(5)
        [message] = self.check()["new"]
        self.assertEqual(message["subject"], "")

    def test_a_check_is_one_session_that_ends_well(self):
        # Where commands come together mpopd ends the session; a second one would hide that.
        self.deliver(1, 2, 3)
        self.add()
        for _ in range(3):
            before = self.server.log
            self.check()
            added = self.server.log.removeprefix(before)
            self.assertEqual((added.count("starting POP3 session"), added.count("aborted")), (1, 0))


class PerditionTest(OtherServer, MailboxCase):
    tool = "perdition.pop3"

    @classmethod
    def start_server(cls, users: dict[str, str]) -> LoopbackServer:
        settings = "\nprotocol pop3 {\n  pop3_lock_session = yes\n}\n"
        cls.behind = cls.enter(Dovecot(users, settings=settings))
        server = cls.enter(Perdition(cls.behind.port))
        server.deliver = cls.behind.deliver
        return server

    def test_second_refusal_is_about_the_password(self):
        # It keeps the answer of the server behind it to itself, and says the same to a wrong password.
        self.add()
        self.check()
        client = self.log_in()
        client.stat()
        self.assertEqual([self.check_code(), self.check_code()], ["busy", "auth"])
        client.quit()
        self.check()
        self.assertIsNone(self.run_json("status")["accounts"][0]["error"])


if __name__ == "__main__":
    tap.main()
