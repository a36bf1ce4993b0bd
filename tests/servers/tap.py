# SPDX-License-Identifier: GPL-3.0-or-later
"""Running unittest cases so that a harness reads each by name (Test Anything Protocol 13)."""

import sys
import unittest


class TapResult(unittest.TestResult):
    """Prints one line per finished test; what went wrong follows as a comment."""

    def addSuccess(self, test):
        super().addSuccess(test)
        self._print("ok", test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._print("ok", test, f" # SKIP {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._print_fault(test, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self._print_fault(test, self.errors[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            kind = self.failures if issubclass(err[0], test.failureException) else self.errors
            self._print_fault(subtest, kind[-1][1])

    def _print_fault(self, test, text):
        self._print("not ok", test)
        for line in text.splitlines():
            print("#", line, flush=True)

    def _print(self, verdict, test, rest=""):
        self.printed = getattr(self, "printed", 0) + 1
        name = test.id().removeprefix("__main__.")
        print(f"{verdict} {self.printed} - {name}{rest}", flush=True)


def main() -> None:
    """Runs the test cases of the calling program and exits; arguments select them by name."""
    loader = unittest.defaultTestLoader
    names = sys.argv[1:]
    program = sys.modules["__main__"]
    suite = loader.loadTestsFromNames(names, program) if names else loader.loadTestsFromModule(program)
    result = TapResult()
    print("TAP version 13", flush=True)
    suite.run(result)
    print(f"1..{getattr(result, 'printed', 0)}", flush=True)
    sys.exit(0 if result.wasSuccessful() else 1)
