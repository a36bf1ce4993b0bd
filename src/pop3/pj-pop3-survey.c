/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-survey.h"

#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-listing.h"

static void
entry_clear (gpointer data)
{
  PjPop3Entry *entry = data;

  g_free (entry->uid);
}

/**
 * pj_pop3_survey_free: (skip)
 * @self: (transfer full) (nullable): a survey
 */
void
pj_pop3_survey_free (PjPop3Survey *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->entries);
  g_free (self);
}

typedef void (*RowFunc) (PjPop3Survey *self, const char *row);

static void
on_uid_row (PjPop3Survey *self, const char *row)
{
  const char *uid = NULL;
  guint number;
  PjPop3Entry *entry;

  if (!pj_pop3_listing_parse_uid (row, self->count, &number, &uid))
    return;

  /* The first row for a number stands: a second one cannot be meant. */
  entry = &g_array_index (self->entries, PjPop3Entry, number - 1);
  if (entry->uid == NULL)
    entry->uid = g_strdup (uid);
}

static void
on_size_row (PjPop3Survey *self, const char *row)
{
  guint number;
  guint64 octets;

  if (pj_pop3_listing_parse_size (row, self->count, &number, &octets))
    g_array_index (self->entries, PjPop3Entry, number - 1).octets = octets;
}

/* Takes the rows of a listing whose command was just accepted. */
static gboolean
take_rows (PjPop3Survey *self,
           PjPop3Session *session,
           RowFunc on_row,
           GCancellable *cancellable,
           GError **error)
{
  const char *row = NULL;

  /* One row a message, and some patience for rows that are none. */
  for (guint rows = 0; rows <= 2 * self->count + 100; rows++)
    {
      if (!pj_pop3_session_receive_row (session, &row, cancellable, error))
        return FALSE;

      if (row == NULL)
        return TRUE;

      on_row (self, row);
    }

  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                       "The server's listing has no end");
  return FALSE;
}

/* -ERR to UIDL is an answer, too: "I have none". But a server that said in
 * CAPA that it has them means "not this time", and forgetting all that is
 * known would announce every message again. */
static gboolean
ask_uids (PjPop3Survey *self, PjPop3Session *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  pj_pop3_session_send (session, PJ_POP3_MULTI, "UIDL");
  if (pj_pop3_session_receive (session, NULL, cancellable, &refusal))
    return take_rows (self, session, on_uid_row, cancellable, error);

  if (pj_pop3_session_is_usable (session) &&
      !pj_pop3_capabilities_has (pj_pop3_session_get_capabilities (session), "UIDL"))
    {
      self->has_uids = FALSE;
      return TRUE;
    }

  if (pj_pop3_session_is_usable (session))
    refusal->code = PJ_POP3_ERROR_BUSY;
  g_propagate_error (error, g_steal_pointer (&refusal));

  return FALSE;
}

/**
 * pj_pop3_survey_take:
 * @session: a session in the TRANSACTION state
 * @cancellable: (nullable): ends the wait
 * @error: return location; errors of pj_pop3_session_receive();
 *   %PJ_POP3_ERROR_BUSY when STAT, or UIDL that the server says it has, is
 *   refused
 *
 * Asks STAT and UIDL. Blocks.
 *
 * Reference: RFC 1939 sections 5 and 7.
 *
 * Returns: (transfer full): what is there, sizes not yet asked for
 */
PjPop3Survey *
pj_pop3_survey_take (PjPop3Session *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (PjPop3Survey) self = g_new0 (PjPop3Survey, 1);
  g_autofree char *text = NULL;

  g_return_val_if_fail (session != NULL, NULL);

  self->entries = g_array_new (FALSE, TRUE, sizeof (PjPop3Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->has_uids = TRUE;

  if (!pj_pop3_session_call (session, "STAT", &text, cancellable, error))
    {
      /* "Login allowed every 15 minutes" comes here at some providers. */
      if (error != NULL && g_error_matches (*error, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED))
        (*error)->code = PJ_POP3_ERROR_BUSY;
      return NULL;
    }

  if (!pj_pop3_listing_parse_stat (text, &self->count, &self->octets, error))
    return NULL;

  g_array_set_size (self->entries, self->count);
  if (self->count > 0 && !ask_uids (self, session, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * pj_pop3_survey_ask_sizes:
 * @self: a survey taken in this session
 * @session: the session
 * @cancellable: (nullable): ends the wait
 * @error: return location; errors of pj_pop3_session_receive()
 *
 * Fills in sizes with LIST. A server that refuses leaves them 0. Blocks.
 *
 * Returns: %FALSE with @error set when the session broke
 */
gboolean
pj_pop3_survey_ask_sizes (PjPop3Survey *self,
                          PjPop3Session *session,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GError) refusal = NULL;

  g_return_val_if_fail (self != NULL && session != NULL, FALSE);

  pj_pop3_session_send (session, PJ_POP3_MULTI, "LIST");
  if (pj_pop3_session_receive (session, NULL, cancellable, &refusal))
    return take_rows (self, session, on_size_row, cancellable, error);

  if (pj_pop3_session_is_usable (session))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/**
 * pj_pop3_survey_find:
 * @self: a survey
 * @uid: a unique id
 *
 * Returns: number of the first message with @uid; 0 when there is none
 */
guint
pj_pop3_survey_find (const PjPop3Survey *self, const char *uid)
{
  g_return_val_if_fail (self != NULL && uid != NULL, 0);

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (g_strcmp0 (g_array_index (self->entries, PjPop3Entry, i).uid, uid) == 0)
        return i + 1;
    }

  return 0;
}
