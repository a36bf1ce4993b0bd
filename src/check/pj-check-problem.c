/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check-problem.h"

#include <gio/gio.h>

#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"

static PjProblemCode
code_of_net (PjNetError code)
{
  switch (code)
    {
    case PJ_NET_ERROR_NETWORK:
      return PJ_PROBLEM_NETWORK;
    case PJ_NET_ERROR_TIMEOUT:
      return PJ_PROBLEM_TIMEOUT;
    case PJ_NET_ERROR_TLS:
      return PJ_PROBLEM_TLS;
    case PJ_NET_ERROR_CERTIFICATE:
      return PJ_PROBLEM_CERTIFICATE;
    case PJ_NET_ERROR_PROTOCOL:
      return PJ_PROBLEM_PROTOCOL;
    case PJ_NET_ERROR_SETTING: /* about this computer's files, not about the server */
    default:
      return PJ_PROBLEM_INTERNAL;
    }
}

static PjProblemCode
code_of_pop3 (PjPop3Error code)
{
  switch (code)
    {
    case PJ_POP3_ERROR_AUTH:
      return PJ_PROBLEM_AUTH;
    case PJ_POP3_ERROR_BUSY:
    case PJ_POP3_ERROR_REFUSED:
      return PJ_PROBLEM_BUSY;
    case PJ_POP3_ERROR_TURNED_AWAY:
      return PJ_PROBLEM_TURNED_AWAY;
    case PJ_POP3_ERROR_CLOSED:
    case PJ_POP3_ERROR_UNSUPPORTED:
      return PJ_PROBLEM_UNSUPPORTED;
    case PJ_POP3_ERROR_NO_TLS:
      return PJ_PROBLEM_TLS;
    case PJ_POP3_ERROR_PROTOCOL:
      return PJ_PROBLEM_PROTOCOL;
    default:
      return PJ_PROBLEM_INTERNAL;
    }
}

/**
 * pj_check_problem_translate:
 * @error: (transfer full): an error of any layer below
 *
 * Sorts what went wrong by what can be done about it. A cancel stays as it
 * is: nobody is told of one.
 *
 * Returns: (transfer full): the same in the domain %PJ_PROBLEM_ERROR, with the
 *   fingerprint of a certificate that was not accepted, and what it says
 */
GError *
pj_check_problem_translate (GError *error)
{
  PjProblemCode code = PJ_PROBLEM_INTERNAL;
  GError *problem;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == PJ_PROBLEM_ERROR ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  if (error->domain == PJ_NET_ERROR)
    code = code_of_net ((PjNetError) error->code);
  else if (error->domain == PJ_POP3_ERROR)
    code = code_of_pop3 ((PjPop3Error) error->code);
  else if (error->domain == G_RESOLVER_ERROR)
    code = PJ_PROBLEM_NETWORK;

  problem = g_error_new_literal (PJ_PROBLEM_ERROR, (int) code, error->message);
  pj_problem_error_set_certificate (problem, pj_net_error_get_fingerprint (error),
                                    pj_net_error_get_certificate (error));
  g_error_free (error);

  return problem;
}
