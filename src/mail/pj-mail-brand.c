/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-brand.h"

#include <string.h>

#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-script.h"

/* A name of more words is a sentence. */
#define MAX_WORDS 12

/**
 * PjMailBrand:
 *
 * A company in whose name much is asked for, and where it writes from. Not a
 * list of the trusted: who is missing here is only not watched over.
 */
struct _PjMailBrand
{
  const char *name;    /* as people write it */
  const char *domains; /* joined by blanks, the best known first: "x.com" with all below it;
                        * "x" for x.com, x.net, x.org and x of every country */
  gboolean is_common;  /* a word of other meanings as well: only a name that says nothing
                        * else, or nothing but what companies add, means this one */
};

static const PjMailBrand brands[] = {
  { "Adobe", "adobe adobesign.com echosign.com", FALSE },
  { "Airbnb", "airbnb", FALSE },
  { "AliExpress", "aliexpress alibaba", FALSE },
  { "Alior Bank", "alior aliorbank", FALSE },
  { "Allegro", "allegro allegrogroup allegrolokalnie.pl", TRUE },
  { "Amazon", "amazon amazonaws.com amazonses.com amazon.jobs primevideo.com", TRUE },
  { "American Express", "americanexpress aexp.com", FALSE },
  { "Apple", "apple icloud.com itunes.com me.com", TRUE },
  { "Bank of America", "bankofamerica bofa.com", FALSE },
  { "Bank Millennium", "bankmillennium", FALSE },
  { "Bank Pekao", "pekao pekao24.pl", FALSE },
  { "Barclays", "barclays barclaycard", FALSE },
  { "Binance", "binance", FALSE },
  { "BNP Paribas", "bnpparibas", FALSE },
  { "Booking.com", "booking", FALSE },
  { "Citibank", "citi citibank citihandlowy", FALSE },
  { "Coinbase", "coinbase", FALSE },
  { "Commerzbank", "commerzbank", FALSE },
  { "Deutsche Bank", "db deutsche-bank", FALSE },
  { "DHL", "dhl dpdhl dhlparcel dhlecommerce deutschepost", FALSE },
  { "Discord", "discord discordapp.com", TRUE },
  { "DocuSign", "docusign", FALSE },
  { "DPD", "dpd dpdgroup", FALSE },
  { "Dropbox", "dropbox dropboxmail.com", FALSE },
  { "eBay", "ebay", FALSE },
  { "Facebook", "facebook facebookmail.com fb.com meta", FALSE },
  { "FedEx", "fedex", FALSE },
  { "Gmail", "google gmail.com googlemail.com", FALSE },
  { "Google", "google gmail.com googlemail.com googlegroups.com youtube.com", FALSE },
  { "HSBC", "hsbc", FALSE },
  { "ING", "ing ingbank", TRUE },
  { "InPost", "inpost paczkomaty.pl", FALSE },
  { "Instagram", "instagram facebookmail.com meta", FALSE },
  { "Klarna", "klarna", FALSE },
  { "LinkedIn", "linkedin", FALSE },
  { "Mastercard", "mastercard", FALSE },
  { "mBank", "mbank", FALSE },
  { "MetaMask", "metamask.io consensys", FALSE },
  { "Microsoft",
    "microsoft microsoftonline.com outlook.com live.com office.com office365.com xbox.com "
    "skype.com "
    "azure.com windows.com sharepointonline.com",
    FALSE },
  { "Netflix", "netflix", FALSE },
  { "Office 365", "microsoft microsoftonline.com office.com office365.com", FALSE },
  { "OLX", "olx", FALSE },
  { "OneDrive", "microsoft microsoftonline.com onedrive.com live.com sharepointonline.com", FALSE },
  { "PayPal", "paypal paypal-communication.com", FALSE },
  { "PKO BP", "pkobp ipko pko.pl", FALSE },
  { "Poczta Polska", "poczta-polska.pl pocztex.pl envelo.pl", FALSE },
  { "Postbank", "postbank", FALSE },
  { "Profil Zaufany", "gov.pl", FALSE },
  { "Revolut", "revolut", FALSE },
  { "Santander", "santander santanderconsumer santanderbank", TRUE },
  { "Spotify", "spotify", FALSE },
  { "Steam", "steampowered.com steamcommunity.com valvesoftware.com", TRUE },
  { "Tauron", "tauron tauron-dystrybucja.pl", FALSE },
  { "TikTok", "tiktok bytedance", FALSE },
  { "Twitter", "twitter x.com", FALSE },
  { "UPS", "ups upsemail.com", TRUE },
  { "Vinted", "vinted", FALSE },
  { "Visa", "visa", TRUE },
  { "Vodafone", "vodafone", FALSE },
  { "Wells Fargo", "wellsfargo", FALSE },
  { "WhatsApp", "whatsapp facebookmail.com meta", FALSE },
  { "Yahoo", "yahoo yahooinc.com yahoogroups.com ymail.com", FALSE },
  { "YouTube", "youtube google", FALSE },
  { "ZUS", "zus.pl", TRUE },
};

