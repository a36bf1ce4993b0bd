/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-sniff.h"

#include <string.h>

#define WORD "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define WORD_WITH_MACROS "application/vnd.ms-word.document.macroEnabled.12"
#define EXCEL_WITH_MACROS "application/vnd.ms-excel.sheet.macroEnabled.12"

/* One entry of an archive as tools write it: flags, name, data. */
static void
add_entry (GByteArray *zip, guint8 flags, const char *name, const char *data)
{
  guint8 header[30] = "PK\003\004\024";

  header[6] = flags;
  header[26] = (guint8) strlen (name);
  g_byte_array_append (zip, header, sizeof header);
  g_byte_array_append (zip, (const guint8 *) name, (guint) strlen (name));
  g_byte_array_append (zip, (const guint8 *) data, (guint) strlen (data));
}

/* @names: entries, each after a blank but the first */
static GByteArray *
new_zip (const char *names, guint8 flags)
{
  g_auto (GStrv) each = g_strsplit (names, " ", -1);
  GByteArray *zip = g_byte_array_new ();

  for (guint i = 0; each[i] != NULL; i++)
    add_entry (zip, flags, each[i], "data of the entry");

  return zip;
}

static PjMailSniffed
sniff_in_pieces (const guint8 *bytes, gsize len, gsize piece)
{
  g_autoptr (PjMailSniff) sniff = pj_mail_sniff_new ();

  for (gsize at = 0; at < len; at += piece)
    pj_mail_sniff_feed (sniff, bytes + at, MIN (piece, len - at));

  return pj_mail_sniff_finish (sniff);
}

typedef struct
{
  const char *name;
  const char *entries;
  guint8 flags;
  const char *type;
  gboolean has_macros;
  gboolean is_locked;
  gboolean holds_program;
} ZipCase;

static const ZipCase zip_cases[] = {
  { "photos", "a.jpg b.jpg", 0, "application/zip", FALSE, FALSE, FALSE },
  { "program", "a.jpg folder/setup.EXE", 0, "application/zip", FALSE, FALSE, TRUE },
  { "script-behind-two-endings", "invoice.pdf.js", 0, "application/zip", FALSE, FALSE, TRUE },
  { "shortcut", "open.lnk", 0, "application/zip", FALSE, FALSE, TRUE },
  { "page-is-no-program", "index.html", 0, "application/zip", FALSE, FALSE, FALSE },
  { "locked", "a.jpg", 1, "application/zip", FALSE, TRUE, FALSE },
  { "sizes-follow-the-data", "a.jpg", 8, "application/zip", FALSE, FALSE, FALSE },
  { "word", "[Content_Types].xml _rels/.rels word/document.xml", 0, WORD, FALSE, FALSE, FALSE },
  { "word-with-macros", "[Content_Types].xml word/document.xml word/vbaProject.bin", 0,
    WORD_WITH_MACROS, TRUE, FALSE, FALSE },
  { "excel-with-macros", "[Content_Types].xml xl/workbook.xml xl/VBAproject.bin", 0,
    EXCEL_WITH_MACROS, TRUE, FALSE, FALSE },
  { "java", "META-INF/MANIFEST.MF Main.class", 0, "application/java-archive", FALSE, FALSE, FALSE },
  { "android", "AndroidManifest.xml classes.dex", 0, "application/vnd.android.package-archive",
    FALSE, FALSE, FALSE },
};

static void
test_zip (gconstpointer data)
{
  const ZipCase *c = data;
  g_autoptr (GByteArray) zip = new_zip (c->entries, c->flags);
  static const gsize pieces[] = { 1, 7, 64, 1 << 20 };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      PjMailSniffed found = sniff_in_pieces (zip->data, zip->len, pieces[i]);

      g_assert_cmpstr (found.type, ==, c->type);
      g_assert_cmpint (found.has_macros, ==, c->has_macros);
      g_assert_cmpint (found.is_locked, ==, c->is_locked);
      g_assert_cmpint (found.holds_program, ==, c->holds_program);
    }
}

static void
test_open_document (void)
{
  g_autoptr (GByteArray) zip = g_byte_array_new ();
  PjMailSniffed found;

  add_entry (zip, 0, "mimetype", "application/vnd.oasis.opendocument.text");
  found = sniff_in_pieces (zip->data, zip->len, 1000);
  g_assert_cmpstr (found.type, ==, "application/vnd.oasis.opendocument.text");
}

/* Behind more than is kept. */
static void
test_far_entry (void)
{
  g_autoptr (GByteArray) zip = new_zip ("a.jpg", 0);
  g_autofree char *data = g_strnfill (300000, 'x');
  PjMailSniffed found;

  g_byte_array_append (zip, (const guint8 *) data, 300000);
  add_entry (zip, 0, "b.exe", "data");
  found = sniff_in_pieces (zip->data, zip->len, 16384);
  g_assert_true (found.holds_program);
}

