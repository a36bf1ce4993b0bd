# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that sends a number of bytes to whoever connects, and hangs up."""

import socket
import ssl
import threading

from servers.certificate import KeyPair

BLOCK = bytes(1 << 16)


class StreamServer:
    """Listens on a loopback port, one client at a time; a context manager."""

    def __init__(self, pair: KeyPair | None):
        """@pair: its certificate, None for plain text."""
        self.n_bytes = 0
        self._context = None
        if pair is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(pair.certificate, pair.key)

    def __enter__(self) -> "StreamServer":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        # Wakes accept(), which closing does not.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            try:
                self._send(connection)
            except OSError:
                # The client was ended, or did not trust us; it has said so itself.
                connection.close()

    def _send(self, connection: socket.socket) -> None:
        if self._context is not None:
            connection = self._context.wrap_socket(connection, server_side=True)
        with connection:
            left = self.n_bytes
            while left > 0:
                connection.sendall(BLOCK[:left])
                left -= len(BLOCK[:left])
