/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-sender.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-field.h"
#include "mail/pj-mail-warning.h"

/* What a line of the list can use; a flattering name must not be so long that
 * the address behind it is pushed away. */
#define MAX_NAME_CHARS 200

/* RFC 5321 section 4.5.3.1: 64 for the local part, 255 for the domain. */
#define MAX_ADDRESS_CHARS 320

/* No honest From is longer. Of one that is, no address is believed: the one
 * that counts may stand behind those that are meant to be seen. */
#define MAX_FROM_BYTES 8192

/* As many From fields are quoted to say why there are too many. */
#define MAX_TOLD_FIELDS 3

/* A From list of groups may nest. */
#define MAX_GROUP_DEPTH 4

typedef struct
{
  InternetAddress *first; /* borrowed from the list that is walked */
  InternetAddress *first_with_at;
  guint n_with_at;
} Tally;

static void
tally_list (Tally *tally, InternetAddressList *list, guint depth)
{
  int n = internet_address_list_length (list);

  for (int i = 0; i < n; i++)
    {
      InternetAddress *address = internet_address_list_get_address (list, i);
      const char *addr;

      if (INTERNET_ADDRESS_IS_GROUP (address))
        {
          InternetAddressGroup *group = INTERNET_ADDRESS_GROUP (address);

          if (depth < MAX_GROUP_DEPTH)
            tally_list (tally, internet_address_group_get_members (group), depth + 1);
          continue;
        }

      addr = internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address));
      if (addr == NULL || *addr == '\0')
        continue;

      if (tally->first == NULL)
        tally->first = address;
      if (strchr (addr, '@') == NULL)
        continue;

      if (tally->first_with_at == NULL)
        tally->first_with_at = address;
      tally->n_with_at++;
    }
}

static gboolean
is_address_char (char c)
{
  return (guchar) c > ' ' && c != 0x7F && strchr ("<>()[],;:\"\\@", c) == NULL;
}

static gboolean
is_host_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.' || c == '_' || (guchar) c >= 0x80;
}

/* Finds the address in a text that is no list of addresses.
 * Returns: (transfer full) (nullable): the first one */
static char *
find_address (const char *text)
{
  for (const char *at = strchr (text, '@'); at != NULL; at = strchr (at + 1, '@'))
    {
      const char *start = at;
      const char *end = at + 1;

      while (start > text && is_address_char (start[-1]))
        start--;
      while (is_host_char (*end))
        end++;

      while (end > at + 1 && end[-1] == '.')
        end--;
      if (start < at && end > at + 1)
        return g_strndup (start, (gsize) (end - start));
    }

  return NULL;
}

/* Characters that look like the at sign: fullwidth and small commercial at. */
static char *
with_plain_at_signs (const char *text)
{
  g_autoptr (GString) plain = g_string_new (text);

  g_string_replace (plain, "\uFF20", "@", 0);
  g_string_replace (plain, "\uFE6B", "@", 0);

  return g_strdup (plain->str);
}

/* Of the same owner: his mails often name the one that they are about. */
static gboolean
is_elsewhere (const char *named, const char *address)
{
  const char *at = strrchr (address, '@');
  g_autofree char *named_host = pj_mail_domain_to_ascii (strrchr (named, '@') + 1);
  g_autofree char *host = at != NULL ? pj_mail_domain_to_ascii (at + 1) : NULL;

  if (named_host == NULL || host == NULL)
    return g_ascii_strcasecmp (named, address) != 0;

  return !pj_mail_domain_is_same_site (named_host, host);
}

/* Returns: (transfer full) (nullable): an address in @name that is at another domain */
static char *
find_other_address (const char *name, const char *address)
{
  g_autofree char *plain = with_plain_at_signs (name);
  const char *rest = plain;

  for (;;)
    {
      g_autofree char *found = find_address (rest);

      if (found == NULL || is_elsewhere (found, address))
        return g_steal_pointer (&found);

      rest = strstr (rest, found) + strlen (found);
    }
}