/* The name is longer than any that is looked at. */
static void
test_endless_name (void)
{
  guint8 header[30] = "PK\003\004\024";
  PjMailSniffed found;

  header[26] = header[27] = 0xFF;
  found = sniff_in_pieces (header, sizeof header, sizeof header);
  g_assert_cmpstr (found.type, ==, "application/zip");
  g_assert_false (found.is_locked);
}

typedef struct
{
  const char *name;
  const char *start;
  gsize start_len;
  const char *rest;
  gsize rest_len;
  const char *type;
  gboolean has_macros;
  gboolean is_locked;
} OtherCase;

#define OLE "\320\317\021\340\241\261\032\341"
#define RAR4 "Rar!\032\007\0"
#define RAR5 "Rar!\032\007\001\0"
#define SEVEN_ZIP "7z\274\257\047\034"
#define CASE(name, start, rest, type, has_macros, is_locked)                                       \
  {                                                                                                \
    name, start, sizeof start - 1, rest, sizeof rest - 1, type, has_macros, is_locked              \
  }

static const OtherCase other_cases[] = {
  CASE ("word", OLE, "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "application/msword", FALSE, FALSE),
  CASE ("word-with-macros",
        OLE,
        "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0......_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0",
        "application/msword",
        TRUE,
        FALSE),
  CASE ("excel", OLE, "W\0o\0r\0k\0b\0o\0o\0k\0", "application/vnd.ms-excel", FALSE, FALSE),
  CASE ("locked-office",
        OLE,
        "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
        "application/x-ole-storage",
        FALSE,
        TRUE),
  CASE ("installer",
        OLE,
        "\204\020\014\0\0\0\0\0\300\0\0\0\0\0\0F",
        "application/x-msi",
        FALSE,
        FALSE),
  CASE ("ole-of-nothing-known", OLE, "", "application/x-ole-storage", FALSE, FALSE),
  CASE ("rar-5", RAR5, "CCCC\012\001\0\0\0\0", "application/vnd.rar", FALSE, FALSE),
  CASE ("locked-rar-5", RAR5, "CCCC\012\004\0\0\0\0", "application/vnd.rar", FALSE, TRUE),
  CASE ("rar-4", RAR4, "CC\163\0\0\015\0RRRRRRCC\164\0\0...", "application/vnd.rar", FALSE, FALSE),
  CASE ("locked-rar-4",
        RAR4,
        "CC\163\0\0\015\0RRRRRRCC\164\004\0...",
        "application/vnd.rar",
        FALSE,
        TRUE),
  CASE ("rar-4-with-locked-names",
        RAR4,
        "CC\163\200\0\015\0RRRRRR......",
        "application/vnd.rar",
        FALSE,
        TRUE),
  CASE ("short-rar", RAR4, "", "application/vnd.rar", FALSE, FALSE),
  CASE ("7z", SEVEN_ZIP, "data", "application/x-7z-compressed", FALSE, FALSE),
  CASE ("locked-7z",
        SEVEN_ZIP,
        "data\044\006\361\007\001\022",
        "application/x-7z-compressed",
        FALSE,
        TRUE),
};

static void
test_other (gconstpointer data)
{
  const OtherCase *c = data;
  /* Between the beginning and what tells. */
  gsize gap = g_str_has_prefix (c->start, "Rar") ? 0 : 50000;
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (gap + 1);
  static const gsize pieces[] = { 3, 16384, 1 << 20 };

  g_byte_array_append (file, (const guint8 *) c->start, (guint) c->start_len);
  g_byte_array_append (file, zeros, (guint) gap);
  g_byte_array_append (file, (const guint8 *) c->rest, (guint) c->rest_len);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      PjMailSniffed found = sniff_in_pieces (file->data, file->len, pieces[i]);

      g_assert_cmpstr (found.type, ==, c->type);
      g_assert_cmpint (found.has_macros, ==, c->has_macros);
      g_assert_cmpint (found.is_locked, ==, c->is_locked);
    }
}

static void
test_nothing (void)
{
  PjMailSniffed found = sniff_in_pieces (NULL, 0, 1);

  g_assert_cmpstr (found.type, ==, "");
  g_assert_false (found.has_macros);
}

/* Fewer bytes than a container is told by. */
static void
test_short (void)
{
  PjMailSniffed found = sniff_in_pieces ((const guint8 *) "GIF89a", 6, 2);

  g_assert_cmpstr (found.type, ==, "image/gif");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (zip_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/sniff/zip/%s", zip_cases[i].name);

      g_test_add_data_func (path, &zip_cases[i], test_zip);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (other_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/sniff/%s", other_cases[i].name);

      g_test_add_data_func (path, &other_cases[i], test_other);
    }
  g_test_add_func ("/mail/sniff/zip/open-document", test_open_document);
  g_test_add_func ("/mail/sniff/zip/far-entry", test_far_entry);
  g_test_add_func ("/mail/sniff/zip/endless-name", test_endless_name);
  g_test_add_func ("/mail/sniff/nothing", test_nothing);
  g_test_add_func ("/mail/sniff/short", test_short);

  return g_test_run ();
}
