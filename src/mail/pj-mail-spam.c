/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-spam.h"

#include <string.h>

#include "base/pj-text.h"

/* Verdicts list the rules that led to them; the first of these say enough. */
#define MAX_VERDICT_CHARS 200

/* SpamAssassin's own threshold ("required_score"). */
#define SPAM_STARS 5

/* Exchange: 5 and 6 are spam, 9 is surely so; 0 and 1 are not, -1 was not looked at. */
#define SPAM_CONFIDENCE 5

/* Yandex: 1 is good, 4 is spam. */
#define YANDEX_SPAM '4'

static gboolean
begins_with (const char *value, const char *word)
{
  return g_ascii_strncasecmp (value, word, strlen (word)) == 0 &&
         !g_ascii_isalnum (value[strlen (word)]);
}

static gboolean
says_yes (const char *value)
{
  return begins_with (value, "yes") || begins_with (value, "true") || begins_with (value, "spam");
}

static gboolean
has_stars (const char *value)
{
  return strspn (value, "*") >= SPAM_STARS;
}

/* Rspamd: "reject", "add header", "rewrite subject"; otherwise "no action",
 * "greylist", "soft reject". */
static gboolean
acts_on_it (const char *value)
{
  return begins_with (value, "reject") || begins_with (value, "add header") ||
         begins_with (value, "rewrite subject");
}

/* Rspamd: "default: True [9.10 / 15.00]; ..." */
static gboolean
has_true_result (const char *value)
{
  const char *result = strchr (value, ':');

  return result != NULL && begins_with (result + 1 + strspn (result + 1, " "), "true");
}

/* Exchange Online: "CIP:...;SFV:SPM;..."; SPM: by content, SKS: by a rule, SKB: by a
 * list of senders; SFV:NSPM is none. */
static gboolean
is_filtered (const char *value)
{
  return strstr (value, "SFV:SPM") != NULL || strstr (value, "SFV:SKS") != NULL ||
         strstr (value, "SFV:SKB") != NULL;
}

static gboolean
is_confident (const char *value)
{
  return g_ascii_strtoll (value, NULL, 10) >= SPAM_CONFIDENCE;
}

static gboolean
is_yandex_spam (const char *value)
{
  return value[0] == YANDEX_SPAM && value[1] == '\0';
}

typedef struct
{
  const char *field;
  gboolean (*is_spam) (const char *value);
} Rule;

static const Rule rules[] = {
  { "X-Spam-Flag", says_yes },
  { "X-Spam-Status", says_yes },
  { "X-Spam-Level", has_stars },
  { "X-Spam", says_yes },
  { "X-Rspamd-Action", acts_on_it },
  { "X-Spamd-Result", has_true_result },
  { "X-Bogosity", says_yes },
  { "X-DSPAM-Result", says_yes },
  { "X-Barracuda-Spam-Flag", says_yes },
  { "X-Ovh-Spam-Status", says_yes },
  { "X-VR-Spamstate", says_yes },
  { "X-WP-Spam", says_yes },
  { "X-Purgate-Type", says_yes },
  { "X-Yandex-Spam", is_yandex_spam },
  { "X-MS-Exchange-Organization-SCL", is_confident },
  { "X-Forefront-Antispam-Report", is_filtered },
};

static gboolean
is_spam (const PjMailRawField *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (g_ascii_strcasecmp (field->name, rules[i].field) == 0)
        return rules[i].is_spam (field->value);
    }

  return FALSE;
}

/**
 * pj_mail_spam_find_verdict:
 * @scan: header of a mail
 *
 * Finds out whether a filter on the way took the mail for spam. That one did
 * not says nothing: the sender may have written so. Any thread.
 *
 * Returns: (transfer full) (nullable): the field that says so, cleaned and cut;
 *   %NULL when none does
 */
char *
pj_mail_spam_find_verdict (const PjMailHeaderScan *scan)
{
  g_return_val_if_fail (scan != NULL, NULL);

  for (guint i = 0; i < scan->fields->len; i++)
    {
      const PjMailRawField *field = g_ptr_array_index (scan->fields, i);
      g_autofree char *line = NULL;

      /* All of the fields above begin with it. */
      if (g_ascii_strncasecmp (field->name, "X-", 2) != 0 || !is_spam (field))
        continue;

      line = g_strdup_printf ("%s: %s", field->name, field->value);
      return pj_text_clean_line (line, -1, MAX_VERDICT_CHARS);
    }

  return NULL;
}
