/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-unsubscribe.h"

#include <string.h>

#include "mail/pj-mail-link-reader.h"

/* Lists give one page and one address, some a second page. */
#define MAX_TARGETS 10

/* RFC 2369 section 2: targets in angle brackets, commas between them. Blanks within
 * the brackets come from folding.
 * Returns: (nullable): where to go on */
static const char *
take_target (const char *value, GString *target)
{
  const char *start = strchr (value, '<');
  const char *end = start != NULL ? strchr (start, '>') : NULL;

  if (end == NULL)
    return NULL;

  g_string_truncate (target, 0);
  for (const char *c = start + 1; c < end; c++)
    {
      if (!g_ascii_isspace (*c))
        g_string_append_c (target, *c);
    }

  return end + 1;
}

static PjMailLink *
find_in_field (const char *value)
{
  g_autoptr (GString) target = g_string_new (NULL);
  const char *next = value;

  for (guint i = 0; i < MAX_TARGETS && (next = take_target (next, target)) != NULL; i++)
    {
      g_autoptr (PjMailLink) link = NULL;

      if (g_ascii_strncasecmp (target->str, "https:", strlen ("https:")) != 0)
        continue;
      link = pj_mail_link_read (target->str, NULL);
      if (link->can_open)
        return g_steal_pointer (&link);
    }

  return NULL;
}

/**
 * pj_mail_unsubscribe_find:
 * @scan: header of a mail
 *
 * Finds the page on which a list says that it can be left. Only https: what one
 * wants to be rid of is nobody else's business. Nothing is sent there, not
 * even where RFC 8058 invites to. Any thread.
 *
 * Reference: RFC 2369 section 3.2.
 *
 * Returns: (transfer full) (nullable): a link that can be opened; %NULL without one
 */
PjMailLink *
pj_mail_unsubscribe_find (const PjMailHeaderScan *scan)
{
  g_return_val_if_fail (scan != NULL, NULL);

  for (guint i = 0; i < scan->fields->len; i++)
    {
      const PjMailRawField *field = g_ptr_array_index (scan->fields, i);
      PjMailLink *link;

      if (g_ascii_strcasecmp (field->name, "List-Unsubscribe") != 0)
        continue;
      link = find_in_field (field->value);
      if (link != NULL)
        return link;
    }

  return NULL;
}
