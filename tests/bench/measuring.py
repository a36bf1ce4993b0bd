# SPDX-License-Identifier: GPL-3.0-or-later
"""Running each client on each case, and what it cost: time, processor, memory, bytes, round trips."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from clients import Client, Popinjayctl, Python, Target, make_peers
from driver import Driver
from link import Link, Traffic
from mailboxes import PASSWORD, Mailboxes, user_of
from servers.certificate import CertificateAuthority
from stream import StreamServer

# A header of make_mail() is never shorter: who got fewer bytes for a mail did not read it.
LEAST_HEADER_BYTES = 600
# A check that finds nothing is quick: the middle of several tells more. Each of a peer's starts a process.
N_CHECKS_AGAIN, N_PEER_CHECKS_AGAIN = 9, 3
# Above what is expected of a run; one that takes longer hangs.
HANG_FACTOR, LEAST_HANG_S = 3, 300

POPINJAY = "popinjay"
STREAM = "stream"
STREAM_HOW = "as many bytes as `popinjay` received, sent in one go by a server that does nothing else"


class OutOfTime(Exception):
    """The whole run has taken as long as it may."""


@dataclass(frozen=True)
class Case:
    """One row of the report but for the client."""

    kind: str
    n_mails: int
    round_trip_ms: int
    is_tls: bool
    # Mbit/s each way; 0 for a line that takes all at once.
    width: int = 0


@dataclass(frozen=True)
class Sample:
    """What one client did with one case; only `error` where it failed."""

    seconds: float = 0
    cpu_seconds: float = 0
    peak_kib: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    round_trips: int = 0
    # Fewer than the case has where it is reckoned.
    measured_mails: int = 0
    is_reckoned: bool = False
    error: str = ""


# What of a sample varies from one run to the next.
NUMBERS = ("seconds", "cpu_seconds", "peak_kib", "bytes_up", "bytes_down", "round_trips")


def make_sample(cost: dict, traffic: Traffic, n_mails: int) -> Sample:
    return Sample(cost["seconds"], cost["cpu_seconds"], cost["peak_kib"], traffic.bytes_up,
                  traffic.bytes_down, traffic.round_trips, n_mails)


def extrapolate(first: Sample, again: Sample, n_mails: int) -> Sample:
    """What a first check of @n_mails costs when that of fewer cost @first.

    What a check costs without any new mail is paid once, the rest for each mail.
    """
    factor = n_mails / first.measured_mails

    def grow(name: str) -> float:
        fixed = min(getattr(again, name), getattr(first, name))
        return fixed + (getattr(first, name) - fixed) * factor

    return replace(first, is_reckoned=True, seconds=grow("seconds"), cpu_seconds=grow("cpu_seconds"),
                   bytes_up=round(grow("bytes_up")), bytes_down=round(grow("bytes_down")),
                   round_trips=round(grow("round_trips")))


def take_middle(samples: list[Sample]) -> Sample:
    """The median of each number; @samples are of one case."""
    numbers = {name: statistics.median_low(getattr(sample, name) for sample in samples)
               for name in NUMBERS}
    return replace(samples[0], **numbers)


class Bench:
    """All servers, links and clients of one run; a context manager. Keeps every sample."""

    def __init__(self, build: Path, sizes: list[int], limit_s: float, ends_at: float):
        """@limit_s: a first check that would take longer is measured on a smaller mailbox;
        @ends_at: monotonic seconds after which nothing more is begun."""
        self._tools = build / "tests/bench"
        self._sizes = sorted(sizes)
        self._limit_s = limit_s
        self._ends_at = ends_at
        self._mailboxes = Mailboxes(self._sizes)
        self._drivers: dict[tuple, Driver] = {}
        self.samples: dict[tuple[str, Case], Sample] = {}
        self.clients = [Popinjayctl(build / "src/popinjayctl"), *make_peers()]
        self._stream = Python(STREAM, STREAM_HOW)

    def __enter__(self) -> "Bench":
        with ExitStack() as stack:
            self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="popinjay-bench-")))
            server = stack.enter_context(self._mailboxes).server
            authority = CertificateAuthority(self._folder)
            pair = authority.issue(["localhost"])
            self._stream_ca = authority.pem
            self._links, self._streams, self._stream_links = {}, {}, {}
            for is_tls in (False, True):
                port = server.tls_port if is_tls else server.port
                stream = stack.enter_context(StreamServer(pair if is_tls else None))
                self._links[is_tls] = stack.enter_context(self._make_link(port))
                self._streams[is_tls] = stream
                self._stream_links[is_tls] = stack.enter_context(self._make_link(stream.port))
            stack.callback(self._end_drivers)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_) -> None:
        self._stack.close()

    def run(self, case: Case, names: list[str]) -> None:
        """Measures the case with the clients of these names, while there is time."""
        for name in names:
            try:
                sample = self._take(name, case)
            except OutOfTime:
                return
            say(name, case, sample)

    def _take(self, name: str, case: Case) -> Sample:
        """Returns the sample, measured, reckoned or remembered."""
        key = (name, case)
        if key in self.samples:
            return self.samples[key]
        sample = self._reckon(name, case)
        if sample is None:
            if time.monotonic() > self._ends_at:
                raise OutOfTime
            self._mailboxes.fill(case.n_mails)
            sample = self._measure(name, case)
        self.samples[key] = sample
        return sample

    def _reckon(self, name: str, case: Case) -> Sample | None:
        """Returns None when the case is to be measured."""
        smaller = [size for size in self._sizes if size < case.n_mails]
        # Without a delay all are quick, and the second check needs the first one's memory. What
        # few round trips cost does not grow with the mails.
        if (case.kind != "first" or case.round_trip_ms == 0 or name in (STREAM, POPINJAY)
                or not smaller):
            return None
        below = replace(case, n_mails=smaller[-1])
        first = self._take(name, below)
        if first.error:
            return first
        # Of the mailbox that was measured in the end, perhaps a smaller one yet.
        basis = replace(case, n_mails=first.measured_mails)
        first = self._take(name, basis)
        reckoned = extrapolate(first, self._take(name, replace(basis, kind="again")), case.n_mails)
        return reckoned if reckoned.seconds > self._limit_s else None

    def _measure(self, name: str, case: Case) -> Sample:
        link = (self._stream_links if name == STREAM else self._links)[case.is_tls]
        try:
            if name == POPINJAY:
                sample = self._drive(case, link)
            elif name == STREAM:
                sample = self._stream_bytes(case, link)
            else:
                client = next(each for each in self.clients if each.name == name)
                n_checks = N_PEER_CHECKS_AGAIN if case.kind == "again" else 1
                sample = take_middle([self._run(client, case, link) for _ in range(n_checks)])
        except (RuntimeError, ValueError, OSError, subprocess.SubprocessError) as error:
            link.take_traffic()
            return Sample(error=str(error))
        least = case.n_mails * LEAST_HEADER_BYTES if case.kind == "first" else 0
        if name != STREAM and sample.bytes_down < least:
            return Sample(error=f"received {sample.bytes_down} bytes: that is not all headers")
        return sample

    def _drive(self, case: Case, link: Link) -> Sample:
        key = (case.n_mails, case.is_tls)
        if case.kind == "first":
            driver = Driver(str(self._tools / "check-driver"), self._aim(case, link))
            # What has been through a first check goes on to the second ones.
            if key in self._drivers:
                self._drivers[key].end()
            self._drivers[key] = driver
            return self._check(driver, case, link)
        if key not in self._drivers:
            self._take(POPINJAY, replace(case, kind="first", round_trip_ms=0, width=0))
        return take_middle([self._check(self._drivers[key], case, link) for _ in range(N_CHECKS_AGAIN)])

    def _check(self, driver: Driver, case: Case, link: Link) -> Sample:
        prepare_link(link, case)
        found = driver.check()
        if "error" in found:
            raise RuntimeError(found["error"])
        wanted = (case.n_mails, case.n_mails if case.kind == "first" else 0)
        if (found["messages"], found["fresh"]) != wanted:
            raise RuntimeError(f"found {found}, not {wanted}")
        return make_sample(found, link.take_traffic(), case.n_mails)

    def _stream_bytes(self, case: Case, link: Link) -> Sample:
        ours = self._take(POPINJAY, case)
        if ours.error:
            raise RuntimeError(ours.error)
        self._streams[case.is_tls].n_bytes = ours.bytes_down
        target = Target(link.port, case.is_tls, self._stream_ca, "-", ours.bytes_down)
        sample = self._run_at(self._stream, case, link, target, self._folder)
        return replace(sample, measured_mails=case.n_mails)

    def _run(self, client: Client, case: Case, link: Link) -> Sample:
        folder = self._folder / f"{client.name}-{case.n_mails}-{case.is_tls}"
        if case.kind == "first":
            shutil.rmtree(folder, ignore_errors=True)
        elif client.remembers and not folder.exists():
            self._take(client.name, replace(case, kind="first", round_trip_ms=0, width=0))
        folder.mkdir(exist_ok=True)
        return self._run_at(client, case, link, self._aim(case, link), folder)

    def _run_at(self, client: Client, case: Case, link: Link, target: Target, folder: Path) -> Sample:
        command = client.prepare(target, case.kind, folder)
        cost = self._folder / "cost.json"
        prepare_link(link, case)
        done = subprocess.run([str(self._tools / "run-measured"), str(cost), *command],
                              input=f"{PASSWORD}\n".encode(), capture_output=True, check=True,
                              env=client.environment(folder), cwd=folder,
                              timeout=max(self._limit_s * HANG_FACTOR, LEAST_HANG_S))
        traffic = link.take_traffic()
        numbers = json.loads(cost.read_text())
        if numbers["status"] not in client.good:
            raise RuntimeError(f"status {numbers['status']}: {done.stderr.decode(errors='replace').strip()}")
        fault = client.find_fault(target, done.stdout)
        if fault is not None:
            raise RuntimeError(fault)
        if isinstance(client, Python):
            numbers |= json.loads(done.stdout)
        return make_sample(numbers, traffic, case.n_mails)

    def _aim(self, case: Case, link: Link) -> Target:
        return Target(link.port, case.is_tls, self._mailboxes.server.ca_pem, user_of(case.n_mails),
                      case.n_mails)

    def _make_link(self, port: int) -> Link:
        return Link(str(self._tools / "delay-relay"), port)

    def _end_drivers(self) -> None:
        for driver in self._drivers.values():
            driver.end()


def prepare_link(link: Link, case: Case) -> None:
    link.set_round_trip_ms(case.round_trip_ms)
    link.set_width_mbit_s(case.width)


def say(name: str, case: Case, sample: Sample) -> None:
    """One line for who waits."""
    security = "TLS" if case.is_tls else "plain"
    width = f", {case.width} Mbit/s" if case.width else ""
    what = f"{case.kind} {case.n_mails} mails, {case.round_trip_ms} ms{width}, {security}: {name}"
    mark = f" (reckoned from {sample.measured_mails})" if sample.is_reckoned else ""
    print(f"{what} {sample.error or f'{sample.seconds:.2f} s'}{mark}", file=sys.stderr, flush=True)
