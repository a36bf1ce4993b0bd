#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long `popinjayctl check` of a thousand mails takes, beside the least that a session can do.

The other side is Python's poplib on the same Dovecot over TLS, which asks for
the same and keeps nothing. Both take turns, so that a busy machine slows both.
The ratio counts: popinjayctl also starts, parses the mails and saves them.
"""

import json
import poplib
import ssl
import statistics
import sys
import time

from servers.dovecot import Dovecot
from servers.popinjayctl import Profile

PROGRAM = sys.argv[1]
PASSWORD = "secret"
N_MAILS = 1000
N_ROUNDS = 5


def make_mail(number: int) -> bytes:
    return (f"Received: from relay.example.org by mx.example.org; Tue, 3 Mar 2026 14:02:11 +0000\r\n"
            f"From: Ola Nowak <ola{number}@example.org>\r\nTo: Ala <ala@example.org>\r\n"
            f"Subject: =?UTF-8?Q?Zdj=C4=99cia_z_g=C3=B3r?= {number}\r\n"
            f"Date: Tue, 3 Mar 2026 14:02:11 +0000\r\nMessage-ID: <{number}@example.org>\r\n"
            f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n"
            + "A line of the body.\r\n" * 20).encode()


def look_plainly(server: Dovecot, *, fetches: bool) -> float:
    """Logs in and lists, reading each header if @fetches. Returns seconds."""
    context = ssl.create_default_context(cafile=server.ca_pem)
    start = time.perf_counter()
    client = poplib.POP3_SSL("localhost", server.tls_port, context=context)
    client.capa()
    client.user("ala")
    client.pass_(PASSWORD)
    number, _ = client.stat()
    client.uidl()
    client.list()
    for i in range(number if fetches else 0):
        client.top(i + 1, 0)
    client.quit()
    return time.perf_counter() - start


def check(profile: Profile) -> float:
    """Returns seconds."""
    start = time.perf_counter()
    done = profile.run("--json", "check")
    seconds = time.perf_counter() - start
    [account] = json.loads(done.out)["accounts"]
    if (done.status, account["messages"], account["new"]) != (0, N_MAILS, []):
        sys.exit(f"the check went wrong: {done.err or account}")
    return seconds


def add(server: Dovecot, profile: Profile) -> None:
    done = profile.run("accounts", "add", "home", "--server", "localhost", "--port", server.tls_port,
                       "--user", "ala", "--ca-file", server.ca_pem, "--password-command",
                       f"echo {PASSWORD}", "--no-verify-now")
    if done.status != 0:
        sys.exit(done.err)


def report(name: str, ours: list[float], plain: list[float]) -> None:
    ratio = statistics.median(a / b for a, b in zip(ours, plain, strict=True))
    print(f"{name}: {statistics.median(ours) * 1000:.0f} ms, plain session "
          f"{statistics.median(plain) * 1000:.0f} ms, ratio {ratio:.2f}", flush=True)


def main() -> None:
    first: tuple[list, list] = ([], [])
    again: tuple[list, list] = ([], [])
    with Dovecot({"ala": PASSWORD}) as server:
        for number in range(N_MAILS):
            server.deliver("ala", make_mail(number))
        look_plainly(server, fetches=True)  # Dovecot makes its index, once
        for _ in range(N_ROUNDS):
            with Profile(PROGRAM) as profile:
                add(server, profile)
                first[0].append(check(profile))
                first[1].append(look_plainly(server, fetches=True))
                again[0].append(check(profile))
                again[1].append(look_plainly(server, fetches=False))
    report(f"first check of {N_MAILS} mails", *first)
    report(f"check of {N_MAILS} mails, nothing new", *again)


if __name__ == "__main__":
    main()
