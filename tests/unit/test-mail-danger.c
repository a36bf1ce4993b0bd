/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-danger.h"

#include <string.h>

#include "mail/pj-mail-warning.h"

#define BINARY "application/octet-stream"
#define EXECUTABLE "application/vnd.microsoft.portable-executable"

typedef struct
{
  const char *path;
  const char *name;
  const char *other_name;
  const char *type;
  PjMailSniffed sniffed;
  const char *codes; /* joined by blanks */
} Case;

static const Case cases[] = {
  { "photo", "a.jpg", "", "image/jpeg", { .type = "image/jpeg" }, "" },
  { "photo-named-alike", "a.jpg", "a.jpg", "image/jpeg", { .type = "image/jpeg" }, "" },
  { "photo-of-another-type", "a.jpg", "", "image/jpeg", { .type = "image/png" }, "" },
  { "nothing-is-known", "", "", BINARY, { .type = "" }, "" },
  { "program", "a.exe", "", BINARY, { .type = EXECUTABLE }, "program" },
  { "program-by-name", "a.scr", "", BINARY, { .type = "" }, "program" },
  { "program-by-type", "setup", "", "application/x-msdownload", { .type = "" }, "program" },
  { "program-by-bytes", "setup", "", BINARY, { .type = EXECUTABLE }, "program" },
  { "program-that-says-pdf",
    "a.pdf",
    "",
    "application/pdf",
    { .type = EXECUTABLE },
    "disguised program" },
  { "program-declared-as-image", "a.exe", "", "image/png", { .type = "" }, "disguised program" },
  { "program-without-name-declared-as-image",
    "",
    "",
    "image/png",
    { .type = EXECUTABLE },
    "disguised program" },
  { "program-that-says-text",
    "a.txt",
    "",
    "text/plain",
    { .type = EXECUTABLE },
    "disguised program" },
  { "two-names", "a.txt", "a.exe", "text/plain", { .type = "" }, "disguised program" },
  { "two-endings", "a.pdf.exe", "", BINARY, { .type = "" }, "double-extension program" },
  { "two-endings-with-a-blank",
    "a.pdf .exe",
    "",
    BINARY,
    { .type = "" },
    "double-extension program" },
  { "two-endings-page",
    "a.pdf.html",
    "",
    "text/html",
    { .type = "text/html" },
    "double-extension html-file" },
  { "two-honest-endings", "a.tar.gz", "", "application/gzip", { .type = "application/gzip" }, "" },
  { "version-in-the-name", "tool-1.2.exe", "", BINARY, { .type = "" }, "program" },
  { "script", "a.js", "", BINARY, { .type = "" }, "script" },
  { "script-sent-as-text", "build.sh", "", "text/x-sh", { .type = "text/x-script" }, "script" },
  { "script-in-a-text", "notes.txt", "", "text/plain", { .type = "text/x-script" }, "" },
  { "page-in-a-text", "notes.txt", "", "text/plain", { .type = "text/html" }, "" },
  { "page-in-a-text-without-name", "", "", "text/plain", { .type = "text/html" }, "" },
  { "page", "a.html", "", "text/html", { .type = "text/html" }, "html-file" },
  { "page-without-name", "", "", BINARY, { .type = "text/html" }, "html-file" },
  { "page-that-says-pdf",
    "a.pdf",
    "",
    "application/pdf",
    { .type = "text/html" },
    "disguised html-file" },
  { "drawing", "a.svg", "", "image/svg+xml", { .type = "image/svg+xml" }, "html-file" },
  { "shortcut", "a.lnk", "", BINARY, { .type = "application/x-ms-shortcut" }, "shortcut" },
  { "desktop-entry", "a.desktop", "", "application/x-desktop", { .type = "" }, "shortcut" },
  { "macros-by-name", "a.docm", "", BINARY, { .type = "" }, "macros" },
  { "macros-by-bytes",
    "a.doc",
    "",
    "application/msword",
    { .type = "application/msword", .has_macros = TRUE },
    "macros" },
  { "macros-that-say-none",
    "a.docx",
    "",
    BINARY,
    { .type = "application/vnd.ms-word.document.macroEnabled.12", .has_macros = TRUE },
    "disguised macros" },
  { "disk-image", "a.iso", "", BINARY, { .type = "application/x-iso9660-image" }, "disk-image" },
  { "locked-archive",
    "a.zip",
    "",
    "application/zip",
    { .type = "application/zip", .is_locked = TRUE },
    "encrypted-archive" },
  { "locked-archive-with-program",
    "a.zip",
    "",
    "application/zip",
    { .type = "application/zip", .is_locked = TRUE, .holds_program = TRUE },
    "program-inside encrypted-archive" },
  { "java", "a.jar", "", BINARY, { .type = "application/java-archive" }, "program" },
  { "java-within-a-zip",
    "a.zip",
    "",
    "application/zip",
    { .type = "application/java-archive" },
    "" },
  { "java-that-says-pdf",
    "a.pdf",
    "",
    "application/pdf",
    { .type = "application/java-archive" },
    "disguised program" },
  { "name-in-capitals", "A.PDF.EXE", "", BINARY, { .type = "" }, "double-extension program" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) codes = pj_mail_danger_find (c->name, c->other_name, c->type, &c->sniffed);
  g_autofree char *joined = g_strjoinv (" ", (char **) codes->pdata);

  g_assert_cmpstr (joined, ==, c->codes);
}