/* The whole field becomes the name, marked: better odd than hidden. */
static void
take_unreadable (PjMailSender *self, GMimeParserOptions *options, const char *raw)
{
  g_autofree char *address = strlen (raw) <= MAX_FROM_BYTES ? find_address (raw) : NULL;

  self->name = pj_mail_field_decode_text (options, raw, MAX_NAME_CHARS);
  self->address = pj_text_clean_line (address != NULL ? address : "", -1, MAX_ADDRESS_CHARS);
  if (*self->name != '\0')
    pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_UNCLEAR_FROM, NULL);
}

static void
take_mailbox (PjMailSender *self, InternetAddress *mailbox)
{
  const char *name = internet_address_get_name (mailbox);
  const char *address = internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (mailbox));
  g_autofree char *other = NULL;

  self->name = pj_text_clean_line (name != NULL ? name : "", -1, MAX_NAME_CHARS);
  self->address = pj_text_clean_line (address, -1, MAX_ADDRESS_CHARS);
  other = find_other_address (self->name, self->address);
  if (other != NULL)
    pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_NAME_HAS_ADDRESS,
                            g_strdup_printf ("%s ≠ %s", other, self->address));
}

static void
warn_of_several (PjMailSender *self, const char *raw)
{
  pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_SEVERAL_FROM,
                          pj_text_clean_line (raw, -1, MAX_ADDRESS_CHARS));
}

static void
read_field (PjMailSender *self, GMimeParserOptions *options, const char *raw)
{
  g_autoptr (InternetAddressList) list = NULL;
  Tally tally = { .first = NULL };

  if (strlen (raw) <= MAX_FROM_BYTES)
    list = pj_mail_gmime_parse_addresses (options, raw);
  if (list != NULL)
    tally_list (&tally, list, 0);

  if (tally.n_with_at > 1)
    warn_of_several (self, raw);

  if (tally.first_with_at != NULL)
    take_mailbox (self, tally.first_with_at);
  else if (tally.first != NULL && strchr (raw, '@') == NULL && strstr (raw, "=?") == NULL)
    take_mailbox (self, tally.first); /* "root": the server's own users have no domain */
  else
    take_unreadable (self, options, raw);
}

/**
 * pj_mail_sender_new:
 * @scan: header of a mail
 * @options: from pj_mail_gmime_options_new()
 *
 * Reads the From fields. The first address is the sender; that there are
 * more of them, in one field or in several, is a warning. A field that is no
 * address list, or too long for one, is shown as the name. Without a From
 * field the Sender field is shown, with a warning. Any thread.
 *
 * Reference: RFC 5322 section 3.6.2.
 *
 * Returns: (transfer full): the sender
 */
PjMailSender *
pj_mail_sender_new (const PjMailHeaderScan *scan, GMimeParserOptions *options)
{
  PjMailSender *self = g_new0 (PjMailSender, 1);
  g_autoptr (GString) all = g_string_new (NULL);
  const char *first = NULL;
  guint n_fields = 0;

  self->signs = pj_mail_sign_list_new ();

  for (guint i = 0; i < scan->fields->len; i++)
    {
      const PjMailRawField *field = g_ptr_array_index (scan->fields, i);

      if (g_ascii_strcasecmp (field->name, "From") != 0)
        continue;

      if (first == NULL || *first == '\0')
        first = field->value;
      if (n_fields++ < MAX_TOLD_FIELDS)
        g_string_append_printf (all, "%s%s", n_fields > 1 ? " | " : "", field->value);
    }

  if (n_fields == 0)
    {
      first = pj_mail_header_scan_find (scan, "Sender");
      if (first != NULL)
        pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_UNCLEAR_FROM,
                                pj_text_clean_line (first, -1, MAX_ADDRESS_CHARS));
    }

  read_field (self, options, first != NULL ? first : "");
  if (n_fields > 1)
    warn_of_several (self, all->str);
  return self;
}

/**
 * pj_mail_sender_free:
 * @self: (transfer full): the sender
 */
void
pj_mail_sender_free (PjMailSender *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->address);
  g_ptr_array_unref (self->signs);
  g_free (self);
}
