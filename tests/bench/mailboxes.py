# SPDX-License-Identifier: GPL-3.0-or-later
"""Mailboxes of many small mails, in a Dovecot that has read them before."""

import os
import poplib

from servers.dovecot import Dovecot

PASSWORD = "gruszka-w-ogrodzie-7"
# Nothing that a client does may change a mailbox for the next one; disks are not what is measured.
SETTINGS = "\npop3_no_flag_updates = yes\nmail_fsync = never\n"
FIRST_NAME_S = 1700000000
SUBJECTS = (
    "=?UTF-8?Q?Zdj=C4=99cia_z_g=C3=B3r?=", "Re: minutes of Tuesday's meeting",
    "=?UTF-8?B?UmVjaG51bmcgZsO8ciBNw6Ryeg==?=", "[list] Re: patch for the parser, third version",
)


def user_of(n_mails: int) -> str:
    return f"with{n_mails}"


def make_mail(number: int) -> bytes:
    """Some 800 bytes of header and one line of body, so that whoever reads all reads little more."""
    stamp = f"Tue, 3 Mar 2026 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02} +0000"
    return (f"Return-Path: <ola{number}@example.org>\r\n"
            f"Received: from mail.example.org (mail.example.org [192.0.2.{number % 256}])\r\n"
            f"\tby mx.example.net (Postfix) with ESMTPS id {number:012X}\r\n"
            f"\tfor <ala@example.net>; {stamp}\r\n"
            f"Received: from desk (unknown [198.51.100.7]) by mail.example.org (Postfix)\r\n"
            f"\twith ESMTPSA id {number * 7:012X}; {stamp}\r\n"
            f"From: =?UTF-8?Q?Ola_Wi=C5=9Bniewska?= <ola{number}@example.org>\r\n"
            f"To: Ala <ala@example.net>\r\n"
            f"Subject: {SUBJECTS[number % len(SUBJECTS)]} {number}\r\n"
            f"Date: {stamp}\r\nMessage-ID: <{number}.{number * 31:x}@example.org>\r\n"
            f"In-Reply-To: <{number - 1}.{(number - 1) * 31:x}@example.org>\r\n"
            f"User-Agent: Example Mail 1.0\r\nMIME-Version: 1.0\r\n"
            f"Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            f"One line.\r\n").encode()


class Mailboxes:
    """A Dovecot with one mailbox for each size, filled when it is first asked for."""

    def __init__(self, sizes: list[int]):
        self.server = Dovecot({user_of(size): PASSWORD for size in sizes}, settings=SETTINGS)
        self._filled: set[int] = set()

    def __enter__(self) -> "Mailboxes":
        self.server.__enter__()
        return self

    def __exit__(self, *_) -> None:
        self.server.__exit__()

    def fill(self, n_mails: int) -> None:
        """Makes the mails and has Dovecot number, measure and read them, so that it answers from its index."""
        if n_mails in self._filled:
            return
        folder = self.server.folder / "mail" / user_of(n_mails) / "cur"
        owner = folder.stat()
        for number in range(n_mails):
            mail = make_mail(number)
            # With the sizes in the name, as Dovecot's own delivery writes them.
            name = f"{FIRST_NAME_S + number}.Q{number}.localhost,S={len(mail)},W={len(mail)}:2,"
            path = folder / name
            path.write_bytes(mail)
            os.chown(path, owner.st_uid, owner.st_gid)
        # What has just changed Dovecot reads again at each login, in case that more changes.
        os.utime(folder, (FIRST_NAME_S, FIRST_NAME_S))
        self._warm(n_mails)
        self._filled.add(n_mails)

    def _warm(self, n_mails: int) -> None:
        for _ in range(2):
            client = poplib.POP3(self.server.host, self.server.port)
            client.user(user_of(n_mails))
            client.pass_(PASSWORD)
            if client.stat()[0] != n_mails or len(client.uidl()[1]) != n_mails:
                raise RuntimeError(f"Dovecot does not see {n_mails} mails")
            client.list()
            client.quit()
