/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-file-kind.h"

typedef struct
{
  const char *word;
  PjMailFileKind kind;
} Case;

static const Case extensions[] = {
  { "txt", PJ_MAIL_FILE_TEXT },         { "ics", PJ_MAIL_FILE_TEXT },
  { "pdf", PJ_MAIL_FILE_DOCUMENT },     { "JPG", PJ_MAIL_FILE_DOCUMENT },
  { "docx", PJ_MAIL_FILE_DOCUMENT },    { "zip", PJ_MAIL_FILE_DOCUMENT },
  { "exe", PJ_MAIL_FILE_PROGRAM },      { "ScR", PJ_MAIL_FILE_PROGRAM },
  { "msi", PJ_MAIL_FILE_PROGRAM },      { "deb", PJ_MAIL_FILE_PROGRAM },
  { "appimage", PJ_MAIL_FILE_PROGRAM }, { "run", PJ_MAIL_FILE_PROGRAM },
  { "app", PJ_MAIL_FILE_PROGRAM },      { "jar", PJ_MAIL_FILE_PROGRAM },
  { "js", PJ_MAIL_FILE_SCRIPT },        { "vbs", PJ_MAIL_FILE_SCRIPT },
  { "ps1", PJ_MAIL_FILE_SCRIPT },       { "hta", PJ_MAIL_FILE_SCRIPT },
  { "sh", PJ_MAIL_FILE_SCRIPT },        { "command", PJ_MAIL_FILE_SCRIPT },
  { "lnk", PJ_MAIL_FILE_SHORTCUT },     { "desktop", PJ_MAIL_FILE_SHORTCUT },
  { "url", PJ_MAIL_FILE_SHORTCUT },     { "webloc", PJ_MAIL_FILE_SHORTCUT },
  { "docm", PJ_MAIL_FILE_MACROS },      { "xlsm", PJ_MAIL_FILE_MACROS },
  { "iso", PJ_MAIL_FILE_DISK_IMAGE },   { "vhdx", PJ_MAIL_FILE_DISK_IMAGE },
  { "dmg", PJ_MAIL_FILE_DISK_IMAGE },   { "html", PJ_MAIL_FILE_WEB_PAGE },
  { "svg", PJ_MAIL_FILE_WEB_PAGE },     { "xyzzy", PJ_MAIL_FILE_UNKNOWN },
  { "", PJ_MAIL_FILE_UNKNOWN },         { "pdf exe", PJ_MAIL_FILE_UNKNOWN },
  { " ", PJ_MAIL_FILE_UNKNOWN },
};

static const Case types[] = {
  { "text/plain", PJ_MAIL_FILE_TEXT },
  { "image/PNG", PJ_MAIL_FILE_DOCUMENT },
  { "video/x-whatever", PJ_MAIL_FILE_DOCUMENT },
  { "application/vnd.oasis.opendocument.text", PJ_MAIL_FILE_DOCUMENT },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PJ_MAIL_FILE_DOCUMENT },
  { "application/vnd.ms-word.document.macroEnabled.12", PJ_MAIL_FILE_MACROS },
  { "application/x-msdownload", PJ_MAIL_FILE_PROGRAM },
  { "text/javascript", PJ_MAIL_FILE_SCRIPT },
  { "application/x-desktop", PJ_MAIL_FILE_SHORTCUT },
  { "application/x-iso9660-image", PJ_MAIL_FILE_DISK_IMAGE },
  { "image/svg+xml", PJ_MAIL_FILE_WEB_PAGE },
  { "text/html", PJ_MAIL_FILE_WEB_PAGE },
  { "application/octet-stream", PJ_MAIL_FILE_UNKNOWN },
  { "", PJ_MAIL_FILE_UNKNOWN },
};

static void
test_extensions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_test_message ("%s", extensions[i].word);
      g_assert_cmpint (pj_mail_file_kind_of_extension (extensions[i].word), ==, extensions[i].kind);
    }
}

static void
test_types (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_test_message ("%s", types[i].word);
      g_assert_cmpint (pj_mail_file_kind_of_type (types[i].word), ==, types[i].kind);
    }
}

static void
test_dangerous (void)
{
  g_assert_false (pj_mail_file_kind_is_dangerous (PJ_MAIL_FILE_UNKNOWN));
  g_assert_false (pj_mail_file_kind_is_dangerous (PJ_MAIL_FILE_TEXT));
  g_assert_false (pj_mail_file_kind_is_dangerous (PJ_MAIL_FILE_DOCUMENT));
  g_assert_true (pj_mail_file_kind_is_dangerous (PJ_MAIL_FILE_PROGRAM));
  g_assert_true (pj_mail_file_kind_is_dangerous (PJ_MAIL_FILE_WEB_PAGE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/file-kind/extensions", test_extensions);
  g_test_add_func ("/mail/file-kind/types", test_types);
  g_test_add_func ("/mail/file-kind/dangerous", test_dangerous);

  return g_test_run ();
}
