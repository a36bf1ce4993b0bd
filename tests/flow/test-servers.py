#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers that other tests lean on are what they say they are."""

import os
import poplib
import ssl
import subprocess
import sys
import time
import unittest

from gi.repository import Gio, GLib

from servers import tap
from servers.certificate import CertificateAuthority
from servers.dovecot import Dovecot
from servers.session import Session

MAIL = b"From: Ala <ala@example.org>\r\nSubject: hello\r\n\r\nbody\r\n"
FILL_LIMIT_S = 1
# libsecret finds the bus by the environment, so it needs a process of its own.
USE_SECRET = """
import gi
gi.require_version("Secret", "1")
from gi.repository import Secret
schema = Secret.Schema.new("test", Secret.SchemaFlags.NONE,
                           {"account": Secret.SchemaAttributeType.STRING})
"""
STORE_SECRET = USE_SECRET + """
Secret.password_store_sync(schema, {"account": "ala"}, None, "test", "s3cret", None)
"""
LOOK_UP_SECRET = USE_SECRET + """
print(Secret.password_lookup_sync(schema, {"account": "ala"}, None), end="")
"""


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class DovecotTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Dovecot({"ala": "se cret", "ola": "other"}).__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.server.ca_pem)

    def log_in(self, user: str) -> poplib.POP3:
        client = poplib.POP3_SSL("localhost", self.server.tls_port, context=self.trust())
        client.user(user)
        client.pass_(self.server.users[user])
        return client

    def test_uidl_is_what_deliver_returned(self):
        uids = [self.server.deliver("ala", MAIL) for _ in range(3)]
        client = self.log_in("ala")
        listed = [line.split()[1].decode() for line in client.uidl()[1]]
        client.quit()
        self.assertEqual(listed, uids)
        self.assertEqual(self.server.uids("ala"), uids)

    def test_delete_is_seen_on_disk(self):
        kept, gone = self.server.deliver("ola", MAIL), self.server.deliver("ola", MAIL + b"2\r\n")
        client = self.log_in("ola")
        client.dele(2)
        self.assertEqual(self.server.count("ola"), 2)
        client.quit()
        self.assertEqual(self.server.uids("ola"), [kept])
        self.assertNotIn(gone, self.server.uids("ola"))
        self.assertEqual(self.server.mails("ola"), [MAIL])

    def test_stls_with_a_certificate_for_both_names(self):
        for host in ("localhost", "127.0.0.1"):
            client = poplib.POP3(host, self.server.port)
            client.stls(self.trust())
            client.quit()

    def test_nobody_trusts_it_without_its_authority(self):
        with self.assertRaises(ssl.SSLCertVerificationError):
            poplib.POP3_SSL("localhost", self.server.tls_port, context=ssl.create_default_context())

    def test_wrong_password_is_refused(self):
        client = poplib.POP3_SSL("localhost", self.server.tls_port, context=self.trust())
        client.user("ala")
        with self.assertRaisesRegex(poplib.error_proto, r"\[AUTH\]"):
            client.pass_("wrong")


class FillTest(unittest.TestCase):
    def test_a_thousand_mails_in_a_second(self):
        with Dovecot({"ala": "secret"}) as server:
            start = time.monotonic()
            for _ in range(1000):
                server.deliver("ala", MAIL)
            self.assertLess(time.monotonic() - start, FILL_LIMIT_S)
            self.assertEqual(server.count("ala"), 1000)

    def test_a_restart_keeps_ports_and_mail(self):
        with Dovecot({"ala": "secret"}) as server:
            uid = server.deliver("ala", MAIL)
            port = server.port
            server.stop()
            with self.assertRaises(ConnectionRefusedError):
                poplib.POP3("127.0.0.1", port)
            server.start()
            self.assertEqual((server.port, server.uids("ala")), (port, [uid]))

    def test_nothing_is_left_behind(self):
        with Dovecot({"ala": "secret"}) as server:
            pid, folder = server.pid, server.folder
            self.assertTrue(is_alive(pid))
        self.assertFalse(is_alive(pid))
        self.assertFalse(folder.exists())


class CertificateTest(unittest.TestCase):
    def test_of_another_host_is_refused(self):
        with Dovecot({"ala": "secret"}, certificate_names=["mail.example.org"]) as server:
            trust = ssl.create_default_context(cafile=server.ca_pem)
            with self.assertRaisesRegex(ssl.SSLCertVerificationError, "mismatch"):
                poplib.POP3_SSL("localhost", server.tls_port, context=trust)

    def test_pair_is_signed_by_the_authority(self):
        with Session(keyring=False) as session:
            authority = CertificateAuthority(session.folder)
            pair = authority.issue(["localhost"])
            subprocess.run(["openssl", "verify", "-CAfile", authority.pem, pair.certificate],
                           check=True, capture_output=True)


class SessionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = Session(notifications=True).__enter__()
        cls.addClassCleanup(cls.session.__exit__)

    def test_home_is_not_the_users(self):
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
            self.assertTrue(self.session.environment[name].startswith(str(self.session.folder)))

    def test_keyring_keeps_a_secret(self):
        for script, said in ((STORE_SECRET, ""), (LOOK_UP_SECRET, "s3cret")):
            done = subprocess.run([sys.executable, "-c", script], env=self.session.environment,
                                  check=True, capture_output=True, text=True)
            self.assertEqual(done.stdout, said)

    def test_notification_is_shown_and_seen(self):
        connection = self.session.connect()
        arguments = GLib.Variant("(susssasa{sv}i)",
                                 ("test", 0, "icon", "New mail", "from <b>Ala</b>", ["a", "A"], {}, -1))
        number = connection.call_sync(
            "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
            "org.freedesktop.Notifications", "Notify", arguments, None, Gio.DBusCallFlags.NONE, -1,
            None).unpack()[0]
        self.assertGreater(number, 0)
        seen = self.session.notifications.wait_for(lambda seen: len(seen) == 1)
        self.assertEqual((seen[0].summary, seen[0].body), ("New mail", "from <b>Ala</b>"))
        self.assertEqual(seen[0].actions, ("a", "A"))

    def test_display_gives_a_picture(self):
        picture = self.session.folder / "picture.png"
        self.session.save_screenshot(picture)
        self.assertEqual(picture.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")

    def test_bus_starts_no_foreign_service(self):
        connection = self.session.connect()
        names = connection.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
            "ListActivatableNames", None, None, Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
        self.assertLessEqual(set(names), {"org.freedesktop.DBus", "org.a11y.Bus"})


class SessionEndTest(unittest.TestCase):
    def test_nothing_is_left_behind(self):
        with Session(notifications=True) as session:
            pids, folder = session.pids, session.folder
            self.assertEqual(len(pids), 4)
        self.assertEqual([pid for pid in pids if is_alive(pid)], [])
        self.assertFalse(folder.exists())


if __name__ == "__main__":
    tap.main()
