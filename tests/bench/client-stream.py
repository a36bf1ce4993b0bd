#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads as many bytes as there are mails in the arguments, from a server that just sends; see session.py."""

import session

BLOCK_BYTES = 1 << 18


def read(wanted: session.Session) -> None:
    left = wanted.n_mails
    with wanted.connect() as connection:
        while left > 0:
            piece = connection.recv(min(left, BLOCK_BYTES))
            if not piece:
                raise ConnectionError("the stream ended early")
            left -= len(piece)


session.run(read)
