/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "mail/pj-mail-link-reader.h"

#include "fuzz-assert.h"

/* What is handed to another program is one word of ASCII of a known scheme, and
 * leads to the same place when it is read again. */
static void
assert_can_be_opened (const PjMailLink *link)
{
  g_autoptr (PjMailLink) again = NULL;

  g_assert_true (g_str_has_prefix (link->target, "http://") ||
                 g_str_has_prefix (link->target, "https://") ||
                 g_str_has_prefix (link->target, "mailto:"));
  for (const char *p = link->target; *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p) && *p != '\\');

  again = pj_mail_link_read (link->target, NULL);
  if (strlen (link->target) > PJ_MAIL_LINK_MAX_BYTES)
    return;
  g_assert_true (again->can_open);
  g_assert_cmpstr (again->target, ==, link->target);
  g_assert_cmpstr (again->host, ==, link->host);
  g_assert_cmpstr (again->domain, ==, link->domain);
  g_assert_cmpint (again->doubts & (PJ_MAIL_LINK_USER_INFO | PJ_MAIL_LINK_OBSCURED), ==, 0);
}

/* The target, and behind a NUL the text. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *target = g_strndup ((const char *) data, size);
  gsize target_len = strlen (target);
  g_autofree char *text = NULL;
  g_autoptr (PjMailLink) link = NULL;

  if (target_len < size)
    text = g_strndup ((const char *) data + target_len + 1, size - target_len - 1);

  link = pj_mail_link_read (target, text);
  fuzz_assert_clean (link->target);
  fuzz_assert_clean (link->host);
  fuzz_assert_clean (link->domain);
  g_assert_cmpuint (strlen (link->target), <, 4 * PJ_MAIL_LINK_MAX_BYTES);
  if (link->can_open)
    assert_can_be_opened (link);

  return 0;
}
