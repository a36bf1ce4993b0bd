/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-signs-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "mail/pj-mail-brand.h"
#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-warning.h"

/* A name that the user knows from more places is no person's. */
#define MAX_KNOWN_DOMAINS 3

#define MIN_NAME_CHARS 5

/* Where anybody gets an address under any name: that somebody else there is
 * known says nothing. */
static const char *const open_to_all[] = {
  "aol.com",        "fastmail.com", "gmail.com",      "gmx.at",     "gmx.de",      "gmx.net",
  "hotmail.com",    "icloud.com",   "interia.eu",     "interia.pl", "laposte.net", "libero.it",
  "live.com",       "mail.com",     "mail.ru",        "me.com",     "msn.com",     "o2.pl",
  "onet.eu",        "onet.pl",      "op.pl",          "orange.fr",  "outlook.com", "poczta.fm",
  "poczta.onet.pl", "proton.me",    "protonmail.com", "seznam.cz",  "t-online.de", "tlen.pl",
  "tuta.com",       "tutanota.com", "vp.pl",          "web.de",     "wp.pl",       "yahoo.com",
  "yandex.com",     "yandex.ru",    "ymail.com",      "zoho.com",
};

static gboolean
is_open_to_all (const char *domain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (open_to_all); i++)
    {
      if (g_str_equal (open_to_all[i], domain))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_own (const PjMailCase *self)
{
  const PjMailContext *context = self->facts->context;

  return context->own_address != NULL &&
         g_ascii_strcasecmp (context->own_address, self->facts->sender->address) == 0;
}

static void
judge_brand (PjMailCase *self)
{
  const PjMailBrand *brand = pj_mail_brand_find_in_name (self->facts->sender->name);
  g_autofree char *usual = NULL;

  if (brand == NULL || pj_mail_brand_owns (brand, self->domain))
    return;

  usual = pj_mail_brand_dup_domain (brand);
  /* TRANSLATORS: name of a company, host of the address, host that the company writes from */
  pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_BRAND_NAME,
                          g_strdup_printf (_ ("%s; the address is at %s, not at %s"),
                                           pj_mail_brand_get_name (brand), self->domain, usual));
}

/* Two words at least: "Support" is many. */
static gboolean
names_person (const char *name)
{
  return strchr (name, ' ') != NULL && g_utf8_strlen (name, -1) >= MIN_NAME_CHARS;
}

/* The mail that is judged may be among those that are counted. */
static gboolean
counts_beside_this (const PjMailCase *self, const PjSenderBookEntry *entry, gboolean is_same)
{
  return entry->mails > (is_same && self->facts->context->is_listed ? 1 : 0);
}

/* Returns: (transfer none) (nullable): where the one of that name writes from, if
 *   never from here */
static const char *
find_other_home (const PjMailCase *self)
{
  const GPtrArray *entries =
      pj_sender_book_find_name (self->facts->context->senders, self->facts->sender->name);
  const char *other = NULL;

  if (entries == NULL || entries->len > MAX_KNOWN_DOMAINS)
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const PjSenderBookEntry *entry = g_ptr_array_index ((GPtrArray *) entries, i);
      g_autofree char *ascii = pj_mail_domain_to_ascii (entry->domain);
      gboolean is_same = ascii != NULL && pj_mail_domain_is_same_site (ascii, self->domain);

      if (!counts_beside_this (self, entry, is_same))
        continue;
      if (is_same)
        return NULL;
      other = entry->domain;
    }

  return other;
}

/* Services write in the names of people ("Ala" through a forge or a shop): one that
 * has written before, or a list, may. */
static gboolean
may_write_for_others (const PjMailCase *self)
{
  const PjMailContext *context = self->facts->context;
  guint n = pj_sender_book_count_domain (context->senders, self->domain);

  if (is_open_to_all (pj_mail_domain_get_registrable (self->domain)))
    return FALSE;

  return (self->facts->marks & PJ_MAIL_MARK_LIST) != 0 || n > (context->is_listed ? 1 : 0);
}

static void
judge_known_name (PjMailCase *self)
{
  const char *name = self->facts->sender->name;
  const char *other;

  if (!names_person (name) || is_own (self) || may_write_for_others (self))
    return;

  other = find_other_home (self);
  if (other != NULL)
    /* TRANSLATORS: name of a sender, host of the address, host of the address before */
    pj_mail_sign_list_take (
        self->signs, PJ_MAIL_WARNING_KNOWN_NAME,
        g_strdup_printf (_ ("%s; the address is at %s, not at %s"), name, self->domain, other));
}

/* Of somebody who has never had a mail, everybody is a stranger. */
static void
judge_first_time (PjMailCase *self)
{
  const PjMailSignsFacts *facts = self->facts;

  if (!is_own (self) && pj_mail_context_count_address (facts->context, facts->sender->address) == 0)
    pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_FIRST_TIME_SENDER,
                            g_strdup (facts->sender->address));
}

/**
 * pj_mail_signs_judge_name:
 * @self: the case
 *
 * Compares the sender's name with whose it is, as far as that is known: of
 * well-known companies, and of those whom the user has had mail from.
 */
void
pj_mail_signs_judge_name (PjMailCase *self)
{
  const PjMailContext *context = self->facts->context;

  if (self->domain == NULL)
    return;

  judge_brand (self);
  if (context == NULL || context->senders == NULL || pj_sender_book_is_empty (context->senders))
    return;

  judge_known_name (self);
  judge_first_time (self);
}
