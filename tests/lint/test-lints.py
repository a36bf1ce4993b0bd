#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each lint accepts a good small tree and refuses the same tree with one fault in it."""

import importlib.util
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

LINTS = Path(__file__).parent
sys.path.insert(0, str(LINTS))
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
C_HEAD = f"/* {SPDX} */\n"
BUILD_HEAD = f"# {SPDX}\n"
GOOD_C = C_HEAD + """#include "base/pj-bird.h"

const char *
pj_bird_get_word (void)
{
  return _ ("Hello");
}
"""
PO = """msgid ""
msgstr ""
"Language: pl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

msgid "Hello"
msgstr "Cześć"
"""
README = """| layer | what it knows | may include |
|---|---|---|
{rows}
Look at `src/base/` and `src/base/pj-bird.c`.
```
base/pj-bird    a word
```
"""
GOOD_TEST = C_HEAD + """const char *sings = "/base/bird/sings";
const char *flies = "/base/bird/flies/";
"""
# What each lint is given besides its own name.
TREE_LINTS = ("licence", "notes", "tests-exist", "potfiles", "polish", "format", "docs", "fault-rows")
SRC_LINTS = ("layering", "sizes", "headers")
SKIPPED = 77


def write_good_tree(root: Path) -> None:
    files = {
        "src/base/pj-bird.c": GOOD_C,
        "src/base/pj-bird.h": C_HEAD + "#pragma once\n\nconst char *pj_bird_get_word (void);\n",
        "src/README.md": README.format(rows=write_layer_rows()),
        "tests/unit/test-bird.c": GOOD_TEST,
        "tests/sessions/README.md": write_fault_rows("ROWS", "7", "007-bird"),
        "tests/sessions/007-bird.txt": "S: +OK\n",
        "tests/mails/README.md": write_fault_rows("MAIL_ROWS", "U7", "birds/parrot"),
        "tests/mails/birds/parrot.eml": "Subject: Parrot\n\nHello\n",
        "tests/mails/birds/parrot.txt": "subject: Parrot\n\nHello\n",
        "tests/unit/meson.build": BUILD_HEAD + "unit_tests = ['bird']\n",
        "po/POTFILES.in": BUILD_HEAD + "src/base/pj-bird.c\n",
        "po/pl.po": PO,
        ".clang-format": (LINTS / "../../.clang-format").read_text(),
        "tests/lint/header.clang-format": (LINTS / "header.clang-format").read_text(),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def read_names(lint: str) -> dict:
    specification = importlib.util.spec_from_file_location(lint, LINTS / f"check-{lint}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return vars(module)


def write_layer_rows() -> str:
    return "".join(f"| `{layer}` | words | {', '.join(sorted(may)) or '–'} |\n"
                   for layer, may in read_names("layering")["ALLOWED"].items())


def write_fault_rows(rows: str, with_file: str, file: str) -> str:
    """All rows are shown by one test, but one of them by a file."""
    return "".join(f"| {row} | faults | `{file if row == with_file else '/base/bird/sings'}` | words |\n"
                   for row in read_names("fault-rows")[rows])


def run(lint: str, root: Path) -> subprocess.CompletedProcess:
    arguments = [str(root / "src" if lint in SRC_LINTS else root)]
    if lint == "headers":
        arguments += ["glib-2.0", "--", "cc"]
    return subprocess.run([sys.executable, str(LINTS / f"check-{lint}.py"), *arguments],
                          capture_output=True, text=True, check=False)


class LintTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="popinjay-lint-")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        write_good_tree(self.root)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def assert_refused(self, lint: str, why: str) -> None:
        done = run(lint, self.root)
        if done.returncode == SKIPPED:
            self.skipTest(done.stdout.strip())
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(why, done.stdout + done.stderr)

    def test_good_tree_is_accepted(self):
        for lint in TREE_LINTS + SRC_LINTS:
            with self.subTest(lint):
                done = run(lint, self.root)
                self.assertIn(done.returncode, (0, SKIPPED), done.stdout + done.stderr)

    def test_licence_missing(self):
        self.write("src/base/pj-wing.c", "int wing;\n")
        self.assert_refused("licence", "pj-wing.c: does not begin")

    def test_licence_missing_in_build_file(self):
        self.write("src/meson.build", "project('x')\n")
        self.assert_refused("licence", "meson.build")

    def test_note_to_oneself(self):
        self.write("src/base/pj-wing.c", C_HEAD + "/* TO" + "DO: fly */\n")
        self.assert_refused("notes", "pj-wing.c:2")

    def test_source_without_test(self):
        self.write("src/base/pj-wing.c", C_HEAD)
        self.assert_refused("tests-exist", "there is no tests/unit/test-wing.c")

    def test_part_of_a_tested_type_needs_no_test(self):
        self.write("src/base/pj-bird-song.c", C_HEAD)
        self.assert_refused("tests-exist", "there is no tests/unit/test-bird-song.c")
        self.write("src/base/pj-bird-private.h", C_HEAD)
        self.assertEqual(run("tests-exist", self.root).returncode, 0)

    def test_error_domain_alone_needs_no_test(self):
        domain = (C_HEAD + '#include "base/pj-wing-error.h"\n\n/* Says\n * why. */\n'
                  "G_DEFINE_QUARK (PjWingError, pj_wing_error)\n")
        self.write("src/base/pj-wing-error.c", domain)
        self.assertEqual(run("tests-exist", self.root).returncode, 0)
        for more in ("int wing;\n", "#define WINGS 2\n", "G_DEFINE_QUARK (PjTail, pj_tail)\n"):
            with self.subTest(more):
                self.write("src/base/pj-wing-error.c", domain + more)
                self.assert_refused("tests-exist", "there is no tests/unit/test-wing-error.c")

    def test_test_not_registered(self):
        self.write("tests/unit/meson.build", BUILD_HEAD)
        self.assert_refused("tests-exist", "not in tests/unit/meson.build")

    def test_words_in_a_file_not_listed(self):
        cases = {
            "src/base/pj-wing.c": C_HEAD + 'char *a = N_("Wing");\n',
            "src/ui/pj-plural.c": C_HEAD + 'a = g_dngettext (NULL, "one", "many", n);\n',
            "src/ui/pj-window.ui": '<property name="label" translatable="yes">Hi</property>\n',
            "data/x.desktop.in.in": "Name=X\n",
        }
        for name, text in cases.items():
            self.write(name, text)
            with self.subTest(name):
                self.assert_refused("potfiles", f"misses {name}")

    def test_listed_file_missing(self):
        self.write("po/POTFILES.in", "src/base/pj-bird.c\nsrc/base/pj-gone.c\n")
        self.assert_refused("potfiles", "there is no src/base/pj-gone.c")

    def test_message_missing_in_polish(self):
        self.write("src/base/pj-bird.c", GOOD_C.replace("Hello", "Good morning"))
        self.assert_refused("polish", "1 untranslated")

    def test_message_fuzzy_in_polish(self):
        self.write("po/pl.po", PO.replace('msgid "Hello"', '#, fuzzy\nmsgid "Hello"'))
        self.assert_refused("polish", "1 fuzzy")

    def test_source_not_formatted(self):
        self.write("src/base/pj-bird.c", GOOD_C.replace("  return", "      return"))
        self.assert_refused("format", "pj-bird.c")

    def test_header_not_formatted(self):
        self.write("src/base/pj-bird.h", C_HEAD + "int  f( void );\n")
        self.assert_refused("format", "pj-bird.h")

    def test_layer_may_not_see_another(self):
        self.write("src/model/pj-wing.c", C_HEAD + '#include "ui/pj-window.h"\n')
        self.assert_refused("layering", "model may not include ui/")

    def test_library_belongs_to_one_layer(self):
        self.write("src/model/pj-wing.c", C_HEAD + "#include <gtk/gtk.h>\n")
        self.assert_refused("layering", "<gtk/gtk.h> belongs to")

    def test_function_too_long(self):
        self.write("src/base/pj-wing.c", "void\nf (void)\n{\n" + "  g ();\n" * 61 + "}\n")
        self.assert_refused("sizes", "function of 61 lines")

    def test_file_too_long(self):
        self.write("src/base/pj-wing.c", "int a;\n" * 601)
        self.assert_refused("sizes", "601 lines")

    def test_header_that_leans_on_another(self):
        self.write("src/base/pj-wing.h", C_HEAD + "gboolean pj_wing_is_long (void);\n")
        self.assert_refused("headers", "pj-wing.h: does not compile alone")

    def test_map_names_a_missing_path(self):
        path = self.root / "src/README.md"
        path.write_text(path.read_text() + "And `src/base/pj-gone.c`.\n")
        self.assert_refused("docs", "there is no src/base/pj-gone.c")

    def test_picture_names_a_missing_file(self):
        path = self.root / "src/README.md"
        path.write_text(path.read_text().replace("base/pj-bird  ", "base/pj-gone  "))
        self.assert_refused("docs", "there is no src/base/pj-gone.c")

    def test_map_tells_other_layers(self):
        path = self.root / "src/README.md"
        path.write_text(path.read_text().replace("| `base` | words | – |", "| `base` | words | net |"))
        self.assert_refused("docs", "the row of base")

    def change_row(self, row: str, before: str, after: str) -> None:
        path = self.root / "tests/sessions/README.md"
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line.replace(before, after) if line.startswith(f"| {row} |") else line
                                for line in lines))

    def test_fault_without_row(self):
        self.change_row("42", "| 42 |", "| 420 |")
        self.assert_refused("fault-rows", "row 42 has no test")

    def test_fault_without_test(self):
        self.change_row("D3", "`/base/bird/sings`", "later")
        self.assert_refused("fault-rows", "row D3 has no test")

    def test_fault_without_outcome(self):
        self.change_row("S1", "| words |", "| |")
        self.assert_refused("fault-rows", "row S1 has no outcome")

    def test_fault_names_a_missing_test(self):
        for claim in ("007-birds", "/base/bird/sing", "/base/bird/flies/sings", "test-birds.py:Bird.test_it"):
            with self.subTest(claim):
                self.write("tests/sessions/README.md", write_fault_rows("ROWS", "7", "007-bird"))
                self.change_row("100", "/base/bird/sings", claim)
                self.assert_refused("fault-rows", f"there is no {claim}")

    def test_fault_names_a_case_of_a_table(self):
        self.write("tests/unit/test-bird.c", GOOD_TEST + 'const char *name = "high";\n')
        self.write("tests/flow/test-bird.py", f"# {SPDX}\nclass Bird:\n    def test_it(self):\n        pass\n")
        self.change_row("100", "/base/bird/sings", "/base/bird/flies/high")
        self.change_row("99", "/base/bird/sings", "test-bird.py:Bird.test_it")
        self.assertEqual(run("fault-rows", self.root).returncode, 0)

    def test_trick_without_row(self):
        rows = (self.root / "tests/mails/README.md").read_text().splitlines(keepends=True)
        self.write("tests/mails/README.md", "".join(row for row in rows if not row.startswith("| G3 ")))
        self.assert_refused("fault-rows", "tests/mails/README.md: row G3 has no test")

    def test_trick_names_half_a_mail(self):
        (self.root / "tests/mails/birds/parrot.txt").unlink()
        self.assert_refused("fault-rows", "tests/mails/README.md: row U7: there is no birds/parrot")

    def test_script_that_its_row_does_not_name(self):
        self.write("tests/sessions/008-bird.txt", "S: +OK\n")
        self.assert_refused("fault-rows", "row 8 does not name 008-bird")


class ManTest(unittest.TestCase):
    def test_broken_page_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "x.1"
            page.write_text(".TH X 1\n.SH NAME\n.nosuchmacro\n")
            done = subprocess.run([sys.executable, str(LINTS / "check-man.py"), "groff", str(page)],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("nosuchmacro", done.stdout)


if __name__ == "__main__":
    sys.path.insert(0, str(LINTS.parent))
    from servers import tap

    tap.main()
