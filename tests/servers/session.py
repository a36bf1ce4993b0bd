# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session of a test's own: bus, keyring, display, notification server.

    with Session(display=True, notifications=True) as session:
        subprocess.run([program], env=session.environment, check=True)
        session.notifications.wait_for(lambda seen: len(seen) == 1)

Nothing of it is shared with the user's session: home, runtime folder and bus
are new, and the bus starts no service by itself but the accessibility one.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from servers.notifications import NotificationWatch  # noqa: E402
from servers.process import Process, find_tool  # noqa: E402

BUS_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
ACCESSIBILITY_SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
KEYRING_PASSWORD = b"keyring of a test"
# Variables of the caller's session that would lead a program out of the private one.
FOREIGN = ("WAYLAND_DISPLAY", "DISPLAY", "XAUTHORITY", "SESSION_MANAGER", "AT_SPI_BUS_ADDRESS",
           "GNOME_KEYRING_CONTROL", "SSH_AUTH_SOCK", "XDG_CURRENT_DESKTOP", "GTK_THEME")
# Severity meant for the program under test: a warning of a server is none of its faults.
STRICT = ("G_DEBUG", "MALLOC_CHECK_")


class Session:
    """One private session; a context manager. Its servers end in the reverse order of their start."""

    def __init__(self, *, keyring: bool = True, display: bool = False,
                 notifications: bool = False, screen: str = "1280x1024x24"):
        """@notifications: start dunst, which needs a display and so implies one."""
        self.environment: dict[str, str] = {}
        self.notifications: NotificationWatch | None = None
        self._wants_keyring = keyring
        self._wants_notifications = notifications
        self._wants_display = display or notifications
        self._screen = screen
        self._servers: list[Process] = []

    def __enter__(self) -> "Session":
        self.folder = Path(tempfile.mkdtemp(prefix="popinjay-session-"))
        try:
            self._prepare_environment()
            self._start_bus()
            if self._wants_display:
                self._start_display()
            if self._wants_keyring:
                self._start_keyring()
            if self._wants_notifications:
                self._start_notifications()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        if self.notifications is not None:
            self.notifications.close()
        for server in reversed(self._servers):
            server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pids(self) -> list[int]:
        """The servers that run now, in the order of their start."""
        return [server.pid for server in self._servers]

    def connect(self) -> Gio.DBusConnection:
        """Opens a connection of the caller's own to the private bus."""
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def save_screenshot(self, path: Path, area: str | None = None) -> None:
        """Saves the display as PNG, the same bytes for the same picture. Needs ImageMagick.

        @area: WIDTHxHEIGHT+X+Y in pixels; None: all of it.
        """
        part = ["-crop", area, "+repage"] if area is not None else []
        subprocess.run([find_tool("import"), "-window", "root", *part, "-strip", "-define",
                        "png:exclude-chunks=date,time", f"PNG:{path}"],
                       check=True, env=self.environment)

    def find_secrets(self, attributes: dict[str, str]) -> list[str]:
        """Paths of the items in the keyring that have all these attributes."""
        connection = self.connect()
        answer = connection.call_sync(
            "org.freedesktop.secrets", "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service", "SearchItems",
            GLib.Variant("(a{ss})", (attributes,)), None, Gio.DBusCallFlags.NONE, -1, None)
        connection.close_sync(None)
        unlocked, locked = answer.unpack()
        return unlocked + locked

    def count_shown_notifications(self) -> int:
        """How many notifications the server shows on the display now."""
        connection = self.connect()
        answer = connection.call_sync(
            "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
            "org.freedesktop.DBus.Properties", "Get",
            GLib.Variant("(ss)", ("org.dunstproject.cmd0", "displayedLength")), None,
            Gio.DBusCallFlags.NONE, -1, None)
        connection.close_sync(None)
        return answer.unpack()[0]

    def _prepare_environment(self) -> None:
        environment = {key: value for key, value in os.environ.items() if key not in FOREIGN}
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            environment[f"XDG_{name}_HOME"] = str(self._make_folder(name.lower()))
        # As the GNOME desktop has it; GTK by itself takes any font.
        settings = self.folder / "config" / "gtk-4.0" / "settings.ini"
        settings.parent.mkdir()
        settings.write_text("[Settings]\ngtk-font-name=Cantarell 11\n")
        environment["XDG_RUNTIME_DIR"] = str(self._make_folder("runtime"))
        environment["HOME"] = str(self._make_folder("home"))
        environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.folder}/bus"
        # Software drawing is the same on every machine and needs no graphics driver.
        environment["GSK_RENDERER"] = "cairo"
        environment["GDK_BACKEND"] = "x11"
        self.environment = environment

    def _make_folder(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(mode=0o700)
        return path

    def _start_bus(self) -> None:
        services = self._make_folder("services")
        if ACCESSIBILITY_SERVICE.exists():
            (services / ACCESSIBILITY_SERVICE.name).symlink_to(ACCESSIBILITY_SERVICE)
        configuration = self.folder / "bus.conf"
        configuration.write_text(BUS_CONFIGURATION.format(folder=self.folder))
        bus = self._start("dbus-daemon", f"--config-file={configuration}", "--nofork")
        bus.wait_until((self.folder / "bus").exists)

    def _start_display(self) -> None:
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        number = b""

        def has_number() -> bool:
            nonlocal number
            try:
                number += os.read(reader, 16)
            except BlockingIOError:
                pass
            return number.endswith(b"\n")

        display = self._start("Xvfb", "-displayfd", str(writer), "-screen", "0", self._screen,
                              "-nolisten", "tcp", "-noreset", pass_fds=[writer])
        os.close(writer)
        display.wait_until(has_number)
        os.close(reader)
        self.environment["DISPLAY"] = ":" + number.decode().strip()
        self._tell_bus("DISPLAY")

    def _tell_bus(self, variable: str) -> None:
        """Lets what the bus starts know it too: the accessibility registry makes keystrokes there."""
        connection = self.connect()
        connection.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
            "UpdateActivationEnvironment",
            GLib.Variant("(a{ss})", ({variable: self.environment[variable]},)), None,
            Gio.DBusCallFlags.NONE, -1, None)
        connection.close_sync(None)

    def _start_keyring(self) -> None:
        keyring = self._start("gnome-keyring-daemon", "--foreground", "--unlock",
                              "--components=secrets", stdin=subprocess.PIPE)
        keyring.stdin.write(KEYRING_PASSWORD)
        keyring.stdin.close()
        self._wait_for_name(keyring, "org.freedesktop.secrets")

    def _start_notifications(self) -> None:
        self.notifications = NotificationWatch(self.connect())
        server = self._start("dunst")
        self._wait_for_name(server, "org.freedesktop.Notifications")

    def _start(self, name: str, *arguments: str, **options) -> Process:
        environment = {key: value for key, value in self.environment.items() if key not in STRICT}
        server = Process([find_tool(name), *arguments], self.folder / f"{name}.log",
                         env=environment, **options)
        self._servers.append(server)
        return server

    def _wait_for_name(self, server: Process, name: str) -> None:
        connection = self.connect()

        def is_owned() -> bool:
            answer = connection.call_sync(
                "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                "NameHasOwner", GLib.Variant("(s)", (name,)), None, Gio.DBusCallFlags.NONE, -1, None)
            return answer.unpack()[0]

        server.wait_until(is_owned)
        connection.close_sync(None)
