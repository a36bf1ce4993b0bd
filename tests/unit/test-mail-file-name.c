/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-file-name.h"

#include <string.h>

#include "mail/pj-mail-part.h"

typedef struct
{
  const char *name;
  const char *input;
  const char *expected;
} Case;

static const Case clean_cases[] = {
  { "plain", "photo.jpg", "photo.jpg" },
  { "letters-of-all-kinds", "zażółć 文書.pdf", "zażółć 文書.pdf" },
  { "right-to-left-override", "invoice\u202Efdp.exe", "invoicefdp.exe" },
  { "isolates", "a\u2066\u2067\u2068\u2069.exe", "a.exe" },
  { "zero-width", "a\u200B\u200D\uFEFF.e\u2060xe", "a.exe" },
  { "tags", "a.pdf\U000E0065\U000E0078.exe", "a.pdf.exe" },
  { "soft-hyphen-and-filler", "a\u00AD\u3164.exe", "a.exe" },
  { "blanks-push-the-ending-away", "a.pdf                .exe", "a.pdf .exe" },
  { "other-blanks", "a.pdf\u00A0\u3000\u2003\u2800\u2028.exe", "a.pdf .exe" },
  { "controls", "a\001\033[2K\177\xC2\x85.exe", "a[2K.exe" },
  { "line-breaks", "a\r\n\tb.exe", "a b.exe" },
  { "markup-is-text", "<script>alert(1)</script>.txt", "script>.txt" },
  { "folder", "/etc/passwd", "passwd" },
  { "folder-above", "../../.ssh/authorized_keys", "authorized_keys" },
  { "folder-of-windows", "..\\..\\a.exe", "a.exe" },
  { "mixed-slashes", "a/b\\c/d.exe", "d.exe" },
  { "slash-at-the-end", "a.exe/", "a.exe" },
  { "drive", "C:\\Windows\\a.exe", "a.exe" },
  { "drive-alone", "c:a.exe", "a.exe" },
  { "drive-behind-a-blank", "\\ c:a.exe", "a.exe" },
  { "drive-behind-a-drive", "c:d: a.exe", "a.exe" },
  { "dots", "..", "" },
  { "dot", ".", "" },
  { "dots-in-a-folder", "a/..", "" },
  { "dots-at-the-end", "a.exe. . .", "a.exe" },
  { "blanks-around", "  a.exe  ", "a.exe" },
  { "blanks-alone", " \u00A0 ", "" },
  { "hidden", ".profile", ".profile" },
  { "not-utf-8", "a\xFF\xFE.exe", "a\uFFFD\uFFFD.exe" },
  { "division-slash-is-a-sign", "a\u2215b.exe", "a\u2215b.exe" },
  { "empty", "", "" },
};

/* Input is a clean name; "type|name" where a type matters. */
static const Case save_cases[] = {
  { "plain", "photo.jpg", "photo.jpg" },
  { "no-name", "application/pdf|", "attachment.pdf" },
  { "no-name-of-unknown-type", "application/x-strange|", "attachment" },
  { "type-in-capitals", "TEXT/HTML|", "attachment.html" },
  { "attached-mail", "message/rfc822|Plans for May", "Plans for May.eml" },
  { "attached-mail-that-says-so", "message/rfc822|plans.eml", "plans.eml" },
  { "hidden", ".profile", "profile" },
  { "hidden-behind-dots", ".. .bashrc", "bashrc" },
  { "dots-alone", "application/pdf|...", "attachment.pdf" },
  { "option", "-rf", "_rf" },
  { "device", "con", "_con" },
  { "device-with-ending", "NUL.txt", "_NUL.txt" },
  { "device-with-blank", "lpt1 .txt", "_lpt1 .txt" },
  { "no-device", "console.txt", "console.txt" },
  { "no-device-com10", "com10.txt", "com10.txt" },
  { "forbidden-elsewhere", "a<b>c:d\"e|f?g*h.txt", "a_b_c_d_e_f_g_h.txt" },
  { "stream-of-ntfs", "a.txt:b.exe", "a.txt_b.exe" },
};

static const Case extension_cases[] = {
  { "one", "a.exe", "exe" },
  { "two", "a.tar.gz", "gz" },
  { "none", "README", "" },
  { "hidden", ".profile", "profile" },
  { "blank-in-front", "a.pdf .exe", "exe" },
  { "dot-at-the-end", "a.", "" },
  { "too-long", "a.this-is-a-sentence-and-not-an-ending", "" },
};

static const Case inner_cases[] = {
  { "one", "a.exe", "" },   { "two", "a.pdf.exe", "pdf" }, { "blank-between", "a.pdf .exe", "pdf" },
  { "none", "README", "" }, { "three", "a.b.c.d", "c" },
};

