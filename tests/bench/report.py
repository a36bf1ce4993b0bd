# SPDX-License-Identifier: GPL-3.0-or-later
"""What the samples say, for people: the claims and whether they hold, and a table of everything."""

import os
import platform
import time
from dataclasses import dataclass
from itertools import product

from measuring import POPINJAY, STREAM, STREAM_HOW, Bench, Case, Sample

CTL = "popinjayctl"
KINDS = {"first": "First check: the headers of all mails", "again": "A check that finds nothing new"}

# Mbit/s each way, as many a home has: where a line takes everything at once, "the same bytes in one
# stream" and the ids of a large mailbox cost nothing but their delay.
WIDTH = 20
LINK = """\
The line is a relay on loopback (`tests/bench/delay-relay.c`) that adds half the round trip each way,
keeps order and takes everything at once where no width is told; it charges the round trip that connecting costs on a real line. Slow
start, loss and full windows are not modelled. Bytes are TCP's payload as the relay saw it, TLS included.
Round trips are the relay's count of answers that the client could have waited for, connecting included;
at 0 ms, where both ends answer at once, they would say nothing about those who pipeline.

≈ is reckoned: the case was measured on the mailbox of the size in brackets, since the client would have
taken longer than this run allows; what a check costs without new mail is counted once, the rest by mail.
`popinjay` and the clients in Python are measured inside of their process, all others with their start and end.
"Slower" is the wall time divided by that of `popinjay` in the same case."""


@dataclass(frozen=True)
class Claim:
    """A sentence, the number that was wanted and the one that was measured (None: not measured)."""

    text: str
    wanted: str
    measured: str | None
    holds: bool


class Samples:
    """Looks up what there is."""

    def __init__(self, bench: Bench):
        self._samples = bench.samples

    def find(self, name: str, *place) -> Sample | None:
        """@place: as of a Case"""
        sample = self._samples.get((name, Case(*place)))
        return None if sample is None or sample.error else sample


