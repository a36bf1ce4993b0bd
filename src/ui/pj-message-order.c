/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-message-order.h"

#include <gio/gio.h>
#include <string.h>

#include "model/pj-account.h"
#include "ui/pj-closures.h"

/*
 * The orders of the columns, for gtk_custom_sorter_new(). Not the sorters of
 * GTK on expressions: sorting fifty thousand mails asks for a million
 * comparisons, and those evaluate both expressions in each (two seconds for
 * subjects, where these take a tenth of one).
 */

/**
 * pj_message_order_by_state:
 * @one: a #PjMessage
 * @other: a #PjMessage
 * @unused: not looked at
 *
 * Returns: which comes first: suspicious, new, waiting, seen
 */
int
pj_message_order_by_state (gconstpointer one, gconstpointer other, gpointer unused)
{
  PjMessage *a = (PjMessage *) one;
  PjMessage *b = (PjMessage *) other;

  return pj_closure_state_rank (NULL, pj_message_get_state (a), pj_message_get_warnings (a)) -
         pj_closure_state_rank (NULL, pj_message_get_state (b), pj_message_get_warnings (b));
}

/* What a text is sorted by, made once for each mail: mails do not change. */
static const char *
get_key (PjMessage *message, GQuark quark, const char *text)
{
  char *key = g_object_get_qdata (G_OBJECT (message), quark);
  g_autofree char *folded = NULL;

  if (key != NULL)
    return key;

  folded = g_utf8_casefold (text, -1);
  key = g_utf8_collate_key (folded, -1);
  g_object_set_qdata_full (G_OBJECT (message), quark, key, g_free);

  return key;
}

static const char *
get_sender_key (PjMessage *message)
{
  const GQuark quark = g_quark_from_static_string ("pj-message-order-sender");
  const char *name = pj_message_get_from_name (message);

  return get_key (message, quark, *name != '\0' ? name : pj_message_get_from_address (message));
}

static const char *
get_subject_key (PjMessage *message)
{
  const GQuark quark = g_quark_from_static_string ("pj-message-order-subject");

  return get_key (message, quark, pj_message_get_subject (message));
}

/**
 * pj_message_order_by_sender:
 * @one: a #PjMessage
 * @other: a #PjMessage
 * @unused: not looked at
 *
 * Returns: which comes first by what the sender is called, as the locale sorts
 */
int
pj_message_order_by_sender (gconstpointer one, gconstpointer other, gpointer unused)
{
  return strcmp (get_sender_key ((PjMessage *) one), get_sender_key ((PjMessage *) other));
}

/**
 * pj_message_order_by_subject:
 * @one: a #PjMessage
 * @other: a #PjMessage
 * @unused: not looked at
 *
 * Returns: which comes first by subject, as the locale sorts
 */
int
pj_message_order_by_subject (gconstpointer one, gconstpointer other, gpointer unused)
{
  return strcmp (get_subject_key ((PjMessage *) one), get_subject_key ((PjMessage *) other));
}

static const char *
find_mailbox_name (GListModel *accounts, PjMessage *message)
{
  const guint n_accounts = g_list_model_get_n_items (accounts);

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (accounts, i);

      if (g_str_equal (pj_account_get_id (account), pj_message_get_account_id (message)) &&
          pj_account_get_name (account) != NULL)
        return pj_account_get_name (account); /* the list keeps it */
    }

  return "";
}

/**
 * pj_message_order_by_mailbox:
 * @one: a #PjMessage
 * @other: a #PjMessage
 * @accounts: (element-type PjAccount): the #GListModel of the mailboxes
 *
 * Returns: which comes first by the name of its mailbox, as the locale sorts
 */
int
pj_message_order_by_mailbox (gconstpointer one, gconstpointer other, gpointer accounts)
{
  PjMessage *a = (PjMessage *) one;
  PjMessage *b = (PjMessage *) other;

  if (g_str_equal (pj_message_get_account_id (a), pj_message_get_account_id (b)))
    return 0;

  return g_utf8_collate (find_mailbox_name (accounts, a), find_mailbox_name (accounts, b));
}

/**
 * pj_message_order_by_date:
 * @one: a #PjMessage
 * @other: a #PjMessage
 * @unused: not looked at
 *
 * Returns: which is older; without a date is oldest
 */
int
pj_message_order_by_date (gconstpointer one, gconstpointer other, gpointer unused)
{
  const gint64 a = pj_message_get_date ((PjMessage *) one);
  const gint64 b = pj_message_get_date ((PjMessage *) other);

  return a < b ? -1 : a > b;
}

/**
 * pj_message_order_by_size:
 * @one: a #PjMessage
 * @other: a #PjMessage
 * @unused: not looked at
 *
 * Returns: which is smaller
 */
int
pj_message_order_by_size (gconstpointer one, gconstpointer other, gpointer unused)
{
  const guint64 a = pj_message_get_octets ((PjMessage *) one);
  const guint64 b = pj_message_get_octets ((PjMessage *) other);

  return a < b ? -1 : a > b;
}
