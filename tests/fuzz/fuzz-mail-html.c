/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "mail/pj-mail-html.h"

#define MAX_BYTES 65536

/* HTML reaches the reader as valid UTF-8, and leaves it so; its text stays near
 * the limit. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *html = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autofree char *text = NULL;
  gboolean is_cut;

  text = pj_mail_html_to_text (html, strlen (html), MAX_BYTES, &is_cut);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <, MAX_BYTES + 16384);

  return 0;
}
