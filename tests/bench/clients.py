# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs that are compared, and how each is told to do the same.

A first check reads the headers of all mails, a second one finds nothing new. No
two programs do exactly that, so each does what comes nearest among what it can,
in the way that is fastest for it; the mails are so small that who reads them
whole reads hardly more.
"""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from mailboxes import PASSWORD

HERE = Path(__file__).parent
HOST = "localhost"


@dataclass(frozen=True)
class Target:
    """Where a client is sent."""

    port: int
    is_tls: bool
    ca_pem: Path
    user: str
    n_mails: int


class Client:
    """One program. `folder` is its home: what it keeps there is what it remembers between checks."""

    name = ""
    how = ""
    tool = "/usr/bin/python3"
    # A check that finds nothing new needs the folder of one that found all.
    remembers = False
    # Exit statuses that mean success.
    good = (0,)

    def is_installed(self) -> bool:
        return shutil.which(self.tool) is not None

    def version(self) -> str:
        """The first line of what it says about itself."""
        done = subprocess.run([self.tool, "--version"], capture_output=True, text=True, check=False)
        return done.stdout.splitlines()[0].strip() if done.stdout else ""

    def prepare(self, target: Target, kind: str, folder: Path) -> list[str]:
        """Writes into @folder what the program needs. Returns the command for a check of a @kind."""
        raise NotImplementedError

    def environment(self, folder: Path) -> dict[str, str]:
        return {**os.environ, "HOME": str(folder)}

    def find_fault(self, target: Target, output: bytes) -> str | None:
        """Returns what is wrong with what a successful run printed."""
        return None


class Python(Client):
    """A client-*.py, which says itself what its session cost."""

    def __init__(self, name: str, how: str):
        self.name = name
        self.how = how

    def prepare(self, target: Target, kind: str, folder: Path) -> list[str]:
        ca_file = str(target.ca_pem) if target.is_tls else "-"
        return [self.tool, str(HERE / f"client-{self.name}.py"), HOST, str(target.port), ca_file,
                target.user, str(target.n_mails), kind]


class Mpop(Client):
    name = tool = "mpop"
    remembers = True
    how = ("pipelines by itself; has no way to read headers alone that does not start a program for"
           " each mail, so it reads whole mails into an mbox that is /dev/null; afterwards only_new"
           " with its list of UIDs")

    def prepare(self, target: Target, kind: str, folder: Path) -> list[str]:
        path = folder / "mpoprc"
        tls = f"tls on\ntls_starttls off\ntls_trust_file {target.ca_pem}\n" if target.is_tls else ""
        path.write_text(f"account bench\nhost {HOST}\nport {target.port}\n{tls}auth plain\n"
                        f"user {target.user}\npassword {PASSWORD}\nkeep on\nonly_new on\n"
                        f"uidls_file {folder}/uids\ndelivery mbox /dev/null\n")
        path.chmod(0o600)
        return [self.tool, "-C", str(path), "--quiet", "bench"]


class Fetchmail(Client):
    name = tool = "fetchmail"
    remembers = True
    how = ("one command at a time; keep and uidl, so it reads whole mails with TOP into a batch that is"
           " /dev/null; fetchsizelimit 0, which saves it a LIST for each; afterwards with its list of"
           " UIDs")
    # 1: there was no new mail
    good = (0, 1)

    def version(self) -> str:
        return super().version().removeprefix("This is ").split("+")[0]

    def prepare(self, target: Target, kind: str, folder: Path) -> list[str]:
        path = folder / "fetchmailrc"
        tls = f'ssl sslcertck sslcertfile "{target.ca_pem}"' if target.is_tls else "sslproto ''"
        path.write_text(f'set no syslog\nset idfile "{folder}/ids"\nset pidfile "{folder}/pid"\n'
                        f"poll {HOST} protocol pop3 service {target.port} uidl auth password no dns\n"
                        f'user "{target.user}" password "{PASSWORD}" keep {tls}\n'
                        f'fetchsizelimit 0 bsmtp "/dev/null"\n')
        path.chmod(0o600)
        return [self.tool, "-f", str(path), "--silent"]

    def environment(self, folder: Path) -> dict[str, str]:
        return {**super().environment(folder), "FETCHMAILHOME": str(folder)}


class Curl(Client):
    name = tool = "curl"
    how = ("one command at a time on one connection: UIDL, LIST and a TOP for each mail; remembers"
           " nothing, so afterwards it asks for UIDL")

    def version(self) -> str:
        return super().version().split(" (")[0]

    def prepare(self, target: Target, kind: str, folder: Path) -> list[str]:
        commands = ["UIDL"]
        if kind == "first":
            commands += ["LIST", *(f"TOP {i + 1} 0" for i in range(target.n_mails))]
        path = folder / "curlrc"
        path.write_text("next\n".join(self._describe(target, command) for command in commands))
        path.chmod(0o600)
        return [self.tool, "-q", "-K", str(path)]

    def _describe(self, target: Target, command: str) -> str:
        scheme = "pop3s" if target.is_tls else "pop3"
        return (f'url = "{scheme}://{HOST}:{target.port}/"\nrequest = "{command}"\n'
                f'user = "{target.user}:{PASSWORD}"\ncacert = "{target.ca_pem}"\n'
                f'output = "/dev/null"\nsilent\nshow-error\n')


class Popinjayctl(Client):
    name = "popinjayctl"
    remembers = True
    how = "`popinjayctl check`, the whole process: starting, checking, saving, and telling in JSON"

    def __init__(self, program: Path):
        self.tool = str(program)

    def prepare(self, target: Target, kind: str, folder: Path) -> list[str]:
        command = [self.tool, "--profile", str(folder / "profile"), "--json"]
        if not (folder / "profile").exists():
            security = ["--security", "tls" if target.is_tls else "none"]
            ca_file = ["--ca-file", str(target.ca_pem)] if target.is_tls else []
            subprocess.run([*command, "accounts", "add", "bench", "--server", HOST, "--port",
                            str(target.port), *security, *ca_file, "--user", target.user,
                            "--password-command", f"echo {PASSWORD}", "--no-verify-now"],
                           env=self.environment(folder), check=True, stdout=subprocess.DEVNULL)
        return [*command, "check"]

    def find_fault(self, target: Target, output: bytes) -> str | None:
        [account] = json.loads(output)["accounts"]
        if account["ok"] and account["messages"] == target.n_mails:
            return None
        return str(account)


def make_peers() -> list[Client]:
    return [
        Python("bare", "not a program but the bound: every command at once, no answer looked at, the"
               " number of mails known beforehand"),
        Mpop(),
        Fetchmail(),
        Curl(),
        Python("poplib", "Python's poplib, one command at a time: CAPA, USER, PASS, STAT, UIDL, LIST,"
               " TOP for each mail; afterwards without the last two"),
    ]
