/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-attachment-words.h"

static const char *const none[] = { NULL };
static const char *const two[] = { "double-extension", "program", NULL };

typedef struct
{
  const char *path;
  PjMailAttachment attachment;
  const char *name;
  const char *size;
  const char *type;
  const char *dangers;
  const char *save_name;
} Case;

static const Case cases[] = {
  { "plain",
    { .name = "a.png",
      .type = "image/png",
      .sniffed = "image/png",
      .octets = 2000,
      .dangers = none },
    "a.png",
    "2.0\u00A0kB",
    "image/png",
    "",
    "a.png" },
  { "no-name",
    { .name = "", .type = "application/pdf", .sniffed = "", .octets = 0, .dangers = none },
    "(no name)",
    "0 bytes",
    "application/pdf",
    "",
    "attachment.pdf" },
  { "partial",
    { .name = "a.pdf",
      .type = "application/pdf",
      .sniffed = "application/pdf",
      .octets = -1,
      .is_partial = TRUE,
      .dangers = none },
    "a.pdf",
    "from the first 40 lines",
    "application/pdf",
    "",
    "a.pdf" },
  { "attached-mail",
    { .name = "Plans", .type = "message/rfc822", .sniffed = "", .octets = -1, .dangers = none },
    "Plans",
    "",
    "message/rfc822",
    "",
    "Plans.eml" },
  { "type-that-says-nothing",
    { .name = "a", .type = "application/octet-stream", .sniffed = "image/png", .dangers = none },
    "a",
    "0 bytes",
    "image/png",
    "",
    "a" },
  { "type-by-another-name",
    { .name = "a.zip", .type = "application/x-zip", .sniffed = "application/zip", .dangers = none },
    "a.zip",
    "0 bytes",
    "application/x-zip",
    "",
    "a.zip" },
  { "dangerous",
    { .name = "a.pdf.exe",
      .type = "application/pdf",
      .sniffed = "application/x-executable",
      .dangers = two },
    "a.pdf.exe",
    "0 bytes",
    "application/pdf, contains application/x-executable",
    "Its name has two endings, and only the last one counts.\n"
    "It is a program: opening it runs it.",
    "a.pdf.exe" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *size = pj_attachment_words_dup_size (&c->attachment, 40);
  g_autofree char *type = pj_attachment_words_dup_type (&c->attachment);
  g_autofree char *dangers = pj_attachment_words_dup_dangers (&c->attachment);
  g_autofree char *save_name = pj_attachment_words_dup_save_name (&c->attachment);

  g_assert_cmpstr (pj_attachment_words_get_name (&c->attachment), ==, c->name);
  g_assert_cmpstr (size, ==, c->size);
  g_assert_cmpstr (type, ==, c->type);
  g_assert_cmpstr (dangers, ==, c->dangers);
  g_assert_cmpstr (save_name, ==, c->save_name);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/attachment-words/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