/* Headers of a part, as they come in mails. */
static const Case header_cases[] = {
  { "quoted", "Content-Disposition: attachment; filename=\"a b.pdf\"", "a b.pdf" },
  { "not-quoted", "Content-Disposition: attachment; filename=a b.pdf", "a b.pdf" },
  { "type-alone", "Content-Type: image/png; name=\"a.png\"", "a.png" },
  { "disposition-first",
    "Content-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=b.png",
    "b.png" },
  { "rfc-2231", "Content-Disposition: attachment; filename*=UTF-8''z%C3%B3%C5%82ty.pdf",
    "zółty.pdf" },
  { "rfc-2231-in-pieces",
    "Content-Disposition: attachment; filename*0*=utf-8''a%C3%B3;\n filename*1=\"b\";\n "
    "filename*2=\".exe\"",
    "aób.exe" },
  { "rfc-2231-bidi", "Content-Disposition: attachment; filename*=UTF-8''a%E2%80%AEfdp.exe",
    "afdp.exe" },
  { "rfc-2231-nul", "Content-Disposition: attachment; filename*=UTF-8''a.pdf%00.exe", "a.pdf" },
  { "encoded-word", "Content-Disposition: attachment; filename=\"=?utf-8?Q?a=2Eexe?=\"", "a.exe" },
  { "encoded-word-not-quoted",
    "Content-Disposition: attachment; filename==?utf-8?B?YS5leGU=?=", "a.exe" },
  { "encoded-words-are-joined",
    "Content-Disposition: attachment; filename=\"=?utf-8?Q?a=2Ep?= =?utf-8?Q?df=2Eexe?=\"",
    "a.pdf.exe" },
  { "encoded-word-of-another-charset",
    "Content-Type: text/plain; name=\"=?ISO-8859-2?Q?=BF=F3=B3ty.pdf?=\"", "żółty.pdf" },
  { "encoded-word-with-folder",
    "Content-Disposition: attachment; filename=\"=?utf-8?Q?=2E=2E=2Fa=2Eexe?=\"", "a.exe" },
  { "folded", "Content-Disposition: attachment; filename=\"a.pdf\n          .exe\"", "a.pdf .exe" },
  { "empty", "Content-Disposition: attachment; filename=\"\"", "" },
  { "none", "Content-Disposition: attachment", "" },
};

static void
test_clean (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *name = pj_mail_file_name_clean (c->input);

  g_assert_cmpstr (name, ==, c->expected);
}

static void
test_save (gconstpointer data)
{
  const Case *c = data;
  g_auto (GStrv) words = g_strsplit (c->input, "|", 2);
  gboolean has_type = strchr (words[0], '/') != NULL;
  g_autofree char *name =
      pj_mail_file_name_to_save (has_type ? words[1] : c->input, has_type ? words[0] : "");

  g_assert_cmpstr (name, ==, c->expected);
}

static void
test_extension (gconstpointer data)
{
  const Case *c = data;

  g_assert_cmpstr (pj_mail_file_name_get_extension (c->input), ==, c->expected);
}

static void
test_inner (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *extension = pj_mail_file_name_dup_inner_extension (c->input);

  g_assert_cmpstr (extension, ==, c->expected);
}

static void
test_header (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *text = g_strdup_printf ("%s\n\nx", c->input);
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (text, strlen (text));
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  g_autoptr (GMimeObject) part = g_mime_parser_construct_part (parser, options);
  g_autofree char *name = pj_mail_part_dup_name (GMIME_PART (part));

  g_assert_cmpstr (name, ==, c->expected);
}

static void
test_nothing (void)
{
  g_autofree char *name = pj_mail_file_name_clean (NULL);

  g_assert_cmpstr (name, ==, "");
}

static char *
new_long (const char *piece, guint n, const char *end)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (name, piece);
  g_string_append (name, end);

  return g_strdup (name->str);
}

static void
test_long_name_keeps_its_ending (void)
{
  g_autofree char *given = new_long ("a.pdf___", 100, ".exe");
  g_autofree char *name = pj_mail_file_name_clean (given);

  g_assert_true (g_str_has_prefix (name, "a.pdf___"));
  g_assert_true (g_str_has_suffix (name, "___.exe"));
  g_assert_nonnull (strstr (name, "…"));
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, 201);
}

static void
test_saved_name_is_short (void)
{
  static const char *const pieces[] = { "a", "ż", "文", "\U0001F99C", NULL };

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_autofree char *given = new_long (pieces[i], 200, ".jpeg");
      g_autofree char *name = pj_mail_file_name_to_save (given, "");

      g_assert_cmpuint (strlen (name), <=, PJ_MAIL_FILE_NAME_MAX_BYTES);
      g_assert_cmpuint (strlen (name), >, PJ_MAIL_FILE_NAME_MAX_BYTES - 4);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_true (g_str_has_suffix (name, ".jpeg"));
    }
}

static void
test_long_name_without_ending (void)
{
  g_autofree char *given = new_long ("ż", 200, "");
  g_autofree char *name = pj_mail_file_name_to_save (given, "");

  g_assert_cmpuint (strlen (name), ==, PJ_MAIL_FILE_NAME_MAX_BYTES);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

static void
test_number (void)
{
  g_autofree char *with = pj_mail_file_name_number ("a.b.pdf", 2);
  g_autofree char *without = pj_mail_file_name_number ("README", 11);

  g_assert_cmpstr (with, ==, "a.b (2).pdf");
  g_assert_cmpstr (without, ==, "README (11)");
}

static void
add_all (const char *group, const Case *cases, gsize n_cases, GTestDataFunc func)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/file-name/%s/%s", group, cases[i].name);

      g_test_add_data_func (path, &cases[i], func);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_all ("clean", clean_cases, G_N_ELEMENTS (clean_cases), test_clean);
  add_all ("save", save_cases, G_N_ELEMENTS (save_cases), test_save);
  add_all ("extension", extension_cases, G_N_ELEMENTS (extension_cases), test_extension);
  add_all ("inner-extension", inner_cases, G_N_ELEMENTS (inner_cases), test_inner);
  add_all ("header", header_cases, G_N_ELEMENTS (header_cases), test_header);
  g_test_add_func ("/mail/file-name/clean/nothing", test_nothing);
  g_test_add_func ("/mail/file-name/clean/long", test_long_name_keeps_its_ending);
  g_test_add_func ("/mail/file-name/save/long", test_saved_name_is_short);
  g_test_add_func ("/mail/file-name/save/long-without-ending", test_long_name_without_ending);
  g_test_add_func ("/mail/file-name/number", test_number);

  return g_test_run ();
}
