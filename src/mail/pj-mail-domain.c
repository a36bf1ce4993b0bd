/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-domain.h"

#include <string.h>

#include <libpsl.h>
#include <unicode/uidna.h>

#include "mail/pj-mail-look-alike.h"
#include "mail/pj-mail-script.h"

/* Those of the rules for hyphens are broken by hosts that exist, and browsers
 * let them (WHATWG URL, "domain to ASCII", CheckHyphens false). */
#define FORGIVEN (UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4)

/* Opened once and only read afterwards: ICU lets any thread ask it then. */
static gpointer
open_idna (gpointer data)
{
  UErrorCode status = U_ZERO_ERROR;
  UIDNA *idna =
      uidna_openUTS46 (UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII |
                           UIDNA_NONTRANSITIONAL_TO_UNICODE,
                       &status);

  if (U_FAILURE (status))
    g_error ("ICU has no data for names of hosts: %s", u_errorName (status));

  return idna;
}

static const UIDNA *
get_idna (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, open_idna, NULL);
}

static gboolean
is_host_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.';
}

/**
 * pj_mail_domain_to_ascii:
 * @host: name of a host, in letters of any script or in punycode; no number of
 *   IPv6
 *
 * Brings a name to the one form in which it is looked up: lower case, one kind
 * of dot, punycode, no dot at its end. Any thread.
 *
 * Reference: RFC 5891; Unicode UTS 46, non-transitional
 *
 * Returns: (transfer full) (nullable): the name; %NULL when no host can have it,
 *   or it is longer than %PJ_MAIL_DOMAIN_MAX_BYTES
 */
char *
pj_mail_domain_to_ascii (const char *host)
{
  char ascii[PJ_MAIL_DOMAIN_MAX_BYTES];
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  gsize len;
  int32_t n;

  g_return_val_if_fail (host != NULL, NULL);

  len = strlen (host);
  if (len == 0 || len > PJ_MAIL_DOMAIN_MAX_BYTES || !g_utf8_validate (host, (gssize) len, NULL))
    return NULL;

  n = uidna_nameToASCII_UTF8 (get_idna (), host, (int32_t) len, ascii, (int32_t) sizeof ascii,
                              &info, &status);
  if (U_FAILURE (status) || (info.errors & ~(uint32_t) FORGIVEN) != 0)
    return NULL;
  if (n > 0 && n <= (int32_t) sizeof ascii && ascii[n - 1] == '.')
    n--;
  if (n <= 0 || n > (int32_t) sizeof ascii)
    return NULL;
  for (int32_t i = 0; i < n; i++)
    {
      if (!is_host_char (ascii[i]))
        return NULL;
    }

  return g_strndup (ascii, (gsize) n);
}

/**
 * pj_mail_domain_to_unicode:
 * @ascii: what pj_mail_domain_to_ascii() returned
 *
 * Any thread.
 *
 * Returns: (transfer full): @ascii in the letters that it stands for, which may
 *   deceive: see pj_mail_domain_to_shown()
 */
char *
pj_mail_domain_to_unicode (const char *ascii)
{
  char name[4 * PJ_MAIL_DOMAIN_MAX_BYTES];
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  int32_t n;

  g_return_val_if_fail (ascii != NULL, NULL);

  if (strstr (ascii, "xn--") == NULL || strlen (ascii) > PJ_MAIL_DOMAIN_MAX_BYTES)
    return g_strdup (ascii);

  n = uidna_nameToUnicodeUTF8 (get_idna (), ascii, -1, name, (int32_t) sizeof name, &info, &status);
  if (U_FAILURE (status) || (info.errors & ~(uint32_t) FORGIVEN) != 0 || n > (int32_t) sizeof name)
    return g_strdup (ascii);

  return g_strndup (name, (gsize) n);
}

/**
 * pj_mail_domain_is_number:
 * @ascii: a host
 *
 * Returns: whether @ascii is an address of IPv4 in four numbers, or one of IPv6
 *   in brackets
 */
gboolean
pj_mail_domain_is_number (const char *ascii)
{
  g_return_val_if_fail (ascii != NULL, FALSE);

  return *ascii == '[' || g_hostname_is_ip_address (ascii);
}

/**
 * pj_mail_domain_is_public:
 * @ascii: what pj_mail_domain_to_ascii() returned
 *
 * Any thread.
 *
 * Returns: whether the last part of @ascii is one under which names are
 *   registered ("com", "pl"), so that @ascii may be found in the public DNS
 */
