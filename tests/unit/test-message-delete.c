/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-message-delete.h"

#include "check/pj-login-try.h"
#include "check/pj-mailbox-lock.h"
#include "check/pj-message-fetch.h"
#include "mailbox-fixture.h"
#include "model/pj-problem.h"
#include "pop3/pj-pop3-error.h"

#define N_HOME 12

static GPtrArray *
delete_words (PjMailbox *mailbox, const char *words, GError **error)
{
  PjMessageDeleteRequest *request = g_new0 (PjMessageDeleteRequest, 1);
  GPtrArray *receipts;

  request->mailbox = mailbox;
  request->uids = *words != '\0' ? g_strsplit (words, " ", -1) : g_new0 (char *, 1);
  receipts = pj_message_delete_run (request, NULL, error);
  pj_message_delete_request_free (request);

  return receipts;
}

/* @expected: "uid=outcome" for each receipt, in their order */
static void
assert_receipts (GPtrArray *receipts, const char *expected)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_assert_nonnull (receipts);
  for (guint i = 0; i < receipts->len; i++)
    {
      PjDeleteReceipt *receipt = g_ptr_array_index (receipts, i);

      g_string_append_printf (words, "%s%s=%s", i > 0 ? " " : "", receipt->uid,
                              pj_delete_outcome_to_string (receipt->outcome));
    }
  g_assert_cmpstr (words->str, ==, expected);
}

/* In a session of its own. */
static gboolean
is_there (DemoFixture *fixture, const char *user, const char *uid)
{
  PjMessageFetchRequest *request = g_new0 (PjMessageFetchRequest, 1);
  g_autoptr (PjFetchedMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  request->mailbox = demo_fixture_open (fixture, user, PJ_SECURITY_NONE);
  request->uid = g_strdup (uid);
  message = pj_message_fetch_run (request, NULL, &error);
  pj_message_fetch_request_free (request);
  if (message == NULL)
    g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED);

  return message != NULL;
}

static void
assert_count (DemoFixture *fixture, const char *user, guint expected)
{
  g_autoptr (PjMailbox) mailbox = demo_fixture_open (fixture, user, PJ_SECURITY_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (PjLoginTrial) trial = pj_login_try_run (mailbox, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (trial->messages, ==, expected);
}

static void
test_named_one_alone (gconstpointer data)
{
  PjSecurity security = (PjSecurity) GPOINTER_TO_INT (data);
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (is_there (fixture, "home", "home-04-tea-letter"));
  receipts =
      delete_words (demo_fixture_open (fixture, "home", security), "home-04-tea-letter", &error);
  g_assert_no_error (error);
  assert_receipts (receipts, "home-04-tea-letter=deleted");

  g_assert_false (is_there (fixture, "home", "home-04-tea-letter"));
  g_assert_true (is_there (fixture, "home", "home-03-photos"));
  g_assert_true (is_there (fixture, "home", "home-05-library"));
  assert_count (fixture, "home", N_HOME - 1);
  assert_count (fixture, "work", 11);
}

static void
test_several_in_any_order (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;

  first = delete_words (demo_fixture_open (fixture, "home", PJ_SECURITY_TLS),
                        "home-11-order nowhere home-01-mailbox-ready", NULL);
  assert_receipts (first, "home-11-order=deleted nowhere=gone home-01-mailbox-ready=deleted");
  assert_count (fixture, "home", N_HOME - 2);

  /* The numbers have moved; the names have not. */
  second = delete_words (demo_fixture_open (fixture, "home", PJ_SECURITY_TLS),
                         "home-11-order home-12-dentysta", NULL);
  assert_receipts (second, "home-11-order=gone home-12-dentysta=deleted");
  assert_count (fixture, "home", N_HOME - 3);
  g_assert_true (is_there (fixture, "home", "home-02-sernik"));
}

static void
test_nothing (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (GPtrArray) receipts = NULL;

  receipts = delete_words (demo_fixture_open (fixture, "home", PJ_SECURITY_TLS), "", NULL);
  assert_receipts (receipts, "");
  assert_count (fixture, "home", N_HOME);
}

static void
test_wrong_password (void)
{
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  PjMailbox *mailbox = demo_fixture_open (fixture, "home", PJ_SECURITY_TLS);
  g_autoptr (GError) error = NULL;

  mailbox_set_password (mailbox, "cracker");
  g_assert_null (delete_words (mailbox, "home-04-tea-letter", &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_AUTH);
  assert_count (fixture, "home", N_HOME);
}

static void
test_locked (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autoptr (DemoFixture) fixture = demo_fixture_new ();
  g_autoptr (PjMailboxLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  PjMailbox *mailbox = demo_fixture_open (fixture, "home", PJ_SECURITY_TLS);

  mailbox->lock_path = g_build_filename (dir, "lock", NULL);
  mailbox->limits.total_ms = 1;
  lock = pj_mailbox_lock_acquire (mailbox->lock_path, 0, NULL, NULL);
  g_assert_null (delete_words (mailbox, "home-04-tea-letter", &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY);
}

#define LISTING "C: STAT\nS: +OK 2 900\nC: UIDL\nS: +OK\nS: 1 aa\nS: 2 bb\nS: .\n"

typedef struct
{
  const char *name;
  const char *script;
  const char *uids;
  const char *expected;
} Case;

static const Case cases[] = {
  { "connection-breaks-before-quit",
    SCRIPT_LOGIN LISTING "C: UIDL 1\nS: +OK 1 aa\nC: DELE 1\nS: +OK\nC: UIDL 2\nCUT\n", "aa bb",
    "aa=unconfirmed bb=unconfirmed" },
  { "connection-breaks-at-dele", SCRIPT_LOGIN LISTING "C: UIDL 1\nS: +OK 1 aa\nC: DELE 1\nCUT\n",
    "aa", "aa=unconfirmed" },
  { "another-number-is-answered", SCRIPT_LOGIN LISTING "C: UIDL 1\nS: +OK 2 aa\n" SCRIPT_QUIT, "aa",
    "aa=refused" },
  { "nothing-to-do", SCRIPT_LOGIN LISTING SCRIPT_QUIT, "cc dd", "cc=gone dd=gone" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (ScriptFixture) fixture = script_fixture_new (c->script);
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) error = NULL;

  receipts = delete_words (script_fixture_open (fixture), c->uids, &error);
  g_assert_no_error (error);
  assert_receipts (receipts, c->expected);
  for (guint i = 0; i < receipts->len; i++)
    {
      PjDeleteReceipt *receipt = g_ptr_array_index (receipts, i);

      if (receipt->outcome == PJ_DELETE_UNCONFIRMED || receipt->outcome == PJ_DELETE_REFUSED)
        g_assert_cmpuint (strlen (receipt->text), >, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/check/message-delete/named-one-alone/tls",
                        GINT_TO_POINTER (PJ_SECURITY_TLS), test_named_one_alone);
  g_test_add_data_func ("/check/message-delete/named-one-alone/starttls",
                        GINT_TO_POINTER (PJ_SECURITY_STARTTLS), test_named_one_alone);
  g_test_add_func ("/check/message-delete/several-in-any-order", test_several_in_any_order);
  g_test_add_func ("/check/message-delete/nothing-asked-for", test_nothing);
  g_test_add_func ("/check/message-delete/wrong-password", test_wrong_password);
  g_test_add_func ("/check/message-delete/mailbox-is-locked", test_locked);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/message-delete/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