/* What companies add to their names. */
static const char *const additions[] = {
  "account", "accounts", "alert",   "alerts",   "bank",     "billing", "business", "care",
  "center",  "centre",   "com",     "co",       "customer", "de",      "delivery", "eu",
  "express", "fraud",    "help",    "id",       "inc",      "info",    "it",       "konto",
  "mail",    "member",   "news",    "no",       "noreply",  "notice",  "online",   "order",
  "orders",  "pay",      "payment", "payments", "pl",       "polska",  "poland",   "prime",
  "reply",   "security", "secure",  "service",  "services", "store",   "support",  "team",
  "uk",      "update",   "web",     "www",
};

/* One way to compare: as written, or by what the letters look like. */
typedef struct
{
  char **words[G_N_ELEMENTS (brands)];
  GHashTable *additions; /* set of char * */
} Words;

typedef struct
{
  Words written;
  Words looks;
} Index;

static char *
fold (const char *text, gboolean by_looks)
{
  g_autofree char *lower = NULL;
  g_autofree char *skeleton = NULL;

  if (!by_looks)
    return g_utf8_strdown (text, -1);

  /* Before letters go lower, for a capital I looks like an l, and after it, for
   * what has become an m looks like r and n. */
  skeleton = pj_mail_script_dup_skeleton (text);
  lower = g_utf8_strdown (skeleton, -1);
  return pj_mail_script_dup_skeleton (lower);
}

/* Returns: (transfer full): runs of letters and digits */
static char **
split_words (const char *text, gboolean by_looks)
{
  g_autofree char *folded = fold (text, by_looks);
  GPtrArray *words = g_ptr_array_new ();
  const char *start = NULL;
  const char *p = folded;

  for (; words->len < MAX_WORDS; p = g_utf8_next_char (p))
    {
      gboolean is_in_word = *p != '\0' && g_unichar_isalnum (g_utf8_get_char (p));

      if (is_in_word && start == NULL)
        start = p;
      if (!is_in_word && start != NULL)
        {
          g_ptr_array_add (words, g_strndup (start, (gsize) (p - start)));
          start = NULL;
        }
      if (*p == '\0')
        break;
    }

  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

static void
fill_words (Words *self, gboolean by_looks)
{
  self->additions = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < G_N_ELEMENTS (additions); i++)
    g_hash_table_add (self->additions, fold (additions[i], by_looks));
  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    self->words[i] = split_words (brands[i].name, by_looks);
}

/* Made once and only read afterwards. */
static gpointer
make_index (gpointer data)
{
  Index *index = g_new0 (Index, 1);

  fill_words (&index->written, FALSE);
  fill_words (&index->looks, TRUE);

  return index;
}

/* Returns: how many words of @name the brand takes from there on; 0: it is not there */
static guint
match_at (char *const *name, char *const *brand)
{
  guint n = 0;

  for (; brand[n] != NULL; n++)
    {
      if (name[n] == NULL || !g_str_equal (name[n], brand[n]))
        return 0;
    }

  return n;
}

