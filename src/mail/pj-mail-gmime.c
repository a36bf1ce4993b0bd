/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-gmime.h"

#include <string.h>

#include "mail/pj-mail-bounds.h"
#include "mail/pj-mail-charset.h"
#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-words.h"

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
 * pj_mail_gmime_options_new_full:
 * @declared_charset: (nullable): charset that the mail names for its body
 * @fallback_charset: (nullable): what the account's mails are in when nothing says so
 *
 * Starts GMime when needed. Every use of GMime begins here. Any thread.
 *
 * Headers with raw 8-bit bytes break RFC 5322 section 2.2, yet are common. A
 * text that is valid UTF-8 is nearly never anything else, so that is tried
 * before what the mail declares, which most charsets cannot prove wrong; then what
 * the account's mails are in, and last what people of this locale use.
 *
 * Returns: (transfer full): how to parse one mail
 */
GMimeParserOptions *
pj_mail_gmime_options_new_full (const char *declared_charset, const char *fallback_charset)
{
  const char *charsets[5] = { "utf-8" };
  GMimeParserOptions *options;
  guint n = 1;

  start_gmime ();

  if (pj_mail_charset_is_known (declared_charset))
    charsets[n++] = declared_charset;
  if (pj_mail_charset_is_known (fallback_charset))
    charsets[n++] = fallback_charset;
  charsets[n++] = pj_mail_charset_get_fallback ();
  charsets[n] = NULL;

  options = g_mime_parser_options_new ();
  g_mime_parser_options_set_fallback_charsets (options, charsets);

  return options;
}

/**
 * pj_mail_gmime_options_new:
 * @declared_charset: (nullable): charset that the mail names for its body
 *
 * As pj_mail_gmime_options_new_full(), where nothing is known of the account.
 *
 * Returns: (transfer full): how to parse one mail
 */
GMimeParserOptions *
pj_mail_gmime_options_new (const char *declared_charset)
{
  return pj_mail_gmime_options_new_full (declared_charset, NULL);
}

/* GMime writes hosts in the letters that their punycode stands for, which may
 * be made to deceive. It would do so again with what its setter is given. */
static void
unmask_host (InternetAddressMailbox *mailbox)
{
  const char *address = internet_address_mailbox_get_addr (mailbox);
  const char *at = address != NULL ? strrchr (address, '@') : NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *safe = NULL;

  if (at == NULL || g_str_is_ascii (at))
    return;

  ascii = pj_mail_domain_to_ascii (at + 1);
  if (ascii == NULL)
    return;
  shown = pj_mail_domain_to_shown (ascii);
  safe = g_strdup_printf ("%.*s@%s", (int) (at - address), address, shown);
  g_free (mailbox->addr);
  mailbox->addr = g_steal_pointer (&safe);
}

static void
unmask_hosts (InternetAddressList *list, guint depth)
{
  int n = internet_address_list_length (list);

  for (int i = 0; i < n; i++)
    {
      InternetAddress *address = internet_address_list_get_address (list, i);

      if (INTERNET_ADDRESS_IS_MAILBOX (address))
        unmask_host (INTERNET_ADDRESS_MAILBOX (address));
      else if (depth < PJ_MAIL_MAX_COLONS)
        unmask_hosts (internet_address_group_get_members (INTERNET_ADDRESS_GROUP (address)),
                      depth + 1);
    }
}

/**
 * pj_mail_gmime_parse_addresses:
 * @options: from pj_mail_gmime_options_new()
 * @list: value of an address field, unfolded
 *
 * Encoded words are joined before they are decoded, and hosts are in ASCII
 * where their letters could deceive.
 *
 * Returns: (transfer full) (nullable): the addresses; %NULL when there are
 *   none, or when groups nest as no honest list has them
 */
InternetAddressList *
pj_mail_gmime_parse_addresses (GMimeParserOptions *options, const char *list)
{
  g_autofree char *joined = NULL;
  InternetAddressList *addresses;

  g_return_val_if_fail (list != NULL, NULL);

  if (!pj_mail_bounds_has_few_colons (list))
    return NULL;

  joined = pj_mail_words_join (list);
  addresses = internet_address_list_parse (options, joined != NULL ? joined : list);
  if (addresses != NULL)
    unmask_hosts (addresses, 0);

  return addresses;
}
