#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check, list, show, delete and status of popinjayctl tell what lies in a real Dovecot."""

import base64
import poplib
import re
import ssl
import sys

from servers import tap
from servers.dovecot import Dovecot
from servers.mailbox_case import MailboxCase

PROGRAM = sys.argv.pop(1)
PASSWORD = "gruszka w ogrodzie 7"
N_MANY = 1000

POLISH_TEXT = "Zażółć gęślą jaźń, Łódź.\nŚliwka: ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ\n"
POLISH_SUBJECT = "Zdjęcia z gór: żółć"
POLISH_HEAD = (
    b"From: =?ISO-8859-2?Q?Gra=BFyna_=A3=EAcka?= <grazyna@poczta.example>\r\n"
    b"To: ala@example.org\r\n"
    b"Subject: =?ISO-8859-2?Q?Zdj=EAcia_z_g=F3r:_?=\r\n =?iso-8859-2?B?"
    + base64.b64encode("żółć".encode("iso-8859-2")) + b"?=\r\n"
    b"Date: Tue, 3 Mar 2026 14:02:11 +0100\r\n"
    b"Message-ID: <polish@poczta.example>\r\n"
    b"MIME-Version: 1.0\r\n")
POLISH_BODY = POLISH_TEXT.replace("\n", "\r\n").encode("iso-8859-2")
ATTACHED_NAME = "góry.pdf"
ATTACHED = bytes(range(256)) * 12


def make_mail(number: int) -> bytes:
    return (f"From: Ola <ola{number}@example.org>\r\nTo: ala@example.org\r\n"
            f"Subject: mail {number}\r\nDate: Tue, 3 Mar 2026 14:02:11 +0000\r\n"
            f"Message-ID: <{number}@example.org>\r\n\r\nbody of {number}\r\n"
            ".a line with a dot\r\n").encode()


def make_polish_quoted() -> bytes:
    body = "".join(f"={byte:02X}" if byte > 126 or byte == 61 else chr(byte) for byte in POLISH_BODY)
    return (POLISH_HEAD + b"Content-Type: text/plain; charset=ISO-8859-2\r\n"
            b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + body.encode())


def make_polish_8bit() -> bytes:
    return (POLISH_HEAD + b"Content-Type: text/plain; charset=iso-8859-2\r\n"
            b"Content-Transfer-Encoding: 8bit\r\n\r\n" + POLISH_BODY)


def make_polish_with_attachment() -> bytes:
    lines = base64.encodebytes(ATTACHED).replace(b"\n", b"\r\n")
    return (POLISH_HEAD + b'Content-Type: multipart/mixed; boundary="=_7"\r\n\r\n'
            b"--=_7\r\nContent-Type: text/plain; charset=ISO-8859-2\r\n"
            b"Content-Transfer-Encoding: 8bit\r\n\r\n" + POLISH_BODY +
            b"--=_7\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: attachment; filename*=UTF-8''g%C3%B3ry.pdf\r\n\r\n" + lines +
            b"--=_7--\r\n")


class MailboxTest(MailboxCase):
    """Each test has a mailbox and a profile of its own; a class shares one server."""

    program = PROGRAM
    server_settings = ""

    @classmethod
    def setUpClass(cls):
        users = [name for name in dir(cls) if name.startswith("test_")]
        cls.server = Dovecot(dict.fromkeys(users, PASSWORD), settings=cls.server_settings).__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def setUp(self):
        super().setUp()
        self.user = self._testMethodName

    def deliver(self, mail: bytes) -> str:
        return self.server.deliver(self.user, mail)

    def add(self, name: str = "home") -> None:
        password_file = self.server.folder / "password.txt"
        password_file.write_text(PASSWORD + "\n")
        self.run_ok("accounts", "add", name, "--server", "localhost", "--port",
                    self.server.tls_port, "--user", self.user, "--ca-file", self.server.ca_pem,
                    "--password-command", f"cat {password_file}")

    def log_in(self) -> poplib.POP3:
        client = poplib.POP3_SSL("localhost", self.server.tls_port,
                                 context=ssl.create_default_context(cafile=self.server.ca_pem))
        client.user(self.user)
        client.pass_(PASSWORD)
        return client


