/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-listing.h"
#include "pop3/pj-pop3-session-private.h"
#include "pop3/pj-pop3-survey-private.h"

/* Added messages for which UIDL and LIST are asked one by one; for more the
 * whole listing is no dearer. One command at a time costs a round trip each. */
#define MAX_ADDED 500
#define MAX_ADDED_SEQUENTIAL 8

typedef struct
{
  PjPop3Session *session;
  PjPop3Survey *known; /* (nullable) */
  GCancellable *cancellable;
  guint count;
  guint64 octets;
} Take;

typedef void (*RowFunc) (PjPop3Survey *survey, const char *row);

static void
on_uid_row (PjPop3Survey *survey, const char *row)
{
  const char *uid = NULL;
  guint number;

  if (pj_pop3_listing_parse_uid (row, survey->count, &number, &uid))
    pj_pop3_survey_set_uid (survey, number, uid);
}

static void
on_size_row (PjPop3Survey *survey, const char *row)
{
  guint number;
  guint64 octets;

  if (pj_pop3_listing_parse_size (row, survey->count, &number, &octets))
    pj_pop3_survey_set_octets (survey, number, octets);
}

/* Takes the rows of a listing whose command was just accepted. */
static gboolean
take_rows (const Take *take, PjPop3Survey *survey, RowFunc on_row, GError **error)
{
  const char *row = NULL;

  /* One row a message, and some patience for rows that are none. */
  for (guint rows = 0; rows <= 2 * survey->count + 100; rows++)
    {
      if (!pj_pop3_session_receive_row (take->session, &row, take->cancellable, error))
        return FALSE;

      if (row == NULL)
        return TRUE;

      on_row (survey, row);
    }

  return pj_pop3_session_fail (take->session, "The server's listing has no end", error);
}

static gboolean
take_stat (Take *take, GError **error)
{
  g_autofree char *text = NULL;

  if (pj_pop3_session_receive (take->session, &text, take->cancellable, error))
    return pj_pop3_listing_parse_stat (text, &take->count, &take->octets, error);

  /* "Login allowed every 15 minutes" comes here at some providers. */
  if (error != NULL && g_error_matches (*error, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED))
    (*error)->code = PJ_POP3_ERROR_BUSY;

  return FALSE;
}

/* -ERR to UIDL is an answer, too: "I have none". But a server that said in
 * CAPA that it has them means "not this time", and forgetting all that is
 * known would announce every message again. */
static gboolean
take_uids (const Take *take, PjPop3Survey *survey, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (pj_pop3_session_receive (take->session, NULL, take->cancellable, &refusal))
    return take_rows (take, survey, on_uid_row, error);

  if (pj_pop3_session_is_usable (take->session) &&
      (survey->count == 0 ||
       !pj_pop3_capabilities_has (pj_pop3_session_get_capabilities (take->session), "UIDL")))
    {
      survey->has_uids = survey->count == 0;
      return TRUE;
    }

  if (pj_pop3_session_is_usable (take->session))
    refusal->code = PJ_POP3_ERROR_BUSY;
  g_propagate_error (error, g_steal_pointer (&refusal));

  return FALSE;
}

