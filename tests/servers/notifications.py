# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeing which notifications programs send, beside the server that shows them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NOTIFY_RULE = "type='method_call',interface='org.freedesktop.Notifications',member='Notify'"
WAIT_LIMIT_S = 20


@dataclass(frozen=True)
class Notification:
    """One call of Notify, see the Desktop Notifications Specification 1.2."""

    application: str
    replaces_id: int
    icon: str
    summary: str
    body: str
    actions: tuple[str, ...]


class NotificationWatch:
    """Collects every notification sent on one bus, in the order of sending."""

    def __init__(self, connection: Gio.DBusConnection):
        """@connection: becomes a monitor, so the caller can use it for nothing else."""
        self._connection = connection
        self._seen: list[Notification] = []
        self._changed = threading.Condition()
        connection.add_filter(self._on_message)
        connection.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.Monitoring",
            "BecomeMonitor", GLib.Variant("(asu)", ([NOTIFY_RULE], 0)), None,
            Gio.DBusCallFlags.NONE, -1, None)

    @property
    def seen(self) -> list[Notification]:
        """What was sent until now."""
        with self._changed:
            return list(self._seen)

    def wait_for(self, is_enough: Callable[[list[Notification]], bool]) -> list[Notification]:
        """Waits until @is_enough accepts the list; TimeoutError shows what came instead.

        The messages arrive on GDBus's own thread: the caller runs no main loop.
        """
        limit = time.monotonic() + WAIT_LIMIT_S
        with self._changed:
            while not is_enough(list(self._seen)):
                left = limit - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    raise TimeoutError(f"notifications seen: {self._seen}")
            return list(self._seen)

    def close(self) -> None:
        """Ends the watching; what was seen stays readable."""
        if not self._connection.is_closed():
            self._connection.set_exit_on_close(False)
            self._connection.close_sync(None)

    def _on_message(self, _connection, message, is_incoming, *_):
        if is_incoming and message.get_member() == "Notify":
            application, replaces_id, icon, summary, body, actions, _hints, _timeout = (
                message.get_body().unpack())
            with self._changed:
                self._seen.append(Notification(application, replaces_id, icon, summary, body,
                                               tuple(actions)))
                self._changed.notify_all()
        # A monitor must answer nothing, and GDBus would answer a call that it passed on.
        is_call = message.get_message_type() == Gio.DBusMessageType.METHOD_CALL
        return None if is_incoming and is_call else message
