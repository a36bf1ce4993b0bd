/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-warning.h"

static void
test_each_code_has_its_sentence (void)
{
  static const char *const codes[] = {
    PJ_MAIL_WARNING_SEVERAL_FROM,
    PJ_MAIL_WARNING_NAME_HAS_ADDRESS,
    PJ_MAIL_WARNING_UNCLEAR_FROM,
    PJ_MAIL_WARNING_DMARC_FAIL,
    PJ_MAIL_WARNING_DMARC_FAIL_LIST,
    PJ_MAIL_WARNING_UNVERIFIED_BRAND,
    PJ_MAIL_WARNING_BRAND_NAME,
    PJ_MAIL_WARNING_KNOWN_NAME,
    PJ_MAIL_WARNING_FIRST_TIME_SENDER,
    PJ_MAIL_WARNING_LOOK_ALIKE_DOMAIN,
    PJ_MAIL_WARNING_MIXED_SCRIPT_DOMAIN,
    PJ_MAIL_WARNING_REPLY_TO_ELSEWHERE,
    PJ_MAIL_WARNING_DATE_FAR_OFF,
    PJ_MAIL_WARNING_MARKED_AS_SPAM,
    PJ_MAIL_WARNING_TEXT_CUT,
    PJ_MAIL_WARNING_BROKEN,
    PJ_MAIL_WARNING_LINK_MISMATCH,
    PJ_MAIL_WARNING_LINK_LOOK_ALIKE,
    PJ_MAIL_WARNING_LINK_OBSCURED,
    PJ_MAIL_WARNING_DANGEROUS_ATTACHMENT,
  };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const char *text = pj_mail_warning_get_text (codes[i]);

      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_true (g_hash_table_add (seen, (gpointer) text));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/warning/each-code-has-its-sentence", test_each_code_has_its_sentence);

  return g_test_run ();
}
