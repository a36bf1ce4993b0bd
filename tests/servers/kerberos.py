# SPDX-License-Identifier: GPL-3.0-or-later
"""A Kerberos realm of a test's own: MIT's KDC on a free loopback port, and nothing in /etc.

    with Realm() as realm:
        realm.add_user("ala", "secret")
        realm.add_service("pop/localhost", folder / "pop.keytab")
        realm.get_ticket("ala", "secret", cache)
        ... a program with the environment realm.get_environment(cache) ...
"""

import os
import socket
import subprocess
from pathlib import Path

from servers.loopback import LoopbackServer
from servers.process import ServerError, find_tool

NAME = "POPINJAY.TEST"

# The name of a service is that which the user typed: nothing is asked of DNS. Clocks may differ by a
# few seconds in place of five minutes, for which an expired ticket would go on to be good.
CLIENT_CONFIGURATION = """
[libdefaults]
  default_realm = {realm}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
  clockskew = 5
[realms]
  {realm} = {{
    kdc = 127.0.0.1:{port}
  }}
"""

KDC_CONFIGURATION = """
[kdcdefaults]
  kdc_listen = 127.0.0.1:{port}
  kdc_tcp_listen = 127.0.0.1:{port}
[realms]
  {realm} = {{
    database_name = {folder}/principal
    key_stash_file = {folder}/stash
    acl_file = {folder}/none
  }}
[logging]
  kdc = FILE:{folder}/kerberos.log
"""


class Realm(LoopbackServer):
    """One running KDC."""

    name = "kerberos"

    def prepare(self) -> None:
        for tool in ("krb5kdc", "kdb5_util", "kadmin.local", "kinit"):
            find_tool(tool)
        # The database is made before the port is known, and does not depend on it.
        self._write_configuration(0)
        # A server, which may run as somebody else, reads the one file.
        self.folder.chmod(0o755)
        self._run("kdb5_util", "-r", NAME, "create", "-s", "-P", "of no use to anybody")

    def build_command(self, ports: list[int]) -> list[str]:
        self._write_configuration(ports[0])
        return [find_tool("krb5kdc"), "-n", "-r", NAME]

    def get_options(self) -> dict:
        return {**super().get_options(), "env": self._environment}

    def answers(self, port: int) -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            return False
        return True

    @property
    def configuration(self) -> Path:
        """For KRB5_CONFIG of who belongs to the realm."""
        return self.folder / "krb5.conf"

    def add_user(self, user: str, password: str) -> None:
        self._administer(f"add_principal -pw {password} {user}")

    def add_service(self, service: str, keytab: Path) -> None:
        """@service: "pop/host"; its key goes into @keytab."""
        self._administer(f"add_principal -randkey {service}")
        self.change_key(service, keytab)

    def change_key(self, service: str, keytab: Path) -> None:
        """Gives @service another key, which goes into @keytab; what has the old one is of no use."""
        self._administer(f"ktadd -k {keytab} {service}")
        self.give(keytab)

    def get_ticket(self, user: str, password: str, cache: Path, *, lifetime_s: int = 600) -> None:
        """Signs @user in, as kinit does, into @cache."""
        subprocess.run([find_tool("kinit"), "-l", f"{lifetime_s}s", user], input=password + "\n", text=True,
                       capture_output=True, check=True, env=self.get_environment(cache))

    def get_environment(self, cache: Path) -> dict[str, str]:
        """Of a program whose user has the tickets in @cache, if there are any."""
        return {**os.environ, "KRB5_CONFIG": str(self.configuration), "KRB5CCNAME": f"FILE:{cache}"}

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "KRB5_CONFIG": str(self.configuration),
                "KRB5_KDC_PROFILE": str(self.folder / "kdc.conf"), "HOME": str(self.folder)}

    def _write_configuration(self, port: int) -> None:
        values = {"realm": NAME, "port": port, "folder": self.folder}
        self.configuration.write_text(CLIENT_CONFIGURATION.format(**values))
        self.configuration.chmod(0o644)
        (self.folder / "kdc.conf").write_text(KDC_CONFIGURATION.format(**values))

    def _administer(self, query: str) -> None:
        self._run("kadmin.local", "-r", NAME, "-q", query)
        for path in self.folder.glob("principal*"):
            self.give(path)

    def _run(self, tool: str, *arguments: str) -> None:
        done = subprocess.run([find_tool(tool), *arguments], env=self._environment, capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            raise ServerError(f"{tool}: {done.stderr}")
