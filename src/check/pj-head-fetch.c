/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-head-fetch.h"

#include "check/pj-retr-budget.h"
#include "mail/pj-mail-headers.h"
#include "pop3/pj-pop3-fetch.h"

/* The headers of one check on their way. */
typedef struct
{
  /* Borrowed; the caller holds them */
  GPtrArray *messages;     /* of PjMessage, by place; NULL: its header is not there yet */
  GPtrArray *authserv_ids; /* of char * */
  const PjMailbox *mailbox;
  PjMailContext *context; /* NULL: nothing is known */
  const PjPop3Survey *survey;
  const GArray *numbers; /* of guint, by place */
  const GArray *asked;   /* of guint: the places asked for; NULL: all */

  /* Plain */
  guint n_given; /* headers that the server gave */
} Look;

/* A broken session leaves places empty. */
static void
unref_message (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

static void
put_message (Look *look, guint place, GBytes *head, char **authserv_id)
{
  const guint number = g_array_index (look->numbers, guint, place);
  const PjPop3Entry *entry = &g_array_index (look->survey->entries, PjPop3Entry, number - 1);

  look->messages->pdata[place] = pj_mail_headers_parse (
      look->mailbox->account_id, entry->uid, entry->octets, head, look->context, authserv_id);
}

static void
on_head (guint index, GBytes *bytes, gpointer user_data)
{
  Look *look = user_data;
  char *authserv_id = NULL;

  if (bytes == NULL)
    return;

  put_message (look, look->asked != NULL ? g_array_index (look->asked, guint, index) : index, bytes,
               &authserv_id);
  g_ptr_array_add (look->authserv_ids, authserv_id != NULL ? authserv_id : g_strdup (""));
  look->n_given++;
}

static gboolean
fetch_by_top (
    Look *look, PjPop3Session *session, GArray *numbers, GCancellable *cancellable, GError **error)
{
  return !pj_pop3_fetch_may_have_top (session) ||
         pj_pop3_fetch_heads (session, numbers, PJ_POP3_FETCH_BY_TOP, look->survey->count, on_head,
                              look, cancellable, error);
}

/* For a server that has no TOP: says so in CAPA, or has refused every one. */
static gboolean
fetch_by_retr (Look *look, PjPop3Session *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) asked = NULL;
  g_autoptr (GArray) numbers = NULL;
  gboolean is_good;

  if (look->n_given > 0 || !pj_mailbox_may_retr (look->mailbox, session))
    return TRUE;

  asked = pj_retr_budget_choose (look->survey, look->numbers);
  numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < asked->len; i++)
    g_array_append_val (numbers,
                        g_array_index (look->numbers, guint, g_array_index (asked, guint, i)));

  look->asked = asked;
  is_good = pj_pop3_fetch_heads (session, numbers, PJ_POP3_FETCH_BY_RETR, look->survey->count,
                                 on_head, look, cancellable, error);
  look->asked = NULL;

  return is_good;
}

/**
 * pj_head_fetch_run:
 * @session: a session in the TRANSACTION state with nothing outstanding
 * @mailbox: whose session; with account
 * @context: (nullable): what is known of the mailbox
 * @survey: what is in the mailbox
 * @numbers: (element-type guint): numbers of messages in @survey that have a
 *   UID, ascending
 * @authserv_ids: (element-type utf8): takes who claims to have verified each
 *   message whose header came; "" for nobody
 * @cancellable: (nullable): ends it
 * @error: return location; errors of pj_pop3_fetch_heads()
 *
 * Reads the headers of messages by TOP; where the server has none, by RETR as
 * far as pj_mailbox_may_retr() and pj_retr_budget_choose() allow. A message
 * whose header cannot be had so has UID and size alone. Blocks; check thread.
 *
 * Returns: (transfer full) (element-type PjMessage): one for each number, in
 *   their order
 */
GPtrArray *
pj_head_fetch_run (PjPop3Session *session,
                   const PjMailbox *mailbox,
                   PjMailContext *context,
                   const PjPop3Survey *survey,
                   GArray *numbers,
                   GPtrArray *authserv_ids,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (unref_message);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  Look look = {
    .messages = messages,
    .authserv_ids = authserv_ids,
    .mailbox = mailbox,
    .context = context,
    .survey = survey,
    .numbers = numbers,
  };

  g_return_val_if_fail (session != NULL && mailbox != NULL && survey != NULL, NULL);
  g_return_val_if_fail (numbers != NULL && authserv_ids != NULL, NULL);

  g_ptr_array_set_size (messages, (int) numbers->len);
  if (!fetch_by_top (&look, session, numbers, cancellable, error) ||
      !fetch_by_retr (&look, session, cancellable, error))
    return NULL;

  for (guint place = 0; place < numbers->len; place++)
    {
      if (messages->pdata[place] == NULL)
        put_message (&look, place, nothing, NULL);
    }

  return g_steal_pointer (&messages);
}
