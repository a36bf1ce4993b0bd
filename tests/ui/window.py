# SPDX-License-Identifier: GPL-3.0-or-later
"""The program on a private display, found, read and used by its accessible names.

    with Session(display=True) as session, Window(session, [program, "--demo"]) as window:
        window.press("push button", "Check")
        window.wait_for("label", "hello")

One process can use one session only: libatspi keeps the bus that it found first.
"""

import os
import re
import time
from collections.abc import Callable, Iterator

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from servers.process import Process  # noqa: E402
from servers.queue_watch import QueueWatch  # noqa: E402
from servers.session import Session  # noqa: E402

# A loaded machine with sanitizers is slow; a healthy one needs a tenth of a second.
LIMIT_S = 20
# Asking is work for the window's main loop too, so not without a pause.
PAUSE_S = 0.05
# GTK 4.8 names what has no name by its class.
CLASS_PREFIXES = ("Gtk", "Adw", "Pj")
# Inside every window, and on nothing that reacts.
CORNER = (1, 1)
# Less than what any button has at its sides, in pixels.
PADDING = 2
# How much of the program's output a failure quotes, from its end.
QUOTED_CHARS = 4000

# Names of X11/keysymdef.h.
KEYSYMS = {"Tab": 0xff09, "Return": 0xff0d, "Escape": 0xff1b, "Up": 0xff52, "Down": 0xff54,
           "Left": 0xff51, "Right": 0xff53, "Home": 0xff50, "F5": 0xffc2, "Delete": 0xffff}
# Keycodes that every X server gives these keys of a PC keyboard.
MODIFIERS = {"Control": 37, "Shift": 50}

# "(popinjay:123): Gtk-WARNING **: 14:02:03.004: text"
WARNING = re.compile(r"^\(.*\): (\S+-(?:WARNING|CRITICAL) \*\*: .*)$", re.MULTILINE)
LONG_ITERATION = re.compile(
    r"^loop: (\d+) ms, (\d+) ms of it waiting for a processor, at ([\d.]+) s$", re.MULTILINE)


