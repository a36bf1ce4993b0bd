/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-look-alike.h"

#include <string.h>

#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-script.h"

/* Shorter names are like one another by chance. */
#define MIN_CHARS 5

/* Those in whose name most is asked for: what they are registered as, without
 * the country. A name of the list is no imitation of another one of it. */
static const char *const known[] = {
  "adobe",           "airbnb",        "alibaba",         "aliexpress",  "aliorbank",
  "allegro",         "amazon",        "americanexpress", "apple",       "bankmillennium",
  "bankofamerica",   "barclays",      "binance",         "blockchain",  "bnpparibas",
  "booking",         "citibank",      "coinbase",        "commerzbank", "credit-agricole",
  "creditagricole",  "deutsche-bank", "deutschebank",    "discord",     "docusign",
  "dropbox",         "facebook",      "fedex",           "github",      "gitlab",
  "gmail",           "godaddy",       "google",          "icloud",      "inpost",
  "instagram",       "interia",       "klarna",          "kraken",      "laposte",
  "linkedin",        "mastercard",    "mbank",           "metamask",    "microsoft",
  "microsoftonline", "nestbank",      "netflix",         "office365",   "onedrive",
  "outlook",         "paypal",        "pekao",           "pkobp",       "poczta-polska",
  "pocztapolska",    "postbank",      "protonmail",      "revolut",     "roblox",
  "santander",       "snapchat",      "sparkasse",       "spotify",     "steamcommunity",
  "steampowered",    "stripe",        "telegram",        "tiktok",      "twitter",
  "vinted",          "wellsfargo",    "whatsapp",        "yahoo",       "youtube",
  "appie", /* a real shop's, near "apple" */
};

/* Pairs that skeletons leave apart and yet are taken for each other at a glance. */
static const struct
{
  char from;
  char to;
} swaps[] = {
  { '3', 'e' }, { '4', 'a' }, { '5', 's' }, { '8', 'b' }, { 'i', 'l' },
};

static char
swap (char c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (swaps); i++)
    {
      if (swaps[i].from == c)
        return swaps[i].to;
    }

  return c;
}

static void
append_folded (GString *folded, gunichar c)
{
  if (c >= 0x80)
    {
      if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK)
        g_string_append_unichar (folded, c);
      return;
    }

  /* A skeleton has "O" for zero. */
  if (c != '-')
    g_string_append_c (folded, swap (g_ascii_tolower ((char) c)));
}

/* Goes further than a skeleton: without marks and hyphens, and with letters that
 * are like each other only at a glance. */
static char *
fold (const char *label)
{
  g_autofree char *skeleton = pj_mail_script_dup_skeleton (label);
  GString *folded = g_string_sized_new (strlen (skeleton));

  for (const char *p = skeleton; *p != '\0'; p = g_utf8_next_char (p))
    append_folded (folded, g_utf8_get_char (p));
  g_string_replace (folded, "vv", "w", 0);
  g_string_replace (folded, "cl", "d", 0);

  return g_string_free (folded, FALSE);
}

/* Returns: (transfer full): what was registered, without that under which */
static char *
dup_registered_label (const char *ascii)
{
  const char *registrable = pj_mail_domain_get_registrable (ascii);
  g_autofree char *label = g_strndup (registrable, strcspn (registrable, "."));

  return pj_mail_domain_to_unicode (label);
}

/**
 * pj_mail_look_alike_is_pair:
 * @a: a host in ASCII
 * @b: another one
 *
 * Any thread.
 *
 * Returns: whether the two belong to different owners and one is easily taken
 *   for the other: what was registered differs, but only in letters that look
 *   alike
 */
gboolean
pj_mail_look_alike_is_pair (const char *a, const char *b)
{
  g_autofree char *label_a = NULL;
  g_autofree char *label_b = NULL;
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (pj_mail_domain_is_number (a) || pj_mail_domain_is_number (b))
    return FALSE;

  label_a = dup_registered_label (a);
  label_b = dup_registered_label (b);
  if (g_str_equal (label_a, label_b))
    return FALSE;

  folded_a = fold (label_a);
  folded_b = fold (label_b);
  return g_str_equal (folded_a, folded_b);
}

