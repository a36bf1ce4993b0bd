/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-gmime.h"

#include "mail/pj-mail-bounds.h"
#include "mail/pj-mail-charset.h"

/* GMime counts its starts without a lock, so the first of our threads must do
 * it alone. It is never shut down: other threads may be using it at any time. */
static void
start_gmime (void)
{
  static gsize is_started = 0;

  if (g_once_init_enter (&is_started))
    {
      g_mime_init ();
      g_once_init_leave (&is_started, 1);
    }
}

/**
 * pj_mail_gmime_options_new:
 * @declared_charset: (nullable): charset that the mail names for its body
 *
 * Starts GMime when needed. Every use of GMime begins here. Any thread.
 *
 * Headers with raw 8-bit bytes break RFC 5322 section 2.2, yet are common. A
 * text that is valid UTF-8 is nearly never anything else, so that is tried
 * before what the mail declares, and last what people of this locale use.
 *
 * Returns: (transfer full): how to parse one mail
 */
GMimeParserOptions *
pj_mail_gmime_options_new (const char *declared_charset)
{
  const char *charsets[4] = { "utf-8" };
  GMimeParserOptions *options;
  guint n = 1;

  start_gmime ();

  if (pj_mail_charset_is_known (declared_charset))
    charsets[n++] = declared_charset;
  charsets[n++] = pj_mail_charset_get_fallback ();
  charsets[n] = NULL;

  options = g_mime_parser_options_new ();
  g_mime_parser_options_set_fallback_charsets (options, charsets);

  return options;
}

/**
 * pj_mail_gmime_parse_addresses:
 * @options: from pj_mail_gmime_options_new()
 * @list: value of an address field, unfolded
 *
 * Returns: (transfer full) (nullable): the addresses; %NULL when there are
 *   none, or when groups nest as no honest list has them
 */
InternetAddressList *
pj_mail_gmime_parse_addresses (GMimeParserOptions *options, const char *list)
{
  g_return_val_if_fail (list != NULL, NULL);

  return pj_mail_bounds_has_few_colons (list) ? internet_address_list_parse (options, list) : NULL;
}