class Check(MailboxTest):
    def test_a_thousand_mails(self):
        mails = [make_mail(number) for number in range(N_MANY)]
        uids = [self.deliver(mail) for mail in mails]
        self.add()

        first = self.check()
        self.assertEqual(first["messages"], N_MANY)
        self.assertEqual(first["octets"], sum(map(len, mails)))
        self.assertEqual(first["new"], [], "what lies there at the first check is not new")

        messages = {message["uid"]: message for message in self.run_json("list")["messages"]}
        self.assertEqual(set(messages), set(uids))
        self.assertEqual(set(messages), set(self.server.uids(self.user)))
        for number, uid in enumerate(uids):
            self.assertEqual(messages[uid], {
                "account": "home", "uid": uid, "subject": f"mail {number}",
                "from": {"name": "Ola", "address": f"ola{number}@example.org"},
                "date": "2026-03-03T14:02:11Z", "octets": len(mails[number]), "state": "waiting",
                "warnings": []})

        second = self.check()
        self.assertEqual((second["messages"], second["new"]), (N_MANY, []))
        self.assertLess(second["bytes_in"], first["bytes_in"])

        uid = self.deliver(make_mail(N_MANY))
        third = self.check()
        self.assertEqual(third["messages"], N_MANY + 1)
        [message] = third["new"]
        self.assertEqual((message["uid"], message["subject"], message["state"]),
                         (uid, f"mail {N_MANY}", "new"))
        self.assertEqual(self.check_new(), [])
        self.assertEqual(set(self.list_uids()), {*uids, uid})

        status = self.run_json("status")
        self.assertEqual((status["new"], status["waiting"]), (1, N_MANY))

    def test_first_mail_of_an_empty_mailbox_is_new(self):
        self.add()
        self.assertEqual(self.check()["messages"], 0)
        self.assertEqual(self.run_json("list"), {"messages": []})
        uid = self.deliver(make_mail(1))
        self.assertEqual(self.run_ok("check").text, "home: 1 new message\n  Ola <ola1@example.org>: mail 1\n")
        self.assertEqual(self.check_new(), [])
        self.assertEqual(self.list_uids(), [uid])

    def test_removed_by_another_program(self):
        kept, gone = self.deliver(make_mail(1)), self.deliver(make_mail(2))
        self.add()
        self.check()
        client = self.log_in()
        client.dele(2)
        client.quit()

        self.assertEqual(set(self.list_uids()), {kept, gone})
        after = self.check()
        self.assertEqual((after["messages"], after["new"]), (1, []))
        self.assertEqual(self.list_uids(), [kept])
        self.assertEqual(self.profile.run("show", "home", gone).status, 3)

    def test_two_processes_at_the_same_time(self):
        self.deliver(make_mail(0))
        self.add()
        self.check()
        expected = [self.deliver(make_mail(number)) for number in range(1, 21)]

        running = [self.profile.start("--json", "check") for _ in range(2)]
        found = []
        for done in [self.profile.finish(process) for process in running]:
            self.assertEqual((done.status, done.err), (0, ""))
            [account] = done.document["accounts"]
            self.assertEqual((account["ok"], account["messages"]), (True, 21))
            found += [message["uid"] for message in account["new"]]
        self.assertEqual(sorted(found), sorted(expected))
        self.assertEqual(self.check_new(), [])

    def test_two_first_checks_at_the_same_time(self):
        uids = [self.deliver(make_mail(number)) for number in range(20)]
        self.add()
        running = [self.profile.start("--json", "check") for _ in range(2)]
        for done in [self.profile.finish(process) for process in running]:
            self.assertEqual((done.status, done.err), (0, ""))
            self.assertEqual(done.document["accounts"][0]["new"], [])
        self.assertEqual(set(self.list_uids()), set(uids))

    def test_failure_of_one_mailbox_leaves_the_other(self):
        self.add("home")
        self.run_ok("accounts", "add", "broken", "--server", "localhost", "--port",
                    self.server.tls_port, "--user", "nobody", "--ca-file", self.server.ca_pem,
                    "--password-command", "echo wrong", "--no-verify-now")
        done = self.profile.run("--json", "check")
        self.assertEqual(done.status, 1)
        self.assertRegex(done.err, r"\Apopinjayctl: broken: [^\n]+\n\Z")
        self.assertEqual({account["name"]: account["ok"] for account in done.document["accounts"]},
                         {"home": True, "broken": False})
        self.assertEqual(self.profile.run("check", "home").status, 0)
        self.assertEqual(self.profile.run("check", "broken").status, 1)

        accounts = {account["name"]: account for account in self.run_json("status")["accounts"]}
        self.assertIsNone(accounts["home"]["error"])
        self.assertIsNotNone(accounts["home"]["last_success"])
        self.assertEqual(accounts["broken"]["error"]["code"], "auth")
        self.assertIsNone(accounts["broken"]["last_success"])


