/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify/pj-notify-policy.h"

#include <string.h>

#include "pj-config.h"
#include <glib/gi18n-lib.h>

#include "base/pj-text.h"

/*
 * What to tell of new messages: a pure function of them. What strangers wrote
 * is cleaned and cut here; mark-up is the business of whoever shows it.
 */

/* A line of a notification holds about so much on the desktops we know. */
#define MAX_NAME_CHARS 60
#define MAX_DOMAIN_CHARS 40
#define MAX_SUBJECT_CHARS 200

/**
 * pj_bubble_copy:
 * @self: a bubble
 *
 * Returns: (transfer full): one like it
 */
PjBubble *
pj_bubble_copy (const PjBubble *self)
{
  PjBubble *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (PjBubble, 1);
  copy->title = g_strdup (self->title);
  copy->body = g_strdup (self->body);
  copy->account_id = g_strdup (self->account_id);
  copy->uid = g_strdup (self->uid);

  return copy;
}

/**
 * pj_bubble_free:
 * @self: (transfer full) (nullable): the bubble
 */
void
pj_bubble_free (PjBubble *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->body);
  g_free (self->account_id);
  g_free (self->uid);
  g_free (self);
}

/* @title, @body: (transfer full) */
static PjBubble *
bubble_new (PjMessage *message, gboolean is_single, char *title, char *body)
{
  PjBubble *self = g_new0 (PjBubble, 1);

  self->title = title;
  self->body = body;
  self->account_id = g_strdup (pj_message_get_account_id (message));
  self->uid = is_single ? g_strdup (pj_message_get_uid (message)) : NULL;

  return self;
}

/* The end of a domain tells whose it is, so a long one loses its beginning. */
static char *
dup_domain (const char *address)
{
  const char *at = strrchr (address, '@');
  g_autofree char *domain = pj_text_clean_line (at != NULL ? at + 1 : "", -1, strlen (address));
  glong chars = g_utf8_strlen (domain, -1);

  if (chars <= MAX_DOMAIN_CHARS)
    return g_steal_pointer (&domain);

  return g_strconcat ("…", g_utf8_offset_to_pointer (domain, chars - MAX_DOMAIN_CHARS), NULL);
}

/* A name is what the sender likes it to be: it never stands without the
 * domain of the address. */
static char *
dup_sender (PjMessage *message)
{
  const char *address = pj_message_get_from_address (message);
  g_autofree char *name =
      pj_text_clean_line (pj_message_get_from_name (message), -1, MAX_NAME_CHARS);
  g_autofree char *domain = dup_domain (address);

  if (*name == '\0' && *address == '\0')
    return g_strdup (_ ("Unknown sender"));

  if (*name == '\0' && strlen (address) > MAX_NAME_CHARS && *domain != '\0')
    {
      g_autofree char *local = g_strndup (address, (gsize) (strrchr (address, '@') - address));
      g_autofree char *cut = pj_text_clean_line (local, -1, MAX_NAME_CHARS - MAX_DOMAIN_CHARS);

      return g_strdup_printf ("%s@%s", cut, domain);
    }

  if (*name == '\0')
    return pj_text_clean_line (address, -1, MAX_NAME_CHARS);

  if (*domain == '\0')
    return g_steal_pointer (&name);

  /* TRANSLATORS: the sender of a mail: a name, and the domain of the address */
  return g_strdup_printf (_ ("%s (%s)"), name, domain);
}

static char *
dup_subject (PjMessage *message)
{
  g_autofree char *subject =
      pj_text_clean_line (pj_message_get_subject (message), -1, MAX_SUBJECT_CHARS);

  return *subject != '\0' ? g_steal_pointer (&subject) : g_strdup (_ ("(no subject)"));
}

/* Returns: (transfer full): the first senders, each once, on one line */
static char *
dup_senders (GPtrArray *messages)
{
  g_autoptr (GPtrArray) senders = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;
  gboolean is_cut = FALSE;

  for (guint i = 0; i < messages->len && !is_cut; i++)
    {
      g_autofree char *sender = dup_sender (g_ptr_array_index (messages, i));

      if (g_ptr_array_find_with_equal_func (senders, sender, g_str_equal, NULL))
        continue;

      is_cut = senders->len == PJ_NOTIFY_MAX_SINGLE;
      if (!is_cut)
        g_ptr_array_add (senders, g_steal_pointer (&sender));
    }

  g_ptr_array_add (senders, NULL);
  joined = g_strjoinv (", ", (char **) senders->pdata);
  if (!is_cut)
    return g_steal_pointer (&joined);

  /* TRANSLATORS: %s: the first senders, with commas between them */
  return g_strdup_printf (_ ("%s and others"), joined);
}

static PjBubble *
decide_baseline (const char *account, GPtrArray *messages)
{
  return bubble_new (g_ptr_array_index (messages, 0), FALSE, g_strdup (account),
                     g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u message already there",
                                                   "%u messages already there", messages->len),
                                      messages->len));
}

static PjBubble *
decide_summary (const char *account, GPtrArray *messages)
{
  /* TRANSLATORS: %s: the name of a mailbox */
  char *title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u new message in %s", "%u new messages in %s", messages->len),
      messages->len, account);

  return bubble_new (g_ptr_array_index (messages, 0), FALSE, title, dup_senders (messages));
}

/**
 * pj_notify_policy_decide:
 * @account_name: what the user calls the account
 * @messages: (element-type PjMessage): what a check has added, all of one account
 * @is_baseline: whether it was the account's first, so that nothing is new
 *
 * Returns: (transfer full) (element-type PjBubble): what to show: nothing, one
 *   for each of a few, or one for all
 */
GPtrArray *
pj_notify_policy_decide (const char *account_name, GPtrArray *messages, gboolean is_baseline)
{
  g_autoptr (GPtrArray) bubbles = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_bubble_free);
  g_autofree char *account = NULL;

  g_return_val_if_fail (account_name != NULL && messages != NULL, NULL);

  account = pj_text_clean_line (account_name, -1, MAX_NAME_CHARS);
  if (messages->len == 0)
    return g_steal_pointer (&bubbles);

  if (is_baseline)
    {
      g_ptr_array_add (bubbles, decide_baseline (account, messages));
    }
  else if (messages->len > PJ_NOTIFY_MAX_SINGLE)
    {
      g_ptr_array_add (bubbles, decide_summary (account, messages));
    }
  else
    {
      for (guint i = 0; i < messages->len; i++)
        {
          PjMessage *message = g_ptr_array_index (messages, i);

          g_ptr_array_add (bubbles,
                           bubble_new (message, TRUE, dup_sender (message), dup_subject (message)));
        }
    }

  return g_steal_pointer (&bubbles);
}
