#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The relay of the bench delays, keeps order, and counts what a client waited for."""

import hashlib
import socket
import sys
import threading
import time
import unittest

from link import Link
from servers import tap

RELAY = sys.argv.pop(1)
ROUND_TRIP_MS = 60
# What a slow machine may be late by and the relay's clock be early.
EARLY_S = 0.001
LIMIT_S = 20
MANY_BYTES = 8 << 20


class Server:
    """Greets each client with "hello", and answers each line with the line, "end" with a goodbye."""

    def __init__(self):
        self.heard_at: list[float] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hears of no client any more; does nothing the second time."""
        if self._listener.fileno() < 0:
            return
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(LIMIT_S)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.heard_at.append(time.monotonic())
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as stream:
            try:
                stream.write(b"hello\n")
                stream.flush()
                for line in stream:
                    stream.write(line)
                    stream.flush()
                stream.write(b"end\n")
            except OSError:
                # The client has gone; that is one of the cases.
                return


class RelayTest(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)
        self.link = Link(RELAY, self.server.port).__enter__()
        self.addCleanup(self.link.__exit__)
        self.link.set_round_trip_ms(ROUND_TRIP_MS)

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.link.port), timeout=LIMIT_S)
        self.addCleanup(connection.close)
        stream = connection.makefile("rwb", buffering=0)
        self.addCleanup(stream.close)
        return connection, stream

    def assert_round_trips(self, start: float, number: float):
        self.assertGreaterEqual(time.monotonic() - start, number * ROUND_TRIP_MS / 1000 - EARLY_S)

    def test_greeting_takes_two_round_trips(self):
        start = time.monotonic()
        _, stream = self.connect()
        self.assertEqual(stream.readline(), b"hello\n")
        self.assert_round_trips(start, 2)

    def test_server_hears_of_a_client_after_one_and_a_half(self):
        start = time.monotonic()
        _, stream = self.connect()
        stream.readline()
        self.assertGreaterEqual(self.server.heard_at[0] - start, 1.5 * ROUND_TRIP_MS / 1000 - EARLY_S)

    def test_each_question_that_is_waited_for_is_a_round_trip(self):
        connection, stream = self.connect()
        stream.readline()
        start = time.monotonic()
        for _ in range(3):
            stream.write(b"line\n")
            self.assertEqual(stream.readline(), b"line\n")
        self.assert_round_trips(start, 3)
        self.hang_up(connection, stream)
        self.assertEqual(self.link.take_traffic().round_trips, 5)

    def test_questions_sent_together_are_one_round_trip(self):
        connection, stream = self.connect()
        stream.readline()
        stream.write(b"a\nb\nc\n")
        self.assertEqual([stream.readline() for _ in range(3)], [b"a\n", b"b\n", b"c\n"])
        self.hang_up(connection, stream)
        self.assertEqual(self.link.take_traffic().round_trips, 3)

    def test_an_answer_not_waited_for_does_not_count(self):
        connection, stream = self.connect()
        stream.readline()
        stream.write(b"bye\n")
        self.hang_up(connection, stream)
        self.assertEqual(self.link.take_traffic().round_trips, 2)

    def test_a_half_closed_connection_still_brings_the_answer(self):
        connection, stream = self.connect()
        stream.write(b"a\n")
        connection.shutdown(socket.SHUT_WR)
        self.assertEqual(stream.read(64) + stream.read(64) + stream.read(64), b"hello\na\nend\n")
        self.assertEqual(stream.read(64), b"")

    def test_many_bytes_arrive_in_order_and_are_counted(self):
        connection, stream = self.connect()
        lines = b"".join(b"%d\n" % i for i in range(MANY_BYTES // 8))
        writer = threading.Thread(target=connection.sendall, args=[lines])
        writer.start()
        seen, left = hashlib.sha256(), len(lines) + len(b"hello\n")
        while left > 0:
            piece = connection.recv(min(left, 1 << 16))
            self.assertTrue(piece)
            seen.update(piece)
            left -= len(piece)
        writer.join()
        self.assertEqual(seen.digest(), hashlib.sha256(b"hello\n" + lines).digest())
        self.hang_up(connection, stream)
        traffic = self.link.take_traffic()
        self.assertEqual(traffic.bytes_up, len(lines))
        # The goodbye was on its way when the client had gone.
        self.assertIn(traffic.bytes_down - len(lines), (len(b"hello\n"), len(b"hello\nend\n")))

    def test_a_long_answer_costs_its_delay_once(self):
        connection, stream = self.connect()
        stream.readline()
        start = time.monotonic()
        for _ in range(200):
            stream.write(b"line\n")
        for _ in range(200):
            stream.readline()
        self.assert_round_trips(start, 1)
        self.assertLess(time.monotonic() - start, 200 * ROUND_TRIP_MS / 1000)

    def test_a_line_with_a_width_takes_its_time_each_way(self):
        self.link.set_width_mbit_s(8)
        connection, stream = self.connect()
        stream.readline()
        start = time.monotonic()
        line = b"x" * 99_999 + b"\n"
        stream.write(line)
        left = len(line)
        while left > 0:
            left -= len(connection.recv(left))
        # A tenth of a second up. Down it goes at the same time, but for the server, which reads a line first.
        self.assertGreaterEqual(time.monotonic() - start, 0.2 + ROUND_TRIP_MS / 1000 - EARLY_S)

    def test_a_width_that_is_taken_back_costs_nothing(self):
        self.link.set_width_mbit_s(1)
        self.link.set_width_mbit_s(0)
        connection, stream = self.connect()
        stream.readline()
        start = time.monotonic()
        connection.sendall(b"x" * (1 << 20) + b"\n")
        left = (1 << 20) + 1
        while left > 0:
            left -= len(connection.recv(left))
        self.assertLess(time.monotonic() - start, 8)

    def test_connections_do_not_wait_for_each_other(self):
        streams = [self.connect() for _ in range(20)]
        start = time.monotonic()
        for _, stream in streams:
            self.assertEqual(stream.readline(), b"hello\n")
        self.assertLess(time.monotonic() - start, 20 * 2 * ROUND_TRIP_MS / 1000)
        for connection, stream in streams:
            self.hang_up(connection, stream)
        traffic = self.link.take_traffic()
        self.assertEqual((traffic.connections, traffic.round_trips), (20, 40))

    def test_no_server_ends_the_client(self):
        self.server.close()
        _, stream = self.connect()
        try:
            self.assertEqual(stream.read(64), b"")
        except ConnectionResetError:
            pass

    def hang_up(self, connection: socket.socket, stream) -> None:
        stream.close()
        connection.close()


if __name__ == "__main__":
    tap.main()