def tell_number(number: float) -> str:
    """Three digits, whole ones from a hundred on."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def compare(text: str, wanted: str, sample: Sample | None, other: Sample | None, field: str,
            holds) -> Claim:
    """A claim on how many times @other's field is @sample's."""
    if sample is None or other is None or getattr(sample, field) == 0:
        return Claim(text, wanted, None, False)
    ratio = getattr(other, field) / getattr(sample, field)
    mark = "≈ " if sample.is_reckoned or other.is_reckoned else ""
    return Claim(text, wanted, mark + tell_number(ratio), holds(ratio))


def measure(text: str, wanted: str, sample: Sample | None, number, holds) -> Claim:
    """A claim on a number of one sample."""
    if sample is None:
        return Claim(text, wanted, None, False)
    mark = "≈ " if sample.is_reckoned else ""
    return Claim(text, wanted, mark + tell_number(number(sample)), holds(number(sample)))


def claim_first(samples: Samples) -> list[Claim]:
    place = ("first", 10000, 100, True)
    whole = samples.find(CTL, *place)
    claims = [compare(f"first check of 10,000 at 100 ms, TLS: {name} is slower than popinjayctl by",
                      f"≥ {least}", whole, samples.find(name, *place), "seconds",
                      lambda ratio, least=least: ratio >= least)
              for name, least in (("poplib", 300), ("fetchmail", 300), ("curl", 300), ("mpop", 10))]
    for width, name, text in ((WIDTH, STREAM, f"the same bytes in one stream at {WIDTH} Mbit/s"),
                              (0, STREAM, "the same bytes in one stream on a line that takes all at once"),
                              (0, "bare", "the bound that Dovecot sets on that line")):
        claims.append(compare(f"… and popinjay's check takes longer than {text} by", "≤ 1.3",
                              samples.find(name, *place, width), samples.find(POPINJAY, *place, width),
                              "seconds", lambda ratio: ratio <= 1.3))
    claims.append(measure("… and popinjayctl uses the processor for, s", "< 1", whole,
                          lambda sample: sample.cpu_seconds, lambda number: number < 1))
    return claims


def claim_again(samples: Samples) -> list[Claim]:
    place = ("again", 50000, 100, True)
    large, small = samples.find(POPINJAY, *place), samples.find(POPINJAY, "again", 100, 100, True)
    claims = [
        measure("nothing new at 50,000, 100 ms, TLS: bytes both ways", "< 3000", large,
                lambda sample: sample.bytes_up + sample.bytes_down, lambda number: number < 3000),
        measure("… round trips", "4", large, lambda sample: sample.round_trips,
                lambda number: number <= 4),
    ]
    for field in ("cpu_seconds", "bytes_up", "bytes_down"):
        claims.append(compare(f"… {field} by those at 100 mails", "≤ 1.1", small, large, field,
                              lambda ratio: ratio <= 1.1))
    for name, width in product(("mpop", "fetchmail", "poplib"), (WIDTH, 0)):
        line = f"at {width} Mbit/s" if width else "on a line that takes all at once"
        claims.append(compare(f"… {name} is slower {line} by", "≥ 2.5",
                              samples.find(POPINJAY, *place, width), samples.find(name, *place, width),
                              "seconds", lambda ratio: ratio >= 2.5))
    return claims


def tell_claims(bench: Bench) -> list[str]:
    samples = Samples(bench)
    lines = ["| claim | wanted | measured | |", "|---|---|---|---|"]
    for claim in claim_first(samples) + claim_again(samples):
        verdict = "not measured" if claim.measured is None else "holds" if claim.holds else "**fails**"
        lines.append(f"| {claim.text} | {claim.wanted} | {claim.measured or '–'} | {verdict} |")
    return lines


def tell_row(name: str, case: Case, sample: Sample, ours: Sample | None) -> str:
    if sample.error:
        text = " ".join(sample.error.split()).replace("|", "/")[:200]
        return f"| {name} | failed: {text} | | | | | | |"
    mark, basis = ("≈ ", f" ({sample.measured_mails})") if sample.is_reckoned else ("", "")
    slower = "" if ours is None else f"{sample.seconds / ours.seconds:.2f}"
    trips = f"{mark}{sample.round_trips}" if case.round_trip_ms else "–"
    return (f"| {name}{basis} | {mark}{sample.seconds:.3f} | {mark}{sample.cpu_seconds:.3f} "
            f"| {sample.peak_kib / 1024:.1f} | {mark}{sample.bytes_down} "
            f"| {mark}{sample.bytes_up} | {trips} | {slower} |")


def tell_case(bench: Bench, case: Case, names: list[str]) -> list[str]:
    """A table of one case, empty when nothing of it was measured."""
    rows = {name: bench.samples[name, case] for name in names if (name, case) in bench.samples}
    if not rows:
        return []
    ours = rows.get(POPINJAY)
    ours = None if ours is None or ours.error else ours
    security = "TLS" if case.is_tls else "plain"
    width = f", {case.width} Mbit/s" if case.width else ""
    return [f"\n### {case.n_mails:,} mails, {case.round_trip_ms} ms{width}, {security}\n",
            "| client | wall s | CPU s | peak MiB | bytes in | bytes out | round trips | slower |",
            "|---|--:|--:|--:|--:|--:|--:|--:|",
            *(tell_row(name, case, sample, ours) for name, sample in rows.items())]


def tell_machine() -> str:
    return (f"{time.strftime('%Y-%m-%d %H:%M')}, {platform.system()} {platform.release()}, "
            f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}.")


def describe_version(client) -> str:
    return f" ({client.version()})" if client.is_installed() else " (not installed: left out)"


def write(bench: Bench, cases: list[Case], names: list[str], note: str) -> str:
    """Returns the report, in Markdown."""
    lines = ["# Popinjay beside its peers\n", f"{tell_machine()} {note}\n", LINK, "\n## What is claimed\n",
             *tell_claims(bench), "\n## Who takes part\n",
             f"- **{POPINJAY}**: the check of the running program, in one process that remembers",
             *(f"- **{client.name}**: {client.how}{describe_version(client)}" for client in bench.clients),
             f"- **{STREAM}**: {STREAM_HOW}"]
    for kind, title in KINDS.items():
        lines.append(f"\n## {title}")
        of_kind = [case for case in cases if case.kind == kind]
        for case in sorted(of_kind, key=lambda each: (each.n_mails, each.round_trip_ms, each.width,
                                                        each.is_tls)):
            lines += tell_case(bench, case, names)
    return "\n".join(lines) + "\n"