gboolean
pj_mail_domain_is_public (const char *ascii)
{
  const char *last;

  g_return_val_if_fail (ascii != NULL, FALSE);

  last = strrchr (ascii, '.');
  return last != NULL && psl_is_public_suffix2 (psl_builtin (), last + 1,
                                                PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) == 1;
}

/**
 * pj_mail_domain_get_registrable:
 * @ascii: what pj_mail_domain_to_ascii() returned, or a number
 *
 * Finds whom a host belongs to: "bank.co.uk" of "www.bank.co.uk". Any thread.
 *
 * Returns: (transfer none): the end of @ascii that somebody can register; all of
 *   it where nobody can
 */
const char *
pj_mail_domain_get_registrable (const char *ascii)
{
  const char *registrable;

  g_return_val_if_fail (ascii != NULL, NULL);

  if (pj_mail_domain_is_number (ascii))
    return ascii;

  registrable = psl_registrable_domain (psl_builtin (), ascii);
  return registrable != NULL ? registrable : ascii;
}

/**
 * pj_mail_domain_is_same_site:
 * @a: a host in ASCII
 * @b: another one
 *
 * Returns: whether both belong to the same owner: the registrable domain is one
 */
gboolean
pj_mail_domain_is_same_site (const char *a, const char *b)
{
  return g_str_equal (pj_mail_domain_get_registrable (a), pj_mail_domain_get_registrable (b));
}

/* What is registered together with that under which it is: "aaa" in Latin below
 * an end in Cyrillic is as odd as both in one word. Ends in ASCII go with all. */
static char *
join_registered_labels (const char *ascii)
{
  g_autofree char *name = pj_mail_domain_to_unicode (pj_mail_domain_get_registrable (ascii));
  g_auto (GStrv) labels = g_strsplit (name, ".", -1);
  GString *joined = g_string_new (labels[0]);

  for (guint i = 1; labels[0] != NULL && labels[i] != NULL; i++)
    {
      if (!g_str_is_ascii (labels[i]))
        g_string_append (joined, labels[i]);
    }

  return g_string_free (joined, FALSE);
}

/**
 * pj_mail_domain_is_mixed:
 * @ascii: what pj_mail_domain_to_ascii() returned, or a number
 *
 * Any thread.
 *
 * Returns: whether a part of @ascii, or the registered one and what it is
 *   registered under, has letters of scripts that do not go together
 */
gboolean
pj_mail_domain_is_mixed (const char *ascii)
{
  g_autofree char *name = NULL;
  g_autofree char *registered = NULL;
  g_auto (GStrv) labels = NULL;

  g_return_val_if_fail (ascii != NULL, FALSE);

  if (strstr (ascii, "xn--") == NULL)
    return FALSE;

  name = pj_mail_domain_to_unicode (ascii);
  labels = g_strsplit (name, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      if (pj_mail_script_is_mixed (labels[i]))
        return TRUE;
    }

  registered = join_registered_labels (ascii);
  return pj_mail_script_is_mixed (registered);
}

/* Below an end in letters of its own a name may well look like ASCII: the end
 * tells the reader what it is. */
static gboolean
deceives_nobody (const char *ascii, const char *name)
{
  g_auto (GStrv) labels = g_strsplit (name, ".", -1);
  guint n = g_strv_length (labels);
  gboolean is_below_ascii = n == 0 || g_str_is_ascii (labels[n - 1]);

  for (guint i = 0; i < n; i++)
    {
      if (g_str_is_ascii (labels[i]))
        continue;
      if (!pj_mail_script_is_usual (labels[i]))
        return FALSE;
      if (is_below_ascii && pj_mail_script_passes_for_ascii (labels[i]))
        return FALSE;
    }

  return !pj_mail_domain_is_mixed (ascii) && pj_mail_look_alike_find_imitated (ascii) == NULL;
}

/**
 * pj_mail_domain_to_shown:
 * @ascii: what pj_mail_domain_to_ascii() returned, or a number
 *
 * Any thread.
 *
 * Returns: (transfer full): @ascii in the letters that it stands for where each
 *   part is in one script and cannot be taken for another; otherwise @ascii
 */
char *
pj_mail_domain_to_shown (const char *ascii)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (ascii != NULL, NULL);

  name = pj_mail_domain_to_unicode (ascii);
  if (g_str_is_ascii (name) || !deceives_nobody (ascii, name))
    return g_strdup (ascii);

  return g_steal_pointer (&name);
}