/* A server that refuses LIST leaves the sizes 0. */
static gboolean
take_sizes (const Take *take, PjPop3Survey *survey, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (pj_pop3_session_receive (take->session, NULL, take->cancellable, &refusal))
    return take_rows (take, survey, on_size_row, error);

  if (pj_pop3_session_is_usable (take->session))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* Takes the answer to UIDL; that to LIST is on its way too when @has_list. */
static PjPop3Survey *
take_listings (const Take *take, gboolean has_list, GError **error)
{
  g_autoptr (PjPop3Survey) survey = pj_pop3_survey_new (take->count, take->octets);

  if (!take_uids (take, survey, error))
    return NULL;

  /* Sizes are for messages that can be told apart. */
  if (!has_list && survey->has_uids)
    pj_pop3_session_send (take->session, PJ_POP3_MULTI, "LIST");
  if ((has_list || survey->has_uids) && !take_sizes (take, survey, error))
    return NULL;

  pj_pop3_survey_finish (survey);
  return g_steal_pointer (&survey);
}

static PjPop3Survey *
ask_listings (const Take *take, GError **error)
{
  gboolean has_list = pj_pop3_session_is_pipelining (take->session);
  PjPop3Survey *survey;

  /* Of an empty mailbox everything is known. */
  if (take->count == 0)
    {
      survey = pj_pop3_survey_new (0, take->octets);
      pj_pop3_survey_finish (survey);
      return survey;
    }

  pj_pop3_session_send (take->session, PJ_POP3_MULTI, "UIDL");
  if (has_list)
    pj_pop3_session_send (take->session, PJ_POP3_MULTI, "LIST");

  return take_listings (take, has_list, error);
}

static void
send_one (PjPop3Session *session, const char *command, guint number)
{
  g_autofree char *line = g_strdup_printf ("%s %u", command, number);

  pj_pop3_session_send (session, PJ_POP3_SINGLE, line);
}

/* Takes the answer to UIDL of one number. @uid is NULL when the server knows
 * none. */
static gboolean
take_uid (const Take *take, guint number, char **uid, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autofree char *text = NULL;
  const char *told = NULL;
  guint told_number;

  *uid = NULL;
  if (pj_pop3_session_receive (take->session, &text, take->cancellable, &refusal))
    {
      if (pj_pop3_listing_parse_uid (text, number, &told_number, &told) && told_number == number)
        *uid = g_strdup (told);
      return TRUE;
    }

  if (pj_pop3_session_is_usable (take->session))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
take_size (const Take *take, PjPop3Survey *survey, guint number, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autofree char *text = NULL;
  guint told_number;
  guint64 octets;

  if (pj_pop3_session_receive (take->session, &text, take->cancellable, &refusal))
    {
      if (pj_pop3_listing_parse_size (text, number, &told_number, &octets) && told_number == number)
        pj_pop3_survey_set_octets (survey, number, octets);
      return TRUE;
    }

  if (pj_pop3_session_is_usable (take->session))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* Fills in the messages behind the known ones, of which the first id is told. */
static gboolean
ask_added (const Take *take, PjPop3Survey *survey, const char *first_uid, GError **error)
{
  guint first = survey->n_old + 1;

  for (guint number = first; number <= take->count; number++)
    {
      send_one (take->session, "LIST", number);
      if (number > first)
        send_one (take->session, "UIDL", number);
    }

  pj_pop3_survey_set_uid (survey, first, first_uid);
  for (guint number = first; number <= take->count; number++)
    {
      g_autofree char *uid = NULL;

      if (!take_size (take, survey, number, error))
        return FALSE;
      if (number > first && !take_uid (take, number, &uid, error))
        return FALSE;
      if (uid != NULL)
        pj_pop3_survey_set_uid (survey, number, uid);
    }

  pj_pop3_survey_finish (survey);
  return TRUE;
}

static gboolean
may_ask_added (const Take *take)
{
  guint max = pj_pop3_session_is_pipelining (take->session) ? MAX_ADDED : MAX_ADDED_SEQUENTIAL;

  return take->count > take->known->count && take->count - take->known->count <= max;
}

/* What the probes say: @last is the id now at the number that was the last,
 * @next the one behind it. */
static PjPop3Survey *
judge_probes (const Take *take, const char *last, const char *next, GError **error)
{
  const PjPop3Entry *known_last =
      &g_array_index (take->known->entries, PjPop3Entry, take->known->count - 1);
  g_autoptr (PjPop3Survey) survey = NULL;

  if (g_strcmp0 (last, known_last->uid) == 0)
    {
      if (take->count == take->known->count && take->octets == take->known->octets && next == NULL)
        return pj_pop3_survey_ref (take->known);

      if (next != NULL && may_ask_added (take))
        {
          survey = pj_pop3_survey_extend (take->known, take->count, take->octets);
          if (!ask_added (take, survey, next, error))
            return NULL;

          if (survey->can_vouch)
            return g_steal_pointer (&survey);
        }
    }

  return ask_listings (take, error);
}

static PjPop3Survey *
take_probes (const Take *take, gboolean has_next, GError **error)
{
  g_autofree char *last = NULL;
  g_autofree char *next = NULL;

  if (!take_uid (take, take->known->count, &last, error))
    return NULL;
  if (has_next && !take_uid (take, take->known->count + 1, &next, error))
    return NULL;

  return judge_probes (take, last, next, error);
}

static PjPop3Survey *
go_by_steps (const Take *take, GError **error)
{
  gboolean has_next;

  if (take->known == NULL || !take->known->can_vouch || take->count < take->known->count)
    return ask_listings (take, error);

  if (take->known->count == 0)
    return take->count == 0 ? pj_pop3_survey_ref (take->known) : ask_listings (take, error);

  has_next = take->count > take->known->count;
  send_one (take->session, "UIDL", take->known->count);
  if (has_next)
    send_one (take->session, "UIDL", take->known->count + 1);

  return take_probes (take, has_next, error);
}

/**
 * pj_pop3_survey_send:
 * @session: a session in the TRANSACTION state, or on its way there
 * @known: (nullable): what was there before
 *
 * Sends the commands of a survey that can go before anything is known of the
 * mailbox: all of them to a server that does PIPELINING, STAT to others.
 *
 * Returns: what was sent, for pj_pop3_survey_receive()
 */
PjPop3SurveyFlight
pj_pop3_survey_send (PjPop3Session *session, const PjPop3Survey *known)
{
  g_return_val_if_fail (session != NULL, PJ_POP3_SURVEY_STEPS);

  pj_pop3_session_send (session, PJ_POP3_SINGLE, "STAT");
  if (!pj_pop3_session_is_pipelining (session))
    return PJ_POP3_SURVEY_STEPS;

  if (known != NULL && known->can_vouch && known->count > 0)
    {
      send_one (session, "UIDL", known->count);
      send_one (session, "UIDL", known->count + 1);
      return PJ_POP3_SURVEY_PROBES;
    }

  if (known != NULL && known->can_vouch)
    return PJ_POP3_SURVEY_STEPS;

  pj_pop3_session_send (session, PJ_POP3_MULTI, "UIDL");
  pj_pop3_session_send (session, PJ_POP3_MULTI, "LIST");
  return PJ_POP3_SURVEY_FULL;
}

/**
 * pj_pop3_survey_receive:
 * @session: a session in the TRANSACTION state whose oldest outstanding
 *   commands are those of pj_pop3_survey_send()
 * @flight: what that returned
 * @known: (nullable): what it was given
 * @cancellable: (nullable): ends the wait
 * @error: return location; errors of pj_pop3_session_receive();
 *   %PJ_POP3_ERROR_BUSY when STAT, or UIDL that the server says it has, is
 *   refused
 *
 * Takes the answers, and asks for what they leave open. When the last known
 * message is still at its number and the sum of the sizes is right, the known
 * messages are unchanged and only those behind them are asked for; otherwise
 * everything is. A mailbox in which others delete, add and re-sort at once can
 * hide that behind an equal sum, so everything must be asked for now and then,
 * and before any deletion. Blocks.
 *
 * Reference: RFC 1939 sections 5 and 7.
 *
 * Returns: (transfer full): what is there; @known itself when it is the same
 */
PjPop3Survey *
pj_pop3_survey_receive (PjPop3Session *session,
                        PjPop3SurveyFlight flight,
                        PjPop3Survey *known,
                        GCancellable *cancellable,
                        GError **error)
{
  Take take = { .session = session, .known = known, .cancellable = cancellable };

  g_return_val_if_fail (session != NULL, NULL);

  if (!take_stat (&take, error))
    return NULL;

  switch (flight)
    {
    case PJ_POP3_SURVEY_FULL:
      return take_listings (&take, TRUE, error);
    case PJ_POP3_SURVEY_PROBES:
      return take_probes (&take, TRUE, error);
    case PJ_POP3_SURVEY_STEPS:
    default:
      return go_by_steps (&take, error);
    }
}

/**
 * pj_pop3_survey_take_uids:
 * @session: a session in the TRANSACTION state with nothing outstanding
 * @cancellable: (nullable): ends the wait
 * @error: return location; as pj_pop3_survey_receive()
 *
 * Asks STAT and UIDL, for whoever needs numbers and not sizes. Blocks.
 *
 * Returns: (transfer full): what is there, without sizes
 */
PjPop3Survey *
pj_pop3_survey_take_uids (PjPop3Session *session, GCancellable *cancellable, GError **error)
{
  Take take = { .session = session, .cancellable = cancellable };
  g_autoptr (PjPop3Survey) survey = NULL;

  g_return_val_if_fail (session != NULL, NULL);

  pj_pop3_session_send (session, PJ_POP3_SINGLE, "STAT");
  if (!take_stat (&take, error))
    return NULL;

  survey = pj_pop3_survey_new (take.count, take.octets);
  if (take.count == 0)
    return g_steal_pointer (&survey);

  pj_pop3_session_send (session, PJ_POP3_MULTI, "UIDL");
  return take_uids (&take, survey, error) ? g_steal_pointer (&survey) : NULL;
}
