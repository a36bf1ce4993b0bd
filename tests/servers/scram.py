# SPDX-License-Identifier: GPL-3.0-or-later
"""A POP3 server that does nothing but one SCRAM-SHA-256 login, right or wrong as told.

    with ScramServer("secret", offers="SCRAM-SHA-256", tls=pair) as server:
        ... a client logs in at server.port ...
    assert server.gs2_flag == "y"

Real servers with channel binding are rare and never lie.
"""

import base64
import hashlib
import hmac
import secrets
import socket
import ssl
import threading

from servers.certificate import KeyPair

PATIENCE_S = 20


class ScramServer:
    """Serves one connection; a context manager."""

    def __init__(self, password: str, *, offers: str, tls: KeyPair | None = None,
                 iterations: int = 4096, lie: bool = False):
        """@offers: what CAPA lists behind SASL; @lie: answer a proof with a wrong signature."""
        self.gs2_flag = ""       # "n", "y" or "p=" and a type, as the client sent it
        self.is_bound = False    # its binding data is that of this connection
        self.is_proved = False   # it knows the password
        self.lines: list[str] = []  # what the client sent
        self._password = password
        self._offers = offers
        self._tls = tls
        self._iterations = iterations
        self._lie = lie

    def __enter__(self) -> "ScramServer":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(PATIENCE_S)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        try:
            connection, _ = self._listener.accept()
            with connection:
                connection.settimeout(PATIENCE_S)
                if self._tls is not None:
                    connection = self._make_context().wrap_socket(connection, server_side=True)
                self._converse(connection.makefile("rw", newline=""))
        except (OSError, EOFError):
            pass

    def _make_context(self) -> ssl.SSLContext:
        # Python gives out no exported keys, so TLS 1.2 and the certificate's hash.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self._tls.certificate, self._tls.key)
        return context

    def _converse(self, file) -> None:
        self._file = file
        self._say("+OK hello")
        while True:
            verb, *arguments = self._hear().split(" ")
            if verb == "CAPA":
                self._say(f"+OK\r\nSASL {self._offers}\r\nUSER\r\n.")
            elif verb == "AUTH":
                self._authenticate(arguments[1])
            elif verb == "STAT":
                self._say("+OK 0 0")
            elif verb == "QUIT":
                self._say("+OK")
                return
            else:
                self._say("-ERR")

    def _authenticate(self, response: str) -> None:
        header, first_bare = self._read_first(base64.b64decode(response).decode())
        nonce = first_bare.split(",r=")[1] + secrets.token_hex(8)
        salt = secrets.token_bytes(16)
        server_first = f"r={nonce},s={base64.b64encode(salt).decode()},i={self._iterations}"
        final = self._ask(server_first)
        if final is None:
            return
        bare, proof = final.rsplit(",p=", 1)
        bound = base64.b64decode(bare.split(",")[0].removeprefix("c="))
        self.is_bound = bound == header.encode() + self._binding()

        salted = hashlib.pbkdf2_hmac("sha256", self._password.encode(), salt, self._iterations)
        message = ",".join([first_bare, server_first, bare]).encode()
        client_key = _hmac(salted, b"Client Key")
        signature = _hmac(hashlib.sha256(client_key).digest(), message)
        expected = bytes(a ^ b for a, b in zip(client_key, signature))
        self.is_proved = base64.b64decode(proof) == expected
        if not self.is_proved:
            self._say("-ERR [AUTH] wrong")
            return
        verifier = _hmac(_hmac(salted, b"Server Key"), message)
        if self._lie:
            verifier = bytes(len(verifier))
        if self._ask("v=" + base64.b64encode(verifier).decode()) is not None:
            self._say("+OK in")

    def _read_first(self, message: str) -> tuple[str, str]:
        self.gs2_flag, _, first_bare = message.split(",", 2)
        return self.gs2_flag + ",,", first_bare

    def _binding(self) -> bytes:
        if not self.gs2_flag.startswith("p="):
            return b""
        assert self.gs2_flag == "p=tls-server-end-point"
        der = ssl.PEM_cert_to_DER_cert(self._tls.certificate.read_text())
        return hashlib.sha256(der).digest()

    def _ask(self, challenge: str) -> str | None:
        """Returns: the client's answer; None when it broke off."""
        self._say("+ " + base64.b64encode(challenge.encode()).decode())
        answer = self._hear()
        if answer == "*":
            self._say("-ERR cancelled")
            return None
        return base64.b64decode(answer).decode()

    def _say(self, text: str) -> None:
        self._file.write(text + "\r\n")
        self._file.flush()

    def _hear(self) -> str:
        line = self._file.readline()
        if not line:
            raise EOFError
        self.lines.append(line.rstrip("\r\n"))
        return self.lines[-1]


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, "sha256").digest()