class Window:
    """One run of the program with all its windows; a context manager that ends it."""

    def __init__(self, session: Session, command: list[str], **environment: str):
        """@environment: variables for the program besides those of the session."""
        # libatspi finds its bus by the environment of the process.
        os.environ.update(session.environment)
        Atspi.init()
        # No window manager gives the focus here: keys go to the window below the pointer.
        Atspi.generate_mouse_event(*CORNER, "abs")
        self.log = session.folder / f"window-{time.monotonic_ns()}.log"
        self.program = Process(command, self.log, env={**session.environment, **environment})

    def __enter__(self) -> "Window":
        return self

    def __exit__(self, *_) -> None:
        self.program.stop()

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Returns once @is_so; AssertionError says @what did not come, and what is there instead."""
        limit = time.monotonic() + LIMIT_S
        while not is_so():
            if not self.program.is_running():
                raise AssertionError(
                    f"no {what}: the program ended with {self.program.status}\n{self._quote_log()}")
            if time.monotonic() > limit:
                raise AssertionError(f"no {what} in {self.list_texts()}\n{self._quote_log()}")
            time.sleep(PAUSE_S)

    def walk(self, within=None) -> Iterator:
        """Everything accessible within one node; else in the topmost modal window, or in all."""
        while GLib.MainContext.default().iteration(False):
            pass
        for node in [within] if within is not None else _list_windows():
            yield from _walk(node)

    def list_texts(self, within=None) -> list[str]:
        """Names and contents of what the user can see."""
        texts = ((node, read(node)) for node in self.walk(within))
        return [text for node, text in texts
                if text and not text.startswith(CLASS_PREFIXES) and self.is_seen(node)]

    def find(self, role: str, name: str, within=None, *, unseen: bool = False):
        """The first node of that role and name that the user can see, or None.

        @unseen: also what is scrolled out of sight, or in a menu.
        """
        is_there = _is_laid_out if unseen else self.is_seen
        for node in self.walk(within):
            if read_role(node) == role and read_name(node) == name and is_there(node):
                return node
        return None

    def wait_for(self, role: str, name: str, within=None, *, unseen: bool = False):
        """As find(), but waits until it is there."""
        found = None

        def is_found() -> bool:
            nonlocal found
            found = self.find(role, name, within, unseen=unseen)
            return found is not None

        self.wait_until(is_found, f"{role} “{name}”")
        return found

    def wait_until_gone(self, role: str, name: str, within=None) -> None:
        self.wait_until(lambda: self.find(role, name, within) is None, f"end of {role} “{name}”")

    def is_seen(self, node) -> bool:
        """Whether the middle of the node, or a child of it, is on the window now.

        What lies on another page or is scrolled out of sight is not.
        """
        try:
            if not _is_laid_out(node):
                return False
            area = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
            # GTK 4.8 tells nothing of a point where it has a widget that is not accessible, as the
            # icon of a menu button: then the padding at the left shows whose it is.
            for x in (area.x + area.width // 2, area.x - PADDING):
                hit = Atspi.Component.get_accessible_at_point(
                    _find_top(node), x, area.y + area.height // 2, Atspi.CoordType.WINDOW)
                if hit is not None and _is_within(hit, node):
                    return True
            return any(self.is_seen(child) for child in _list_children(node))
        except GLib.Error:
            return False

    def reach(self, role: str, name: str, within=None):
        """As wait_for(), but first scrolls what is out of sight into it."""
        node = self.wait_for(role, name, within, unseen=True)

        def is_reached() -> bool:
            if self.is_seen(node):
                return True
            _scroll_towards(node)
            return False

        self.wait_until(is_reached, f"way to {role} “{name}”")
        return node

    def press(self, role: str, name: str, within=None) -> None:
        """Waits for a button or the like, and clicks it."""
        node = self.reach(role, name, within)
        self.wait_until(lambda: has_state(node, "SENSITIVE"), f"{role} “{name}” that can be pressed")
        if not Atspi.Action.do_action(node, 0):
            raise AssertionError(f"{role} “{name}” did nothing")

    def choose(self, name: str) -> None:
        """Waits for an item of an open menu, and chooses it."""
        if not Atspi.Action.do_action(self.wait_for("menu item", name, unseen=True), 0):
            raise AssertionError(f"menu item “{name}” did nothing")

    def type_into(self, name: str, text: str) -> None:
        """Makes @text the content of the field of that name."""
        if not Atspi.EditableText.set_text_contents(self.wait_for("text", name, unseen=True), text):
            raise AssertionError(f"“{name}” takes no text")

    def replace_text(self, old: str, new: str) -> None:
        """Waits for a field that holds @old, whatever its name, and makes @new its content."""
        found = None

        def is_found() -> bool:
            nonlocal found
            found = next((node for node in self.walk() if read_role(node) == "text"
                          and read(node) == old and has_state(node, "EDITABLE")), None)
            return found is not None

        self.wait_until(is_found, f"field with “{old}”")
        if not Atspi.EditableText.set_text_contents(found, new):
            raise AssertionError(f"the field with “{old}” takes no text")

    def read_field(self, name: str) -> str:
        return read(self.wait_for("text", name, unseen=True))

    def click(self, role: str, name: str, within=None) -> None:
        """Waits for a node, and clicks its middle with the mouse."""
        node = self.reach(role, name, within)
        _use_mouse(node, "b1c")
        # What the pointer rests on shows its tooltip.
        Atspi.generate_mouse_event(*CORNER, "abs")

    def key(self, name: str, *modifiers: str) -> None:
        """Presses a key as on the keyboard, a letter by itself, others by their X11 names."""
        for modifier in modifiers:
            Atspi.generate_keyboard_event(MODIFIERS[modifier], None, Atspi.KeySynthType.PRESS)
        Atspi.generate_keyboard_event(KEYSYMS.get(name) or ord(name), None, Atspi.KeySynthType.SYM)
        for modifier in modifiers:
            Atspi.generate_keyboard_event(MODIFIERS[modifier], None, Atspi.KeySynthType.RELEASE)

    def ask_for_gone_window(self) -> None:
        """Asks for a window that closed after the windows were counted, as a screen reader may."""
        for program in _list_children(Atspi.get_desktop(0)):
            count = program.get_child_count()
            # Nothing is kept, so this asks the program itself.
            program.clear_cache()
            _ask(lambda: program.get_child_at_index(count))

    def list_iterations(self, since_s: float, servers: QueueWatch) -> list[int]:
        """Milliseconds that each main loop iteration worked, if POPINJAY_LOOP_WATCH told of it.

        @since_s: what began earlier by time.monotonic() does not count
        @servers: watches what the window waits for. Time for which they or the
            main thread had no processor does not count either.
        """
        iterations = [(int(took_ms), int(queued_ms), float(start_s))
                      for took_ms, queued_ms, start_s in LONG_ITERATION.findall(self._read_log())]
        return [round(took_ms - queued_ms - servers.count_ms(start_s, start_s + took_ms / 1000))
                for took_ms, queued_ms, start_s in iterations if start_s >= since_s]

    def list_warnings(self) -> list[str]:
        """What the program and its libraries have complained of."""
        return WARNING.findall(self._read_log())

    def wait_for_exit(self, limit_s: float) -> int:
        """Waits until the program has ended by itself. Returns its exit status."""
        return self.program.wait(limit_s)

    def _read_log(self) -> str:
        return self.log.read_text(errors="replace")

    def _quote_log(self) -> str:
        return self._read_log()[-QUOTED_CHARS:]


def read_name(node) -> str:
    """The accessible name, without the mnemonic that GTK 4.8 puts before it ("_Save Save")."""
    name = _ask(node.get_name) or ""
    half = len(name) // 2
    with_mnemonic, plain = name[:half + 1].rstrip(), name[half + 1:]
    return plain if with_mnemonic.replace("_", "", 1) == plain else name


def read_role(node) -> str:
    """The role, by its name in AT-SPI 2.46; later ones say "button" only."""
    name = _ask(node.get_role_name)
    return "push button" if name == "button" else name


def read(node) -> str:
    """What the node says: its content if it has one, else its name."""
    if "Text" in (_ask(node.get_interfaces) or ()):
        return _ask(lambda: Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))) or ""
    return read_name(node)


def has_state(node, name: str) -> bool:
    states = _ask(node.get_state_set)
    return states is not None and states.contains(getattr(Atspi.StateType, name))


def _ask(question: Callable):
    """The answer; None when the object has gone since it was found."""
    try:
        return question()
    except GLib.Error:
        return None


def _list_windows() -> list:
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    windows = [window for program in _list_children(desktop) for window in _list_children(program)]
    return [window for window in windows if has_state(window, "MODAL")][-1:] or windows


def _walk(node) -> Iterator:
    # A page that was never shown has the whole content of it.
    if _ask(node.get_name) == "GtkStackPage" and not any(map(_is_laid_out, _list_children(node))):
        return
    yield node
    for child in _list_children(node):
        yield from _walk(child)


def _list_children(node) -> list:
    count = _ask(node.get_child_count) or 0
    children = [_ask(lambda i=i: node.get_child_at_index(i)) for i in range(count)]
    return [child for child in children if child is not None]


def _is_laid_out(node) -> bool:
    area = _ask(lambda: Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW))
    return area is not None and area.width > 0 and area.height > 0


def _use_mouse(node, event: str) -> None:
    # No window manager: every window is in the corner where the display begins.
    area = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    Atspi.generate_mouse_event(area.x + area.width // 2, area.y + area.height // 2, event)


def _scroll_towards(node) -> None:
    if not _is_laid_out(node):
        return
    top = _find_top(node)
    is_above = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW).y < 0
    _use_mouse(top, "b4c" if is_above else "b5c")
    Atspi.generate_mouse_event(*CORNER, "abs")


def _find_top(node):
    parent = node.get_parent()
    while parent is not None and parent.get_role() != Atspi.Role.APPLICATION:
        node, parent = parent, parent.get_parent()
    return node


def _is_within(node, whole) -> bool:
    while node is not None:
        if node == whole:
            return True
        node = node.get_parent()
    return False
