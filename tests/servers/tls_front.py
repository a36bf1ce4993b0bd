# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS in front of a server that has none, which refuses a client without a good certificate at once.

    with TlsFront(behind.port, pair, clients_ca) as front:
        ... front.port ...

Dovecot lets anybody in and refuses the login; many other servers break off the handshake.
"""

import socket
import ssl
import threading
from pathlib import Path

from servers.certificate import KeyPair

PATIENCE_S = 20
PIECE_BYTES = 65536


class TlsFront:
    """Serves connections one after another; a context manager."""

    def __init__(self, behind_port: int, pair: KeyPair, clients_ca: Path, *, stls: bool = False,
                 version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3):
        """@clients_ca: who must have signed a client's certificate; @stls: begin in clear; @version: the only one."""
        self._behind_port = behind_port
        self._stls = stls
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.minimum_version = self._context.maximum_version = version
        self._context.load_cert_chain(pair.certificate, pair.key)
        self._context.load_verify_locations(clients_ca)
        self._context.verify_mode = ssl.CERT_REQUIRED

    def __enter__(self) -> "TlsFront":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        # Wakes the thread; close() alone would not.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(PATIENCE_S)
            with connection:
                try:
                    self._converse(connection)
                except (OSError, EOFError):
                    pass

    def _converse(self, connection: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self._behind_port), timeout=PATIENCE_S) as behind:
            if self._stls:
                connection.sendall(_read_line(behind))
                self._lead_to_tls(connection)
            with self._context.wrap_socket(connection, server_side=True) as encrypted:
                there = threading.Thread(target=_copy, args=(behind, encrypted))
                there.start()
                _copy(encrypted, behind)
                there.join()

    def _lead_to_tls(self, connection: socket.socket) -> None:
        while True:
            request = _read_line(connection).strip().upper()
            if request == b"STLS":
                connection.sendall(b"+OK go on\r\n")
                return
            connection.sendall(b"+OK\r\nSTLS\r\n.\r\n" if request == b"CAPA" else b"-ERR\r\n")


def _read_line(connection: socket.socket) -> bytes:
    """Byte by byte: what comes behind the line is not to be taken."""
    line = b""
    while not line.endswith(b"\n"):
        byte = connection.recv(1)
        if not byte:
            raise EOFError
        line += byte
    return line


def _copy(source: socket.socket, target: socket.socket) -> None:
    """Until either ends."""
    try:
        while piece := source.recv(PIECE_BYTES):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
