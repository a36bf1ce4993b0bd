/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check-visit.h"

#include "mailbox-fixture.h"
#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"

#define GREETING "S: +OK POP3 ready\n"
#define CAPA "C: CAPA\nS: +OK\nS: USER\nS: PIPELINING\nS: UIDL\nS: TOP\nS: .\n"
#define LOGIN "C: USER *\nS: +OK\nC: PASS *\nS: +OK\n"
#define HEAD(name) "S: +OK\nS: From: " name "@example.org\nS:\nS: .\n"

/* All that is asked for in a first session, in as few flights as may be. */
#define FIRST                                                                                      \
  GREETING CAPA LOGIN                                                                              \
      "C: CAPA\nC: STAT\nC: UIDL\nC: LIST\n"                                                       \
      "S: +OK\nS: PIPELINING\nS: UIDL\nS: TOP\nS: .\n"                                             \
      "S: +OK 2 30\nS: +OK\nS: 1 a\nS: 2 b\nS: .\nS: +OK\nS: 1 10\nS: 2 20\nS: .\n"                \
      "C: TOP 1 0\nC: TOP 2 0\nC: STAT\n" HEAD ("a") HEAD ("b") "S: +OK 2 30\nC: QUIT\n"

#define ASK "C: USER *\nC: PASS *\nC: STAT\nC: UIDL 2\nC: UIDL 3\n"
#define FLIGHT "--- next\n" GREETING ASK
#define NOTHING_NEW "S: +OK\nS: +OK\nS: +OK 2 30\nS: +OK 2 b\nS: -ERR\nC: QUIT\n"

/* One session after another, as a running program makes them. */
static PjCheckResult *
visit (PjMailbox *mailbox, PjMailboxMemory **memory, GError **error)
{
  PjCheckVisit visit = { .mailbox = mailbox, .memory = *memory };
  PjCheckResult *result = pj_check_visit_run (&visit, NULL, error);

  g_clear_pointer (memory, pj_mailbox_memory_unref);
  *memory = visit.learned;

  return result;
}

/* A mailbox that has been visited once. */
typedef struct
{
  ScriptFixture *script;
  PjMailbox *mailbox;
  PjMailboxMemory *memory;
} Visited;

/* @before: what is played ahead of the greeting; @then: in the sessions after
 * the first one */
static Visited *
visited_new_with (PjSecurity security, const char *before, const char *then)
{
  g_autofree char *text = g_strconcat (before, FIRST, then, NULL);
  Visited *self = g_new0 (Visited, 1);
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->script = script_fixture_new (text);
  self->mailbox = script_fixture_open (self->script);
  self->mailbox->security = security;
  self->mailbox->tls->ca_file = g_strdup (pj_script_server_get_ca_file (self->script->server));
  result = visit (self->mailbox, &self->memory, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->fresh->len, ==, 2);
  g_assert_false (result->is_partial);
  g_assert_cmpstr (self->memory->mechanism, ==, "USER");
  g_assert_true (self->memory->can_fly);
  g_assert_false (self->memory->is_sequential);

  return self;
}

static Visited *
visited_new (const char *then)
{
  return visited_new_with (PJ_SECURITY_NONE, "", then);
}

static void
visited_free (Visited *self)
{
  g_clear_pointer (&self->memory, pj_mailbox_memory_unref);
  pj_mailbox_free (self->mailbox);
  script_fixture_free (self->script);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Visited, visited_free)

static void
test_nothing_new (void)
{
  g_autoptr (Visited) visited = visited_new (FLIGHT NOTHING_NEW);
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;

  result = visit (visited->mailbox, &visited->memory, &error);
  g_assert_no_error (error);
  g_assert_true (result->is_partial);
  g_assert_cmpuint (result->messages, ==, 2);
  g_assert_cmpuint (result->uids->len, ==, 0);
  g_assert_cmpuint (result->fresh->len, ==, 0);
  g_assert_cmpuint (visited->memory->n_vouched, ==, 1);
  g_assert_cmpuint (visited->memory->survey->count, ==, 2);
}

static void
test_one_added (void)
{
  g_autoptr (Visited) visited = visited_new (
      FLIGHT "S: +OK\nS: +OK\nS: +OK 3 60\nS: +OK 2 b\nS: +OK 3 c\n"
             "C: LIST 3\nS: +OK 3 30\nC: TOP 3 0\nC: STAT\n" HEAD ("c") "S: +OK 3 60\nC: QUIT\n");
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;

  result = visit (visited->mailbox, &visited->memory, &error);
  g_assert_no_error (error);
  g_assert_true (result->is_partial);
  g_assert_cmpuint (result->messages, ==, 3);
  g_assert_cmpuint (result->uids->len, ==, 1);
  g_assert_cmpstr (result->uids->pdata[0], ==, "c");
  g_assert_cmpuint (result->fresh->len, ==, 1);
  g_assert_cmpstr (pj_message_get_from_address (result->fresh->pdata[0]), ==, "c@example.org");
  g_assert_cmpuint (visited->memory->survey->count, ==, 3);
}