/**
 * pj_mail_look_alike_dup_look:
 * @ascii: a host in ASCII
 *
 * Any thread.
 *
 * Returns: (transfer full): what was registered, folded so that it is equal for
 *   all that pj_mail_look_alike_is_pair(); to look up many at once
 */
char *
pj_mail_look_alike_dup_look (const char *ascii)
{
  g_autofree char *label = NULL;

  g_return_val_if_fail (ascii != NULL, NULL);

  label = dup_registered_label (ascii);
  return fold (label);
}

static gboolean
has_letters_beside_latin (const char *label)
{
  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c) && g_unichar_get_script (c) != G_UNICODE_SCRIPT_LATIN)
        return TRUE;
    }

  return FALSE;
}

/**
 * pj_mail_look_alike_is_homograph:
 * @ascii: a host in ASCII
 *
 * Any thread.
 *
 * Returns: whether @ascii stands for letters of other scripts than Latin that
 *   look Latin, below an end in Latin: "аррӏе.com" in Cyrillic
 */
gboolean
pj_mail_look_alike_is_homograph (const char *ascii)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) labels = NULL;
  guint n;

  g_return_val_if_fail (ascii != NULL, FALSE);

  if (strstr (ascii, "xn--") == NULL)
    return FALSE;

  name = pj_mail_domain_to_unicode (ascii);
  labels = g_strsplit (name, ".", -1);
  n = g_strv_length (labels);
  if (n == 0 || !g_str_is_ascii (labels[n - 1]))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (has_letters_beside_latin (labels[i]) && pj_mail_script_passes_for_ascii (labels[i]))
        return TRUE;
    }

  return FALSE;
}

/* Made once and only read afterwards. */
static gpointer
fold_known (gpointer data)
{
  GHashTable *by_folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = G_N_ELEMENTS (known); i-- > 0;)
    g_hash_table_replace (by_folded, fold (known[i]), (gpointer) known[i]);

  return by_folded;
}

static const char *
find_known (const char *label)
{
  static GOnce once = G_ONCE_INIT;
  GHashTable *by_folded = g_once (&once, fold_known, NULL);
  g_autofree char *folded = fold (label);

  return g_hash_table_lookup (by_folded, folded);
}

static gboolean
is_known (const char *label)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_str_equal (known[i], label))
        return TRUE;
    }

  return FALSE;
}

/* Whether what begins there could be read as the end of a host: "com", "pl", "com-login". */
static gboolean
reads_as_end (const char *label)
{
  static const char *const ends[] = { "com", "net", "org" };
  gsize len = strcspn (label, ".-");

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (strlen (ends[i]) == len && strncmp (label, ends[i], len) == 0)
        return TRUE;
    }

  return len == 2;
}

/* Finds "paypal.com" at the beginning of "www.paypal.com.login.example". */
static const char *
find_known_in_front (const char *ascii)
{
  const char *registrable = pj_mail_domain_get_registrable (ascii);
  const char *next;

  for (const char *label = ascii; label < registrable; label = next)
    {
      g_autofree char *name = g_strndup (label, strcspn (label, "."));

      next = label + strlen (name) + 1;
      if (is_known (name) && reads_as_end (next))
        return find_known (name);
    }

  return NULL;
}

/**
 * pj_mail_look_alike_find_imitated:
 * @ascii: a host in ASCII
 *
 * Compares with the names that are imitated most. Any thread.
 *
 * Returns: (transfer none) (nullable): which of them @ascii is easily taken
 *   for: it differs in letters that look alike, or has the other one in front
 *   of what was registered
 */
const char *
pj_mail_look_alike_find_imitated (const char *ascii)
{
  g_autofree char *label = NULL;
  const char *imitated;

  g_return_val_if_fail (ascii != NULL, NULL);

  if (pj_mail_domain_is_number (ascii))
    return NULL;

  label = dup_registered_label (ascii);
  if (is_known (label))
    return NULL;

  imitated = g_utf8_strlen (label, -1) >= MIN_CHARS ? find_known (label) : NULL;
  return imitated != NULL ? imitated : find_known_in_front (ascii);
}
