#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least that this server and this link allow; see session.py.

Sends every command at once as soon as the server has greeted, knows beforehand
how many mails there are, and looks at nothing but the ends of the answers.
"""

import select
import socket
import ssl

import session

BLOCK_BYTES = 1 << 18
END_OF_ANSWER = b"\r\n.\r\n"


class Answers:
    """Counts lines, and answers of several lines, in a stream that comes in pieces."""

    def __init__(self):
        self._tail = b""
        self.lines = 0
        self.ends = 0

    def add(self, piece: bytes) -> None:
        self.lines += piece.count(b"\n")
        self.ends += (self._tail + piece).count(END_OF_ANSWER)
        self._tail = (self._tail + piece)[1 - len(END_OF_ANSWER):]


def exchange(connection: socket.socket, request: bytes, is_done) -> None:
    """Writes and reads at the same time until @is_done says so of the answers."""
    answers, rest = Answers(), memoryview(request)
    connection.setblocking(False)
    while not is_done(answers):
        # What TLS holds already is not seen by select().
        held = connection.pending() if isinstance(connection, ssl.SSLSocket) else 0
        if not held:
            select.select([connection], [connection] if rest else [], [])
        try:
            piece = connection.recv(BLOCK_BYTES)
            if not piece:
                raise ConnectionError("the server hung up")
            answers.add(piece)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        try:
            if rest:
                rest = rest[connection.send(rest[:BLOCK_BYTES]):]
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass


def look(wanted: session.Session) -> None:
    connection = wanted.connect()
    with connection:
        exchange(connection, b"", lambda answers: answers.lines >= 1)
        login = f"USER {wanted.user}\r\nPASS {wanted.password}\r\nSTAT\r\n"
        if wanted.is_first:
            heads = "".join(f"TOP {i + 1} 0\r\n" for i in range(wanted.n_mails))
            exchange(connection, f"{login}UIDL\r\nLIST\r\n{heads}".encode(),
                     lambda answers: answers.ends >= wanted.n_mails + 2)
        else:
            exchange(connection, f"{login}UIDL {wanted.n_mails}\r\n".encode(),
                     lambda answers: answers.lines >= 4)


session.run(look)
