/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-doctor-words.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "app/pj-problem-words.h"

#define ANY_PROBLEM -1

typedef struct
{
  const char *step;
  int code; /* a PjProblemCode, or ANY_PROBLEM */
  const char *remedy;
} Words;

/* Where a step allows a better word than its problem alone. */
static const Words words[] = {
  { "names", ANY_PROBLEM,
    N_ ("Check the spelling of the server's name, and whether this computer is on line.") },
  { "tcp", ANY_PROBLEM,
    N_ ("Check the port: 995 is usual with TLS, 110 with STARTTLS. A firewall may be in the "
        "way.") },
  { "greeting", PJ_PROBLEM_TIMEOUT,
    N_ ("The server says nothing on this port. Check the port and the kind of security: 995 "
        "speaks TLS from the start.") },
  { "uidl", PJ_PROBLEM_UNSUPPORTED,
    N_ ("Without UIDL Popinjay can count the mails there, not list them. Ask the provider "
        "whether another server of theirs has it.") },
  { "top", PJ_PROBLEM_UNSUPPORTED,
    N_ ("Without TOP there are no senders and subjects, unless you let whole mails be fetched: in "
        "the mailbox's advanced settings, or with “accounts edit --fetch-whole”. The server may "
        "then count them as read.") },
  { "smtp-names", ANY_PROBLEM,
    N_ ("Check the spelling of the server's name, and whether this computer is on line.") },
  { "smtp-tcp", ANY_PROBLEM,
    N_ ("Check the port: 465 is usual with TLS, 587 with STARTTLS. Many networks let nobody out "
        "to port 25.") },
  { "smtp-tls", ANY_PROBLEM,
    N_ ("Try the other port: 465 with TLS, 587 with STARTTLS. Do not send without encryption: "
        "the password would go out readable.") },
  { "smtp-greeting", PJ_PROBLEM_TIMEOUT,
    N_ ("The server says nothing on this port. Try the other one: 465 with TLS, 587 with "
        "STARTTLS.") },
  { "smtp-greeting", PJ_PROBLEM_PROTOCOL,
    N_ ("Check that this is the server for sending and that the port is right: 465 or 587.") },
  { "smtp-greeting", ANY_PROBLEM,
    N_ ("The server does not want to talk to this network. Try again later, or ask the "
        "provider.") },
  { "smtp-ehlo", ANY_PROBLEM,
    N_ ("Check that this is the server for sending and that the port is right: 465 or 587.") },
  { "smtp-auth", ANY_PROBLEM,
    N_ ("Mail programs have to sign in to send. Try port 465 or 587: port 25 is where servers "
        "meet.") },
};

/**
 * pj_doctor_words_remedy:
 * @step: a step of a doctor
 *
 * Returns: (transfer none) (nullable): what to do about it, translated, a
 *   sentence or two; %NULL when the step went well
 */
const char *
pj_doctor_words_remedy (const PjDoctorStep *step)
{
  PjProblemCode code;

  g_return_val_if_fail (step != NULL, NULL);

  if (step->ok)
    return NULL;

  code = pj_problem_get_code (step->problem);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].step, step->step) &&
          (words[i].code == ANY_PROBLEM || words[i].code == (int) code))
        return _ (words[i].remedy);
    }

  return pj_problem_words_remedy (code);
}
