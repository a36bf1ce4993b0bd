/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check.h"

#include <locale.h>
#include <stdlib.h>

#include "mailbox-fixture.h"

/*
 * Checks one mailbox of the demo server many times in a row, in the way of a
 * program that runs for weeks: with TLS, and with what one check learns
 * handed to the next. For valgrind, which sees at the end what was lost on the
 * way.
 *
 *     many-checks [NUMBER]
 */

#define DEFAULT_CHECKS 1000
/* Each of them forgets all and begins anew, as after a fault: the other path
 * through a check. */
#define FORGETS_EVERY 50
/* Each of them has a wrong password and fails. */
#define FAILS_EVERY 100
#define N_HOME 12

static void
check (PjCheckRequest *request, gboolean is_first)
{
  g_autoptr (PjMailboxMemory) learned = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PjCheckResult) result = pj_check_run (request, &learned, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->messages, ==, N_HOME);
  g_assert_cmpuint (result->fresh->len, ==, is_first ? N_HOME : 0);

  for (guint i = 0; i < result->fresh->len; i++)
    g_hash_table_add (request->known_uids,
                      g_strdup (pj_message_get_uid (g_ptr_array_index (result->fresh, i))));

  g_clear_pointer (&request->mailbox->memory, pj_mailbox_memory_unref);
  request->mailbox->memory = g_steal_pointer (&learned);
}

static void
fail (DemoFixture *demo)
{
  PjCheckRequest request = { .mailbox = demo_fixture_open (demo, "home", PJ_SECURITY_TLS) };
  g_autoptr (PjMailboxMemory) learned = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_set_password (request.mailbox, "wrong");
  g_assert_null (pj_check_run (&request, &learned, NULL, &error));
  g_assert_nonnull (error);
  g_assert_null (learned);
  pj_mailbox_free (request.mailbox);
}

int
main (int argc, char *argv[])
{
  guint n_checks = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : DEFAULT_CHECKS;
  g_autoptr (DemoFixture) demo = NULL;
  g_autoptr (PjCheckRequest) request = g_new0 (PjCheckRequest, 1);

  setlocale (LC_ALL, "");
  demo = demo_fixture_new ();
  request->mailbox = demo_fixture_open (demo, "home", PJ_SECURITY_TLS);
  request->known_uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_checks; i++)
    {
      if (i % FORGETS_EVERY == 0)
        g_clear_pointer (&request->mailbox->memory, pj_mailbox_memory_unref);
      if (i % FAILS_EVERY == 0)
        fail (demo);
      check (request, i == 0);
    }
  g_print ("%u checks\n", n_checks);

  return EXIT_SUCCESS;
}