/* What the server says by its greeting makes all be asked anew. */
static void
test_another_greeting (void)
{
  g_autoptr (Visited) visited = visited_new ("--- next\nS: +OK Another server\n" CAPA LOGIN
                                             "C: CAPA\nC: STAT\nC: UIDL 2\nC: UIDL 3\n"
                                             "S: +OK\nS: PIPELINING\nS: UIDL\nS: TOP\nS: .\n"
                                             "S: +OK 2 30\nS: +OK 2 b\nS: -ERR\nC: QUIT\n");
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;

  result = visit (visited->mailbox, &visited->memory, &error);
  g_assert_no_error (error);
  g_assert_true (result->is_partial);
}

/* Every twentieth survey asks for all. */
static void
test_twentieth (void)
{
  g_autoptr (Visited) visited =
      visited_new ("--- next\n" GREETING "C: USER *\nC: PASS *\nC: STAT\nC: UIDL\nC: LIST\n"
                   "S: +OK\nS: +OK\nS: +OK 2 30\nS: +OK\nS: 1 a\nS: 2 b\nS: .\n"
                   "S: +OK\nS: 1 10\nS: 2 20\nS: .\nC: QUIT\n");
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;

  visited->memory->n_vouched = 19;
  result = visit (visited->mailbox, &visited->memory, &error);
  g_assert_no_error (error);
  g_assert_false (result->is_partial);
  g_assert_cmpuint (result->uids->len, ==, 2);
  g_assert_cmpuint (result->fresh->len, ==, 0);
  g_assert_cmpuint (visited->memory->n_vouched, ==, 0);
}

static void
test_wrong_password_in_flight (void)
{
  g_autoptr (Visited) visited = visited_new (
      FLIGHT "S:raw +OK\\r\\n-ERR [AUTH] wrong\\r\\n-ERR\\r\\n-ERR\\r\\n-ERR\\r\\n\nSILENT\n");
  g_autoptr (GError) error = NULL;

  g_assert_null (visit (visited->mailbox, &visited->memory, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
  g_assert_null (visited->memory);
}

/* An answer too many shifts the headers; STAT behind them tells. */
static void
test_shifted_answers (void)
{
  g_autoptr (ScriptFixture) fixture = script_fixture_new (
      GREETING CAPA LOGIN
      "C: CAPA\nC: STAT\nC: UIDL\nC: LIST\n"
      "S: +OK\nS: PIPELINING\nS: UIDL\nS: TOP\nS: .\n"
      "S: +OK 2 30\nS: +OK\nS: 1 a\nS: 2 b\nS: .\nS: +OK\nS: 1 10\nS: 2 20\nS: .\n"
      "C: TOP 1 0\nC: TOP 2 0\nC: STAT\n" HEAD ("a")
          HEAD ("a") "S:raw +OK\\r\\nFrom: b@example.org\\r\\n\\r\\n.\\r\\n\nSILENT\n");
  g_autoptr (PjMailbox) mailbox = script_fixture_open (fixture);
  PjCheckVisit visit = { .mailbox = mailbox };
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_check_visit_run (&visit, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL);
  g_assert_true (visit.has_relied);
  g_assert_null (visit.learned);
}

/* A server that gives out TLS sessions and breaks off where one is offered is
 * asked once more without, and never again with one. */
static void
test_server_that_breaks_resumption (void)
{
  g_autoptr (Visited) visited = visited_new_with (PJ_SECURITY_TLS, "SECURITY tls\nTLS\n",
                                                  "--- offered\nCUT\n"
                                                  "--- not offered\nTLS\n" GREETING ASK NOTHING_NEW
                                                  "--- nor later\nTLS\n" GREETING ASK NOTHING_NEW);

  g_assert_nonnull (visited->memory->tls_session);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PjCheckResult) result = visit (visited->mailbox, &visited->memory, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (result->messages, ==, 2);
      g_assert_true (visited->memory->breaks_resumption);
      g_assert_null (visited->memory->tls_session);
    }
}

/* Nothing was offered: it is the network, and one try is enough. */
static void
test_broken_off_without_an_offer (void)
{
  g_autoptr (Visited) visited =
      visited_new_with (PJ_SECURITY_TLS, "SECURITY tls\nTLS\n", "--- next\nCUT\n");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&visited->memory->tls_session, g_bytes_unref);
  g_assert_null (visit (visited->mailbox, &visited->memory, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/visit/nothing-new", test_nothing_new);
  g_test_add_func ("/check/visit/one-added", test_one_added);
  g_test_add_func ("/check/visit/another-greeting", test_another_greeting);
  g_test_add_func ("/check/visit/twentieth", test_twentieth);
  g_test_add_func ("/check/visit/wrong-password-in-flight", test_wrong_password_in_flight);
  g_test_add_func ("/check/visit/shifted-answers", test_shifted_answers);
  g_test_add_func ("/check/visit/server-that-breaks-resumption",
                   test_server_that_breaks_resumption);
  g_test_add_func ("/check/visit/broken-off-without-an-offer", test_broken_off_without_an_offer);

  return g_test_run ();
}
