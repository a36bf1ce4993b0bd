/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-code.h"

#include <string.h>

/*
 * One-time codes, which people wait for in order to sign in somewhere. A mail
 * that has one says so in its first lines, and means nothing else.
 */

#define MAX_BYTES 4000
#define MAX_LINES 40

/* A code stands in the line that announces it or a few below. */
#define REACH_LINES 3

/* What announces one, in the languages of many; and what merely sounds so. */
#define ANNOUNCES                                                                                  \
  "(verification|verify|security|confirmation|login|log-in|sign-in|signin|access|authentication|"  \
  "authorization|activation|one[- ]time|single[- ]use|your|this|following|temporary|2fa|reset)"    \
  "( [\\p{L}\\p{N}.'-]+){0,3} (code|passcode|pin|password)\\b"                                     \
  "|\\b(passcode|otp|one[- ]time password)\\b"                                                     \
  "|\\bcode( is)?:|\\b(pin|2fa|tan)( code)?:"                                                      \
  "|\\bkod(u|em)? (weryfikac|jednoraz|logowani|autoryzac|potwierdz|aktywac|bezpiecz|dost[eę]p)"   \
  "|\\b(tw[oó]j|jednorazowy|poni[zż]szy) kod\\b|\\bkod(em)?( to)?:|\\bhas[lł]o jednorazowe"     \
  "|(best[aä]tigungs|sicherheits|einmal|verifizierungs|anmelde|zugangs|aktivierungs)-?code"       \
  "|\\bcode (de |à )(v[eé]rification|s[eé]curit[eé]|confirmation|connexion|usage unique)"      \
  "|\\bc[oó]digo de (verificaci|seguridad|seguran|confirma|acceso|acesso|inicio)"                 \
  "|\\bcodice di (verifica|sicurezza|conferma|accesso)|(verificatie|beveiligings|inlog)code"

#define MERELY_SOUNDS                                                                              \
  "(promo|promotion|discount|coupon|voucher|gift|postal|post|zip|area|country|source|error|"       \
  "tracking|dress|bar|qr|product|order|referral|invite|invitation|status|swift) ?code"             \
  "|kod(u|em)? (pocztow|rabatow|promocyjn|produkt|źr[oó]d|kresk|paskow|qr|zni[zż])"             \
  "|(gutschein|rabatt)-?code|code (promo|postal)|c[oó]digo (postal|promocional)|codice "          \
  "(sconto|fiscale)"

/* Digits alone, in two halves, or behind a letter as "G-"; letters and digits
 * mixed. Not within a number that goes on: a date, a price, a telephone. */
#define CODE                                                                                       \
  "(?<![\\p{L}\\p{N}.,:/+#$€£@_%-])(?<!\\d )"                                                   \
  "(?:[A-Z]{1,3}-)?"                                                                               \
  "(\\d{4,9}|\\d{3}[ -]\\d{3,4}|\\d{4} \\d{4}|(?=[A-Z]*\\d)(?=\\d*[A-Z])[A-Z0-9]{5,9})"            \
  "(?! ?\\d|[\\p{L}\\p{N}@_%/:€$£-]|[.,]\\d| ?(?:zł|PLN|EUR|USD|GBP|%))"

#define YEAR "^(19|20)\\d\\d$"

static GRegex *
compile (const char *pattern, GRegexCompileFlags flags)
{
  return g_regex_new (pattern, flags | G_REGEX_OPTIMIZE, 0, NULL);
}

/* Returns: (transfer full) (nullable): the first code in @line, without blanks
 *   and hyphens */
static char *
find_in_line (const char *line)
{
  static gsize once = 0;
  static GRegex *code;
  static GRegex *year;
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&once))
    {
      code = compile (CODE, 0);
      year = compile (YEAR, 0);
      g_once_init_leave (&once, 1);
    }

  for (g_regex_match (code, line, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 1);
      char *end = word;

      if (g_regex_match (year, word, 0, NULL))
        continue;
      for (const char *c = word; *c != '\0'; c++)
        {
          if (*c != ' ' && *c != '-')
            *end++ = *c;
        }
      *end = '\0';
      return g_steal_pointer (&word);
    }

  return NULL;
}

static gboolean
announces_code (const char *line)
{
  static gsize once = 0;
  static GRegex *announces;
  static GRegex *merely_sounds;

  if (g_once_init_enter (&once))
    {
      announces = compile (ANNOUNCES, G_REGEX_CASELESS);
      merely_sounds = compile (MERELY_SOUNDS, G_REGEX_CASELESS);
      g_once_init_leave (&once, 1);
    }

  return g_regex_match (announces, line, 0, NULL) && !g_regex_match (merely_sounds, line, 0, NULL);
}

static char *
find_in_text (const char *text, gboolean is_announced)
{
  g_autofree char *start = g_strndup (text, MIN (strlen (text), MAX_BYTES));
  g_autofree char *valid = g_utf8_make_valid (start, -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", MAX_LINES + 1);
  guint left = is_announced ? REACH_LINES : 0;

  for (guint i = 0; i < MAX_LINES && lines[i] != NULL; i++)
    {
      char *code;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      if (announces_code (lines[i]))
        left = REACH_LINES;
      if (left == 0)
        continue;

      left--;
      code = find_in_line (lines[i]);
      if (code != NULL)
        return code;
    }

  return NULL;
}

/**
 * pj_mail_code_find:
 * @subject: of a mail, cleaned
 * @text: its text, cleaned
 *
 * Looks in the subject and the first lines for a code that is to be typed in
 * somewhere. A guess: it only offers to copy what it finds. Any thread.
 *
 * Returns: (transfer full) (nullable): the code; %NULL without one
 */
char *
pj_mail_code_find (const char *subject, const char *text)
{
  gboolean is_announced;
  char *code;

  g_return_val_if_fail (subject != NULL && text != NULL, NULL);

  is_announced = announces_code (subject);
  code = is_announced ? find_in_line (subject) : NULL;

  return code != NULL ? code : find_in_text (text, is_announced);
}
