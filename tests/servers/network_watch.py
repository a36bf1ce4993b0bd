# SPDX-License-Identifier: GPL-3.0-or-later
"""Every address that a program and its children ask the system to reach, seen by strace.

    watch = NetworkWatch(folder / "trace")
    subprocess.run([*watch.prefix, program], env=watch.adapt(os.environ), check=True)
    assert watch.list_addresses() <= {"127.0.0.1 port 995"}
"""

import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from servers.process import ServerError, find_tool

# Calls that name an address. Whoever looks up a name must make one of them too.
CALLS = "connect,bind,sendto,sendmsg,sendmmsg"

# As strace writes a struct sockaddr; a part of a call that another thread interrupts has it as well.
ADDRESS = re.compile(
    r'sa_family=(?P<family>AF_\w+)'
    r'(?:, sin_port=htons\((?P<port4>\d+)\), sin_addr=inet_addr\("(?P<host4>[^"]+)"\)'
    r'|, sin6_port=htons\((?P<port6>\d+)\), .*?inet_pton\(AF_INET6, "(?P<host6>[^"]+)"'
    r'|, sun_path=(?P<path>@?"[^"]*"))?')

# Asks for a name in the way of every program, and reaches out for an address of each family.
REACHING_OUT = """
import socket
for name in ("looked-up.example", "192.0.2.1", "2001:db8::1"):
    try:
        socket.create_connection((name, 80), 1).close()
    except OSError:
        pass
"""
# Where a name is asked for: a server, or a service of the machine that asks for others.
RESOLVER = re.compile(r".* port 53|unix .*(?:resolve|avahi).*")


class NetworkWatch:
    """What programs that start with `prefix` reach for, one run after another or at the same time."""

    def __init__(self, trace: Path, *, refuse: bool = False):
        """@trace: file to write to; @refuse: let nothing through, each call fails as without a network."""
        self._trace = trace
        # The program is our child and not strace's, so that a signal to our child reaches it.
        # Not a byte of what is sent is written down.
        self.prefix = [find_tool("strace"), "-D", "-f", "-A", "-qq", "--seccomp-bpf", "-s", "0",
                       "-e", "signal=none", "-e", f"trace={CALLS}", "-o", str(trace)]
        if refuse:
            self.prefix += ["-e", f"inject={CALLS}:error=ENETUNREACH"]

    @staticmethod
    def adapt(environment: Mapping[str, str]) -> dict[str, str]:
        """@environment for a program that is watched: no search for leaks works beside strace."""
        options = environment.get("ASAN_OPTIONS", "")
        return {**environment, "ASAN_OPTIONS": f"{options}:detect_leaks=0".removeprefix(":")}

    def list_addresses(self) -> set[str]:
        """"HOST port NUMBER", "unix PATH" ("@" before an abstract one), else the family: "AF_NETLINK"."""
        text = self._trace.read_text(errors="replace") if self._trace.exists() else ""
        return {_name(match) for match in ADDRESS.finditer(text)}


def find_obstacle() -> str | None:
    """Why programs cannot be watched here; None if they can."""
    # Every program asks it for users too, so an answer of it would not tell a look-up.
    if Path("/run/nscd/socket").exists():
        return "nscd runs here and looks up for others"
    try:
        with tempfile.TemporaryDirectory() as folder:
            watch = NetworkWatch(Path(folder) / "trace")
            done = subprocess.run([*watch.prefix, "true"], capture_output=True, text=True)
    except ServerError as error:
        return str(error)
    return None if done.returncode == 0 else f"strace may not trace here: {done.stderr.strip()}"


def list_reached_out(trace: Path) -> set[str]:
    """What is seen of a program that does look up a name and connect; not a packet of it gets out."""
    watch = NetworkWatch(trace, refuse=True)
    subprocess.run([*watch.prefix, "/usr/bin/python3", "-c", REACHING_OUT], check=True,
                   env=watch.adapt({}))
    return watch.list_addresses()


def is_resolver(address: str) -> bool:
    """Whether names are looked up there."""
    return RESOLVER.fullmatch(address) is not None


def _name(match: re.Match) -> str:
    if match["path"] is not None:
        return "unix " + match["path"].replace('"', "")
    host, port = match["host4"] or match["host6"], match["port4"] or match["port6"]
    return f"{host} port {port}" if host is not None else match["family"]