class Show(MailboxTest):
    def deliver_and_check(self, *mails: bytes) -> list[str]:
        self.add()
        uids = [self.deliver(mail) for mail in mails]
        self.check()
        return uids

    def test_polish_mails(self):
        names = ("quoted-printable", "8bit", "multipart")
        mails = (make_polish_quoted(), make_polish_8bit(), make_polish_with_attachment())
        uids = self.deliver_and_check(*mails)
        for message in self.run_json("list")["messages"]:
            self.assertEqual(message["subject"], POLISH_SUBJECT)
            self.assertEqual(message["from"], {"name": "Grażyna Łęcka",
                                               "address": "grazyna@poczta.example"})
        for name, uid in zip(names, uids, strict=True):
            with self.subTest(name):
                head, body = self.run_ok("show", "home", uid).text.split("\n\n", 1)
                self.assertIn(f"Subject: {POLISH_SUBJECT}\n", head)
                self.assertRegex(head, r"(?m)^From: Grażyna Łęcka <grazyna@poczta\.example>$")
                self.assertTrue(body.startswith(POLISH_TEXT), body)
                self.assertEqual(self.run_json("show", "home", uid)["text"].rstrip("\n") + "\n",
                                 POLISH_TEXT)

    def test_headers(self):
        [uid] = self.deliver_and_check(make_polish_quoted())
        lines = self.run_ok("show", "home", uid, "--headers").text.splitlines()
        self.assertIn(f"Subject: {POLISH_SUBJECT}", lines)
        self.assertIn("Message-ID: <polish@poczta.example>", lines)
        self.assertEqual(len(lines), 8)
        shown = self.run_json("show", "home", uid, "--headers")
        self.assertEqual(shown["headers"]["Subject"], POLISH_SUBJECT)

    def test_source_is_the_file(self):
        mails = [make_polish_quoted(), make_polish_8bit(), make_polish_with_attachment(),
                 make_mail(1), b"Subject: dots\r\n\r\n.\r\n..\r\n...\r\n", b"Subject: no body\r\n\r\n"]
        for uid, mail in zip(self.deliver_and_check(*mails), mails, strict=True):
            with self.subTest(uid):
                source = self.run_ok("show", "home", uid, "--source").out
                self.assertEqual(source.replace(b"\r\n", b"\n"), mail.replace(b"\r\n", b"\n"))
        self.assertEqual(self.server.mails(self.user), mails)

    def test_attachments(self):
        [uid] = self.deliver_and_check(make_polish_with_attachment())
        shown = self.run_json("show", "home", uid)
        self.assertEqual(set(shown), {"headers", "text", "attachments", "warnings", "unsubscribe",
                                             "one_time_code", "spam_verdict"})
        [attachment] = shown["attachments"]
        self.assertEqual((attachment["name"], attachment["type"]), (ATTACHED_NAME, "application/pdf"))
        self.assertAlmostEqual(attachment["octets"], len(ATTACHED), delta=2)
        self.assertRegex(self.run_ok("show", "home", uid).text,
                         rf"(?m)^\[Attachment 1: {re.escape(ATTACHED_NAME)} \(application/pdf, .+\)\]$")

    def test_shown_is_seen(self):
        [uid, other] = self.deliver_and_check(make_mail(1), make_mail(2))
        self.run_ok("show", "home", uid, "--headers")
        self.assertEqual(self.run_json("status")["waiting"] + self.run_json("status")["new"], 2)
        self.run_ok("show", "home", uid)
        states = {message["uid"]: message["state"] for message in self.run_json("list")["messages"]}
        self.assertEqual(states[uid], "seen")
        self.assertNotEqual(states[other], "seen")

    def test_mail_stays_unread_on_the_server(self):
        [uid] = self.deliver_and_check(make_mail(1))
        self.run_ok("show", "home", uid)
        [path] = self.server.folder.glob(f"mail/{self.user}/*/{uid}*")
        self.assertNotIn("S", path.name.partition(":2,")[2])


