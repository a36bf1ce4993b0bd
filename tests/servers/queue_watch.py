# SPDX-License-Identifier: GPL-3.0-or-later
"""How long servers of a test had to wait for a processor, and when."""

import threading
import time
from bisect import bisect_left, bisect_right
from pathlib import Path

PAUSE_S = 0.005


class QueueWatch:
    """Samples the run-queue time of processes while its context lasts.

    A program that waits for its display waits also for the processor that the
    display does not get; on a busy machine that is most of the waiting, and it
    says nothing about the program.
    """

    def __init__(self, pids: list[int]):
        self._files = [Path(f"/proc/{pid}/schedstat") for pid in pids]
        self._times_s: list[float] = []
        self._queued_ns: list[int] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> "QueueWatch":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stop.set()
        self._thread.join()

    def count_ms(self, start_s: float, end_s: float) -> float:
        """Milliseconds for which the processes had no processor between two times.

        @start_s, @end_s: by time.monotonic(); the samples around them count, so
        that the answer is rather too long by a few milliseconds than too short.
        """
        if not self._times_s:
            return 0
        first = max(bisect_right(self._times_s, start_s) - 1, 0)
        last = min(bisect_left(self._times_s, end_s), len(self._queued_ns) - 1)
        return (self._queued_ns[last] - self._queued_ns[first]) / 1e6

    def _sample(self) -> None:
        while not self._stop.wait(PAUSE_S):
            # Documentation/scheduler/sched-stats.rst of Linux: on a processor, waiting for one, turns.
            queued_ns = sum(int(each.read_text().split()[1]) for each in self._files if each.exists())
            self._queued_ns.append(queued_ns)
            self._times_s.append(time.monotonic())
