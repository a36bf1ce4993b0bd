/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-refusal.h"

#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-reply.h"

/*
 * What a server means that refuses a login: the password, the way to log in,
 * or the moment. Decisions only.
 */

static gboolean
is_code (const GError *refusal, PjPop3Error code)
{
  return g_error_matches (refusal, PJ_POP3_ERROR, (gint) code);
}

/* A password does not turn wrong by itself, a server does fall ill: without
 * [AUTH] one that was right the last time has the benefit of the doubt, once. */
static void
blame_password (GError *refusal, const PjPop3RefusalFacts *facts)
{
  if (!facts->is_judged || !facts->has_worked)
    {
      refusal->code = PJ_POP3_ERROR_AUTH;
      return;
    }

  refusal->code = PJ_POP3_ERROR_TURNED_AWAY;
  g_prefix_error (&refusal, "The login that worked before was refused. ");
}

/**
 * pj_pop3_refusal_sort:
 * @refusal: why one way to log in failed; its code is changed where a plain
 *   -ERR turns out to be about the moment or the password
 * @facts: about the login
 *
 * Without a response code the words decide. A server that knows [AUTH] and
 * does not say it about a password that it has seen means something else.
 *
 * Reference: RFC 3206 section 4.
 */
void
pj_pop3_refusal_sort (GError *refusal, const PjPop3RefusalFacts *facts)
{
  g_return_if_fail (refusal != NULL && facts != NULL);

  if (!is_code (refusal, PJ_POP3_ERROR_REFUSED))
    return;

  if (pj_pop3_reply_says_later (refusal->message) || (facts->is_judged && facts->has_auth_codes))
    refusal->code = PJ_POP3_ERROR_BUSY;
  else if (pj_pop3_reply_blames_user (refusal->message))
    blame_password (refusal, facts);
}

/**
 * pj_pop3_refusal_leads_on:
 * @refusal: sorted by pj_pop3_refusal_sort()
 * @facts: as there
 *
 * A wrong password tried again would count as another wrong one. One that
 * worked before is not shown for having been refused while it was hidden.
 *
 * Returns: whether another way to log in may do better
 */
gboolean
pj_pop3_refusal_leads_on (const GError *refusal, const PjPop3RefusalFacts *facts)
{
  g_return_val_if_fail (refusal != NULL && facts != NULL, FALSE);

  if (is_code (refusal, PJ_POP3_ERROR_REFUSED))
    return !facts->is_judged || !facts->has_worked || facts->has_shown;

  return is_code (refusal, PJ_POP3_ERROR_UNSUPPORTED) ||
         (is_code (refusal, PJ_POP3_ERROR_AUTH) && !facts->is_judged);
}

/**
 * pj_pop3_refusal_conclude:
 * @refusal: sorted by pj_pop3_refusal_sort(), the last of its login; what is
 *   a plain -ERR still is about the password if that was judged, otherwise
 *   about the way to log in
 * @facts: as there
 */
void
pj_pop3_refusal_conclude (GError *refusal, const PjPop3RefusalFacts *facts)
{
  g_return_if_fail (refusal != NULL && facts != NULL);

  if (!is_code (refusal, PJ_POP3_ERROR_REFUSED))
    return;

  if (facts->is_judged)
    blame_password (refusal, facts);
  else
    refusal->code = PJ_POP3_ERROR_UNSUPPORTED;
}
