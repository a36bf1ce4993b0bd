#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The secret store against a real gnome-keyring on a bus of its own.

Usage: test-secret-service.py SECRET_CLIENT. Exit status 77: no gnome-keyring.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CLIENT = sys.argv.pop(1)
SKIPPED = 77


class Desktop:
    """A home, a bus and a keyring that end with the test."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="pj-test-")
        runtime = Path(self.home, "run")
        runtime.mkdir(mode=0o700)
        self.env = {
            "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
            "HOME": self.home, "XDG_RUNTIME_DIR": str(runtime),
            "XDG_DATA_HOME": f"{self.home}/data", "XDG_CONFIG_HOME": f"{self.home}/config",
            "XDG_CACHE_HOME": f"{self.home}/cache",
        }
        # No service folders: nothing is started that the test has not asked for.
        config = Path(self.home, "bus.conf")
        config.write_text(
            "<busconfig><type>session</type>"
            f"<listen>unix:path={runtime}/bus</listen><auth>EXTERNAL</auth>"
            '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
            '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>')
        self.bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=self.env)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()
        self.keyring = None

    def start_keyring(self, password):
        """Starts it; with a password, its login keyring is made or unlocked."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets",
                   f"--control-directory={self.home}/run/keyring"]
        if password is not None:
            command.append("--unlock")
        self.keyring = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env=self.env)
        self.keyring.stdin.write((password or "").encode())
        self.keyring.stdin.close()
        self.wait_for_name("org.freedesktop.secrets")

    def wait_for_name(self, name):
        subprocess.run(["gdbus", "wait", "--session", "--timeout", "20", name], check=True,
                       env=self.env)

    def stop_keyring(self):
        if self.keyring is not None:
            self.keyring.terminate()
            self.keyring.wait()
            self.keyring = None

    def client(self, *words):
        done = subprocess.run([CLIENT, *words], stdout=subprocess.PIPE, text=True, timeout=30,
                              env=self.env | {"G_DEBUG": "fatal-warnings"})
        return done.stdout.splitlines()

    def close(self):
        self.stop_keyring()
        self.bus.terminate()
        self.bus.wait()
        self.bus.stdout.close()
        shutil.rmtree(self.home)


class SecretService(unittest.TestCase):
    def setUp(self):
        self.desktop = Desktop()
        self.addCleanup(self.desktop.close)

    def test_saved_in_one_process_found_in_another(self):
        desktop = self.desktop
        desktop.start_keyring("open sesame")
        self.assertEqual(desktop.client("save", "1", "pop.example.org", "zażółć 2"), ["persistent"])
        self.assertEqual(desktop.client("lookup", "1", "pop.example.org"),
                         ["zażółć 2", "persistent"])
        self.assertEqual(desktop.client("save", "1", "pop.example.org", "second"), ["persistent"])
        self.assertEqual(desktop.client("lookup", "1", "pop.example.org"), ["second", "persistent"])

    def test_not_for_another_account_or_server(self):
        desktop = self.desktop
        desktop.start_keyring("open sesame")
        desktop.client("save", "1", "pop.example.org", "hunter2")
        nothing = ["error auth: No password is stored"]
        self.assertEqual(desktop.client("lookup", "2", "pop.example.org"), nothing)
        self.assertEqual(desktop.client("lookup", "1", "evil.example.org"), nothing)

    def test_clear_takes_every_password_of_the_account(self):
        desktop = self.desktop
        desktop.start_keyring("open sesame")
        desktop.client("save", "1", "old.example.org", "one")
        desktop.client("save", "1", "pop.example.org", "two")
        desktop.client("save", "2", "pop.example.org", "three")
        self.assertEqual(desktop.client("clear", "1", "pop.example.org"), ["persistent"])
        nothing = ["error auth: No password is stored"]
        self.assertEqual(desktop.client("lookup", "1", "old.example.org"), nothing)
        self.assertEqual(desktop.client("lookup", "1", "pop.example.org"), nothing)
        self.assertEqual(desktop.client("lookup", "2", "pop.example.org"), ["three", "persistent"])

    def test_locked_keyring_without_an_answer_is_locked(self):
        desktop = self.desktop
        desktop.start_keyring("open sesame")
        desktop.client("save", "1", "pop.example.org", "hunter2")
        desktop.stop_keyring()
        # Nobody is there to answer its prompt.
        desktop.start_keyring(None)
        [line] = desktop.client("lookup", "1", "pop.example.org")
        self.assertEqual(line, "error locked-keyring: The keyring is locked")

    def test_without_a_keyring_memory_serves_and_no_file_is_written(self):
        desktop = self.desktop
        self.assertEqual(desktop.client("save", "1", "pop.example.org", "hunter2"), ["memory"])
        [line] = desktop.client("lookup", "1", "pop.example.org")
        self.assertTrue(line.startswith("error auth: No password is stored"), line)
        for path in Path(desktop.home).rglob("*"):
            if path.is_file():
                self.assertNotIn(b"hunter2", path.read_bytes())


if __name__ == "__main__":
    if any(shutil.which(name) is None for name in ("gnome-keyring-daemon", "dbus-daemon", "gdbus")):
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