static void
test_each_code_has_its_sentence (void)
{
  static const char *const codes[] = {
    PJ_MAIL_DANGER_DISGUISED,  PJ_MAIL_DANGER_DOUBLE_EXTENSION, PJ_MAIL_DANGER_PROGRAM,
    PJ_MAIL_DANGER_SCRIPT,     PJ_MAIL_DANGER_SHORTCUT,         PJ_MAIL_DANGER_MACROS,
    PJ_MAIL_DANGER_DISK_IMAGE, PJ_MAIL_DANGER_PROGRAM_INSIDE,   PJ_MAIL_DANGER_ENCRYPTED_ARCHIVE,
    PJ_MAIL_DANGER_HTML_FILE,
  };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const char *text = pj_mail_danger_get_text (codes[i]);

      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_true (g_hash_table_add (seen, (gpointer) text));
    }
  g_assert_cmpint (pj_mail_danger_get_certainty (PJ_MAIL_DANGER_HTML_FILE), ==,
                   PJ_MAIL_CERTAINTY_HINT);
  g_assert_cmpint (pj_mail_danger_get_certainty (PJ_MAIL_DANGER_DISGUISED), ==,
                   PJ_MAIL_CERTAINTY_SURE);
}

static void
add (PjMailText *mail, const char *name, const char *code)
{
  const char *const dangers[] = { code, NULL };

  pj_mail_text_add_attachment (
      mail, &(PjMailAttachment){ .name = name, .type = BINARY, .dangers = dangers });
}

static void
test_no_warning (void)
{
  g_autoptr (PjMailText) mail = pj_mail_text_new ();

  add (mail, "a.jpg", NULL);
  pj_mail_danger_warn (mail);
  g_assert_cmpuint (mail->warnings->len, ==, 0);
}

static void
test_warning (void)
{
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  const PjMailWarning *warning;

  add (mail, "page.html", PJ_MAIL_DANGER_HTML_FILE);
  add (mail, "a.jpg", NULL);
  add (mail, "", PJ_MAIL_DANGER_PROGRAM);
  pj_mail_danger_warn (mail);

  g_assert_cmpuint (mail->warnings->len, ==, 1);
  warning = g_ptr_array_index (mail->warnings, 0);
  g_assert_cmpstr (warning->code, ==, PJ_MAIL_WARNING_DANGEROUS_ATTACHMENT);
  g_assert_cmpint (warning->certainty, ==, PJ_MAIL_CERTAINTY_LIKELY);
  g_assert_cmpstr (warning->reason, ==,
                   "“page.html”: It is a web page. Pages sent by mail often imitate a place to "
                   "sign in. “application/octet-stream”: It is a program: opening it runs it.");
}

static void
test_web_page_alone_is_a_hint (void)
{
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  const PjMailWarning *warning;

  add (mail, "page.html", PJ_MAIL_DANGER_HTML_FILE);
  pj_mail_danger_warn (mail);
  warning = g_ptr_array_index (mail->warnings, 0);
  g_assert_cmpint (warning->certainty, ==, PJ_MAIL_CERTAINTY_HINT);
}

static void
test_hundred_are_not_all_named (void)
{
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  const PjMailWarning *warning;

  for (guint i = 0; i < 100; i++)
    add (mail, "a.exe", PJ_MAIL_DANGER_PROGRAM);
  pj_mail_danger_warn (mail);
  warning = g_ptr_array_index (mail->warnings, 0);
  g_assert_cmpuint (strlen (warning->reason), <, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/danger/%s", cases[i].path);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/danger/each-code-has-its-sentence", test_each_code_has_its_sentence);
  g_test_add_func ("/mail/danger/warn/nothing", test_no_warning);
  g_test_add_func ("/mail/danger/warn/worst-of-each", test_warning);
  g_test_add_func ("/mail/danger/warn/web-page-alone", test_web_page_alone_is_a_hint);
  g_test_add_func ("/mail/danger/warn/hundred", test_hundred_are_not_all_named);

  return g_test_run ();
}
