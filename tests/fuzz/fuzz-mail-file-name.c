/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-file-kind.h"
#include "mail/pj-mail-file-name.h"

static void
assert_fit_to_save (const char *name)
{
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpuint (strlen (name), >, 0);
  g_assert_cmpuint (strlen (name), <=, PJ_MAIL_FILE_NAME_MAX_BYTES);
  g_assert_cmpint (name[0], !=, '.');
  g_assert_cmpint (name[0], !=, '-');
  g_assert_null (strpbrk (name, "/\\:"));
}

/* Whatever a sender calls a file, its name is one line with its true ending,
 * cleaning it again changes nothing, and it can be saved under it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *given = g_strndup ((const char *) data, size);
  g_autofree char *name = pj_mail_file_name_clean (given);
  g_autofree char *again = pj_mail_file_name_clean (name);
  g_autofree char *inner = pj_mail_file_name_dup_inner_extension (name);
  g_autofree char *saved = pj_mail_file_name_to_save (name, "application/pdf");
  g_autofree char *mail = pj_mail_file_name_to_save (name, "message/rfc822");
  g_autofree char *numbered = pj_mail_file_name_number (saved, 2);

  g_assert_true (g_utf8_validate (name, -1, NULL));
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_assert_false (pj_text_is_hidden_char (g_utf8_get_char (p)));
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
    }
  if (strstr (name, "…") == NULL)
    g_assert_cmpstr (name, ==, again);
  g_assert_true (g_str_has_suffix (name, pj_mail_file_name_get_extension (name)));
  pj_mail_file_kind_of_extension (inner);
  assert_fit_to_save (saved);
  assert_fit_to_save (mail);
  g_assert_cmpuint (strlen (numbered), ==, strlen (saved) + strlen (" (2)"));

  return 0;
}
