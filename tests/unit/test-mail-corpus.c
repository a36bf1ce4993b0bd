/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-body.h"
#include "mail/pj-mail-header-scan.h"
#include "mail/pj-mail-headers.h"

/* Calls @visit with each file below @dir. */
static void
for_each_file (const char *dir, void (*visit) (const char *path))
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;

  g_assert_nonnull (entries);
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        for_each_file (path, visit);
      else
        visit (path);
    }
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize len;

  g_file_get_contents (path, &bytes, &len, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (bytes, len);
}

static void
assert_clean (const char *text, gboolean is_line)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_false (pj_text_is_hidden_char (c));
      if (is_line || (c != '\n' && c != '\t'))
        g_assert_false (g_unichar_iscntrl (c));
    }
}

/* What holds for whatever a server may send. */
static void
assert_sane (GBytes *bytes, gboolean is_cut)
{
  g_autoptr (PjMessage) message = pj_mail_headers_parse ("account", "uid", 0, bytes, NULL, NULL);
  g_autoptr (PjMailText) mail = pj_mail_body_parse (bytes, is_cut, NULL);

  assert_clean (pj_message_get_from_name (message), TRUE);
  assert_clean (pj_message_get_from_address (message), TRUE);
  assert_clean (pj_message_get_subject (message), TRUE);
  assert_clean (mail->text, FALSE);

  for (guint i = 0; i < mail->headers->len; i++)
    {
      const PjMailHeader *header = g_ptr_array_index (mail->headers, i);

      assert_clean (header->name, TRUE);
      assert_clean (header->value, TRUE);
    }
  for (guint i = 0; i < mail->attachments->len; i++)
    {
      const PjMailAttachment *attachment = g_ptr_array_index (mail->attachments, i);

      assert_clean (attachment->name, TRUE);
      assert_clean (attachment->type, TRUE);
      assert_clean (attachment->sniffed, TRUE);
      g_assert_cmpint (attachment->octets, >=, -1);
    }
}

static gboolean
has_address (const char *from)
{
  return from != NULL && g_regex_match_simple ("[a-zA-Z0-9._-]@[a-zA-Z0-9]", from, 0, 0);
}

/* What a row of the list would be marked with, to see how often honest mails are. */
static void
report_warnings (const char *path, PjMessage *message)
{
  const char *const *codes = pj_message_get_warnings (message);
  g_autofree char *joined = codes != NULL ? g_strjoinv (" ", (char **) codes) : NULL;

  if (joined != NULL)
    g_test_message ("warned of: %s: %s <%s>: %s", joined, pj_message_get_from_name (message),
                    pj_message_get_from_address (message), path);
}

static void
visit_any (const char *path)
{
  g_autoptr (GBytes) bytes = read_file (path);
  g_autoptr (PjMessage) message = pj_mail_headers_parse ("account", "uid", 0, bytes, NULL, NULL);
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (data, len);

  g_test_message ("%s", path);
  report_warnings (path, message);
  assert_sane (bytes, FALSE);
  if (has_address (pj_mail_header_scan_find (scan, "From")))
    g_assert_cmpstr (pj_message_get_from_address (message), !=, "");

  for (gsize cut = 0; cut < len; cut += 1 + len / 20)
    {
      g_autoptr (GBytes) start = g_bytes_new_from_bytes (bytes, 0, cut);

      assert_sane (start, TRUE);
    }
}

static char *
describe (GBytes *bytes)
{
  g_autoptr (PjMessage) message = pj_mail_headers_parse ("account", "uid", 0, bytes, NULL, NULL);
  g_autoptr (PjMailText) mail = pj_mail_body_parse (bytes, FALSE, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "name: %s\naddress: %s\nsubject: %s\ndate: %" G_GINT64_FORMAT "\n",
                          pj_message_get_from_name (message), pj_message_get_from_address (message),
                          pj_message_get_subject (message), pj_message_get_date (message));
  for (guint i = 0; i < mail->warnings->len; i++)
    {
      const PjMailWarning *warning = g_ptr_array_index (mail->warnings, i);

      g_string_append_printf (out, "warning: %s\n", warning->code);
      if (*warning->reason != '\0')
        g_string_append_printf (out, "reason: %s\n", warning->reason);
    }
  for (guint i = 0; i < mail->attachments->len; i++)
    {
      const PjMailAttachment *attachment = g_ptr_array_index (mail->attachments, i);

      g_string_append_printf (out, "attachment: %s|%s|%" G_GINT64_FORMAT "\n", attachment->name,
                              attachment->type, attachment->octets);
      if (*attachment->sniffed != '\0')
        g_string_append_printf (out, "  sniffed: %s\n", attachment->sniffed);
      for (gsize j = 0; attachment->dangers[j] != NULL; j++)
        g_string_append_printf (out, "  danger: %s\n", attachment->dangers[j]);
    }
  if (pj_message_is_list (message))
    g_string_append (out, "mark: list\n");
  if (pj_message_is_automatic (message))
    g_string_append (out, "mark: automatic\n");
  if (mail->unsubscribe != NULL)
    g_string_append_printf (out, "unsubscribe: %s\n", mail->unsubscribe->target);
  if (mail->one_time_code != NULL)
    g_string_append_printf (out, "code: %s\n", mail->one_time_code);
  if (mail->spam_verdict != NULL)
    g_string_append_printf (out, "verdict: %s\n", mail->spam_verdict);
  g_string_append_printf (out, "\n%s", mail->text);

  return g_strdup (out->str);
}

static void
test_expected (gconstpointer data)
{
  const char *path = data;
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".eml"));
  g_autofree char *expected_path = g_strconcat (stem, ".txt", NULL);
  g_autoptr (GBytes) mail = read_file (path);
  g_autoptr (GBytes) expected = NULL;
  g_autofree char *text = NULL;
  g_autofree char *found = describe (mail);

  if (g_getenv ("PJ_MAILS_WRITE") != NULL)
    g_assert_true (g_file_set_contents (expected_path, found, -1, NULL));

  expected = read_file (expected_path);
  text = g_strndup (g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
  g_assert_cmpstr (found, ==, text);

  visit_any (path);
}

static void
add_test (const char *path)
{
  g_autofree char *name = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *topic = NULL;
  g_autofree char *test = NULL;

  if (!g_str_has_suffix (path, ".eml"))
    return;

  name = g_path_get_basename (path);
  dir = g_path_get_dirname (path);
  topic = g_path_get_basename (dir);
  test = g_strdup_printf ("/mail/corpus/%s/%.*s", topic, (int) (strlen (name) - strlen (".eml")),
                          name);
  g_test_add_data_func_full (test, g_strdup (path), test_expected, g_free);
}

static void
test_directory (void)
{
  const char *dir = g_getenv ("PJ_MAILS_DIR");

  if (dir == NULL)
    {
      g_test_skip ("PJ_MAILS_DIR names no folder of mails");
      return;
    }

  for_each_file (dir, visit_any);
}

int
main (int argc, char *argv[])
{
  g_autofree char *dir = NULL;

  g_test_init (&argc, &argv, NULL);

  dir = g_test_build_filename (G_TEST_DIST, "mails", NULL);
  for_each_file (dir, add_test);
  g_test_add_func ("/mail/corpus/directory", test_directory);

  return g_test_run ();
}
