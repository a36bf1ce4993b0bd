#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The loop that anyone would write: one command, one answer; see session.py."""

import poplib

import session


def look(wanted: session.Session) -> None:
    if wanted.context is None:
        client = poplib.POP3(wanted.host, wanted.port)
    else:
        client = poplib.POP3_SSL(wanted.host, wanted.port, context=wanted.context)
    client.capa()
    client.user(wanted.user)
    client.pass_(wanted.password)
    number, _ = client.stat()
    client.uidl()
    if wanted.is_first:
        client.list()
        for i in range(number):
            client.top(i + 1, 0)
    client.quit()


session.run(look)