class Delete(MailboxTest):
    def test_only_the_named_mails(self):
        uids = [self.deliver(make_mail(number)) for number in range(6)]
        self.add()
        self.check()

        self.assertEqual(self.run_ok("delete", "home", uids[2]).text, f"{uids[2]}: deleted\n")
        self.assertEqual(self.server.uids(self.user), [uids[i] for i in (0, 1, 3, 4, 5)])
        self.assertEqual(self.server.mails(self.user), [make_mail(i) for i in (0, 1, 3, 4, 5)])
        self.assertNotIn(uids[2], self.list_uids())

        results = self.run_json("delete", "home", uids[5], uids[2], uids[0])["results"]
        self.assertEqual([(result["uid"], result["result"]) for result in results],
                         [(uids[5], "deleted"), (uids[2], "gone"), (uids[0], "deleted")])
        self.assertEqual(self.server.uids(self.user), [uids[i] for i in (1, 3, 4)])
        self.assertEqual(set(self.list_uids()), {uids[i] for i in (1, 3, 4)})

        after = self.check()
        self.assertEqual((after["messages"], after["new"]), (3, []))

    def test_unknown_uid_deletes_nothing(self):
        uid = self.deliver(make_mail(1))
        self.add()
        self.check()
        for unknown in ("no-such-uid", "1", uid[:-1], "*"):
            with self.subTest(unknown):
                done = self.profile.run("--json", "delete", "home", unknown)
                self.assertEqual(done.status, 3)
                self.assertEqual([result["result"] for result in done.document["results"]], ["gone"])
        self.assertEqual(self.server.uids(self.user), [uid])
        self.assertEqual(self.list_uids(), [uid])

    def test_number_that_moved_is_not_deleted_instead(self):
        first, second, third = (self.deliver(make_mail(number)) for number in range(3))
        self.add()
        self.check()
        client = self.log_in()
        client.dele(1)
        client.quit()
        self.run_ok("delete", "home", second)
        self.assertEqual(self.server.uids(self.user), [third])
        self.assertNotIn(first, self.check_new())


class Restart(MailboxTest):
    def test_server_away_between_two_checks(self):
        uids = [self.deliver(make_mail(number)) for number in range(3)]
        self.add()
        self.check()

        self.server.stop()
        self.addCleanup(self.server.stop)
        later = self.deliver(make_mail(3))
        self.assertEqual(self.check_code(), "network")
        self.assertEqual(set(self.list_uids()), set(uids))
        status = self.run_json("status")
        self.assertEqual((status["new"], status["waiting"]), (0, 3))
        self.assertEqual(status["accounts"][0]["error"]["code"], "network")
        self.assertIsNotNone(status["accounts"][0]["last_success"])
        for command in (["show", "home", uids[0]], ["delete", "home", uids[0]]):
            done = self.profile.run("--json", *command)
            self.assertEqual((done.status, done.document["error"]["code"]), (1, "network"))

        self.server.start()
        self.assertEqual(self.check_new(), [later])
        self.assertEqual(self.check_new(), [])
        self.assertIsNone(self.run_json("status")["accounts"][0]["error"])
        self.assertEqual(set(self.list_uids()), {*uids, later})


class Locked(MailboxTest):
    server_settings = "\nprotocol pop3 {\n  pop3_lock_session = yes\n}\n"

    def test_mailbox_in_another_session_is_busy(self):
        uid = self.deliver(make_mail(1))
        self.add()
        client = self.log_in()
        client.stat()
        self.assertEqual(self.check_code(), "busy")
        client.quit()
        self.assertEqual(self.check()["messages"], 1)
        self.assertEqual(self.list_uids(), [uid])


if __name__ == "__main__":
    tap.main()