static gboolean
has_only_additions (const Words *self, char *const *name, guint start, guint end)
{
  for (guint i = 0; name[i] != NULL; i++)
    {
      if ((i < start || i >= end) && !g_hash_table_contains (self->additions, name[i]))
        return FALSE;
    }

  return TRUE;
}

static const PjMailBrand *
find (const Words *self, char *const *name)
{
  for (guint at = 0; name[at] != NULL; at++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
        {
          guint n = match_at (name + at, self->words[i]);

          if (n > 0 && (!brands[i].is_common || has_only_additions (self, name, at, at + n)))
            return &brands[i];
        }
    }

  return NULL;
}

static gboolean
may_deceive (const char *name)
{
  return !g_str_is_ascii (name) || strpbrk (name, "0123456789I|") != NULL;
}

/**
 * pj_mail_brand_find_in_name:
 * @name: display name of a sender, cleaned
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the company that @name speaks of, in
 *   letters of its own or in such as look like them; %NULL for none known
 */
const PjMailBrand *
pj_mail_brand_find_in_name (const char *name)
{
  static GOnce once = G_ONCE_INIT;
  const Index *index = g_once (&once, make_index, NULL);
  g_auto (GStrv) written = NULL;
  g_auto (GStrv) looks = NULL;
  const PjMailBrand *brand;

  g_return_val_if_fail (name != NULL, NULL);

  written = split_words (name, FALSE);
  brand = find (&index->written, written);
  if (brand != NULL || !may_deceive (name))
    return brand;

  looks = split_words (name, TRUE);
  return find (&index->looks, looks);
}

static gboolean
is_plain_end (const char *end)
{
  static const char *const ends[] = { "com", "net", "org", "eu" };
  const char *last = strrchr (end, '.');

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_equal (end, ends[i]))
        return TRUE;
    }

  return strlen (last != NULL ? last + 1 : end) == 2;
}

static gboolean
is_at (const char *ascii, const char *registrable, const char *domain, gsize len)
{
  gsize ascii_len = strlen (ascii);

  if (memchr (domain, '.', len) == NULL)
    return strncmp (registrable, domain, len) == 0 && registrable[len] == '.' &&
           is_plain_end (registrable + len + 1);

  return ascii_len >= len && strncmp (ascii + ascii_len - len, domain, len) == 0 &&
         (ascii_len == len || ascii[ascii_len - len - 1] == '.');
}

/**
 * pj_mail_brand_owns:
 * @self: a company
 * @ascii: a host in ASCII
 *
 * Returns: whether it is one that the company writes from
 */
gboolean
pj_mail_brand_owns (const PjMailBrand *self, const char *ascii)
{
  const char *registrable;

  g_return_val_if_fail (self != NULL && ascii != NULL, FALSE);

  registrable = pj_mail_domain_get_registrable (ascii);
  for (const char *domain = self->domains; *domain != '\0'; domain += strspn (domain, " "))
    {
      gsize len = strcspn (domain, " ");

      if (is_at (ascii, registrable, domain, len))
        return TRUE;
      domain += len;
    }

  return FALSE;
}

/**
 * pj_mail_brand_find_owner:
 * @ascii: a host in ASCII
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the company that writes from there; %NULL
 *   for none known
 */
const PjMailBrand *
pj_mail_brand_find_owner (const char *ascii)
{
  g_return_val_if_fail (ascii != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    {
      if (pj_mail_brand_owns (&brands[i], ascii))
        return &brands[i];
    }

  return NULL;
}

/**
 * pj_mail_brand_get_name:
 * @self: a company
 *
 * Returns: (transfer none): its name, as people write it
 */
const char *
pj_mail_brand_get_name (const PjMailBrand *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * pj_mail_brand_dup_domain:
 * @self: a company
 *
 * Returns: (transfer full): where it is best known to write from, as "paypal.com"
 */
char *
pj_mail_brand_dup_domain (const PjMailBrand *self)
{
  g_autofree char *first = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  first = g_strndup (self->domains, strcspn (self->domains, " "));
  return strchr (first, '.') != NULL ? g_steal_pointer (&first) : g_strconcat (first, ".com", NULL);
}
