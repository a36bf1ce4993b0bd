/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-attachment.h"

#include <string.h>

#include "mail/pj-mail-body.h"

#define MIXED "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\nHi\n"

typedef struct
{
  const char *path;
  const char *part; /* of a mail with a text before it */
  const char *name;
  const char *sniffed;
  gint64 octets;
  const char *dangers;
  const char *content;
} Case;

static const Case cases[] = {
  { "base64",
    "Content-Type: image/gif; name=a.gif\nContent-Transfer-Encoding: base64\n\nR0lGODlhAA==\n",
    "a.gif", "image/gif", 7, "", "GIF89a\0" },
  { "quoted-printable",
    "Content-Type: text/csv; name=a.csv\nContent-Transfer-Encoding: quoted-printable\n\na=3Bb\n",
    "a.csv", "", 3, "", "a;b" },
  { "plain-bytes", "Content-Disposition: attachment; filename=a.sh\n\n#!/bin/sh\nrm -rf /\n",
    "a.sh", "text/x-script", 18, "script", "#!/bin/sh\nrm -rf /" },
  { "disguised",
    "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
    "f0VMRgIBAQ==\n",
    "a.pdf", "application/x-executable", 7, "disguised program", "\177ELF\002\001\001" },
  { "two-names",
    "Content-Type: image/png; name=a.exe\nContent-Disposition: attachment; filename=a.png\n\nx\n",
    "a.png", "", 1, "disguised program", "x" },
  { "attached-mail", "Content-Type: message/rfc822\n\nSubject: inner.exe\nX-Odd:  kept\n\ntext\n",
    "inner.exe", "", -1, "", "Subject: inner.exe\nX-Odd:  kept\n\ntext" },
  { "uuencoded-by-declaration",
    "Content-Type: image/gif; name=a.gif\nContent-Transfer-Encoding: x-uuencode\n\n"
    "begin 644 a.gif\n&1TE&.#EA\n`\nend\n",
    "a.gif", "image/gif", 6, "", "GIF89a" },
  { "nothing-in-it", "Content-Type: image/gif; name=a.gif\n\n\n", "a.gif", "", 0, "", "" },
};

static GBytes *
new_mail (const char *part)
{
  char *text = g_strconcat (MIXED "--a\n", part, "--a--\n", NULL);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
write_part (GBytes *mail, guint part, GError **error)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (!pj_mail_attachment_write (mail, part, out, NULL, error))
    return NULL;

  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) bytes = new_mail (c->part);
  g_autoptr (PjMailText) mail = pj_mail_body_parse (bytes, FALSE, NULL);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *dangers = NULL;
  const PjMailAttachment *attachment;
  gsize len = c->octets >= 0 ? (gsize) c->octets : strlen (c->content);

  g_assert_cmpuint (mail->attachments->len, ==, 1);
  attachment = g_ptr_array_index (mail->attachments, 0);
  dangers = g_strjoinv (" ", (gpointer) attachment->dangers);
  g_assert_cmpstr (attachment->name, ==, c->name);
  g_assert_cmpstr (attachment->sniffed, ==, c->sniffed);
  g_assert_cmpint (attachment->octets, ==, c->octets);
  g_assert_cmpstr (dangers, ==, c->dangers);
  g_assert_false (attachment->is_partial);

  content = write_part (bytes, attachment->part, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), c->content, len);
}

/* What is shown of the first lines is found again in the whole. */
static void
test_partial (void)
{
  g_autoptr (GBytes) whole = new_mail (cases[0].part);
  gsize end = (gsize) (g_strstr_len (g_bytes_get_data (whole, NULL), -1, "R0lG") -
                       (const char *) g_bytes_get_data (whole, NULL));
  g_autoptr (GBytes) start = g_bytes_new_from_bytes (whole, 0, end + 4);
  g_autoptr (PjMailText) mail = pj_mail_body_parse (start, TRUE, NULL);
  g_autoptr (GBytes) content = NULL;
  const PjMailAttachment *attachment;

  g_assert_cmpuint (mail->attachments->len, ==, 1);
  attachment = g_ptr_array_index (mail->attachments, 0);
  g_assert_true (attachment->is_partial);
  g_assert_cmpint (attachment->octets, ==, -1);

  content = write_part (whole, attachment->part, NULL);
  g_assert_cmpuint (g_bytes_get_size (content), ==, 7);
}

static void
test_no_such_part (void)
{
  g_autoptr (GBytes) bytes = new_mail (cases[0].part);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  static const guint parts[] = { 0, 3, G_MAXUINT }; /* 0 holds the others */

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (write_part (bytes, parts[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    }

  g_assert_null (write_part (empty, 0, NULL));
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes = new_mail (cases[0].part);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (pj_mail_attachment_write (bytes, 2, out, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/attachment/%s", cases[i].path);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/attachment/partial", test_partial);
  g_test_add_func ("/mail/attachment/no-such-part", test_no_such_part);
  g_test_add_func ("/mail/attachment/cancelled", test_cancelled);

  return g_test_run ();
}
