/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-problem-words.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *title;
  const char *remedy;
} Words;

static const Words words[] = {
  [PJ_PROBLEM_AUTH] = { N_ ("Sign-in failed"),
                        N_ ("Check the user name and the password. Some providers want a password "
                            "made for mail programs, or POP3 switched on in their settings.") },
  [PJ_PROBLEM_BUSY] = { N_ ("The server asks for patience"),
                        N_ ("Nothing needs to be done: Popinjay will try again later.") },
  [PJ_PROBLEM_TURNED_AWAY] = { N_ ("The server refused a sign-in that worked before"),
                               N_ ("Nothing needs to be done yet: Popinjay will try again later. "
                                   "If "
                                   "you have changed the password, enter it in the settings of "
                                   "the mailbox, too.") },
  [PJ_PROBLEM_NETWORK] = { N_ ("No connection"),
                           N_ ("Check the network, the name of the server and the port.") },
  [PJ_PROBLEM_TIMEOUT] = { N_ ("The server does not answer"),
                           N_ ("Popinjay will try again. If it lasts, check the name of the server "
                               "and the port.") },
  [PJ_PROBLEM_TLS] = { N_ ("No secure connection"),
                       N_ ("Check whether the port and the kind of security belong together. "
                           "Popinjay does not send a password without encryption.") },
  [PJ_PROBLEM_CERTIFICATE] = { N_ ("The server could not prove who it is"),
                               N_ ("Check the name of the server. If it is right, ask the "
                                   "provider: "
                                   "somebody may be listening in.") },
  [PJ_PROBLEM_PROTOCOL] = { N_ ("The server does not make sense"),
                            N_ ("Check that this is a POP3 server and that the port is right.") },
  [PJ_PROBLEM_UNSUPPORTED] = { N_ ("The server cannot do this"),
                               N_ ("Ask the provider, or use another server of theirs.") },
  [PJ_PROBLEM_LOCKED_KEYRING] = { N_ ("The password store is locked"),
                                  N_ ("Unlock it and check again.") },
  [PJ_PROBLEM_CANCELLED] = { N_ ("Stopped"), N_ ("Check again when you like.") },
  [PJ_PROBLEM_INTERNAL] = { N_ ("Something went wrong on this computer"),
                            N_ ("The details say what. Check the settings and the free space on "
                                "the disk.") },
};

/**
 * pj_problem_words_title:
 * @code: a kind of problem
 *
 * Returns: (transfer none): what is wrong, translated, a few words
 */
const char *
pj_problem_words_title (PjProblemCode code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (words), NULL);

  return _ (words[code].title);
}

/**
 * pj_problem_words_remedy:
 * @code: a kind of problem
 *
 * Returns: (transfer none): what to do about it, translated, a sentence or two
 */
const char *
pj_problem_words_remedy (PjProblemCode code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (words), NULL);

  return _ (words[code].remedy);
}
