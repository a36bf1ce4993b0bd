/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-survey.h"

#include "model-server.h"
#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"
#include "script-fixture.h"

static PjPop3Survey *
take (Stage *stage, PjPop3Session **session, GError **error)
{
  PjPop3SurveyFlight flight;

  *session = stage_greet (stage);
  g_assert_true (pj_pop3_session_ask_capabilities (*session, NULL, NULL));
  flight = pj_pop3_survey_send (*session, NULL);
  return pj_pop3_survey_receive (*session, flight, NULL, NULL, error);
}

#define CAPA_UIDL "S: +OK\nC: CAPA\nS: +OK\nS: UIDL\nS: .\n"
#define CAPA_NONE "S: +OK\nC: CAPA\nS: -ERR\n"

static void
assert_entry (PjPop3Survey *survey, guint number, const char *uid, guint64 octets)
{
  const PjPop3Entry *entry = &g_array_index (survey->entries, PjPop3Entry, number - 1);

  g_assert_cmpstr (entry->uid, ==, uid);
  g_assert_cmpuint (entry->octets, ==, octets);
}

static void
test_full (void)
{
  g_autoptr (Stage) stage =
      stage_new (CAPA_UIDL "C: STAT\nS: +OK 3 4294967800\n"
                           "C: UIDL\nS: +OK\nS: 1 a\nS: 3 c\nS: 1 again\nS: .\n"
                           "C: LIST\nS: +OK\nS: 3 4294967400\nS: 1 10\nS: .\n"
                           "SILENT\n");
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PjPop3Survey) survey = take (stage, &session, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (survey->count, ==, 3);
  g_assert_cmpuint (survey->octets, ==, 4294967800);
  g_assert_true (survey->has_uids);
  assert_entry (survey, 1, "a", 10);
  assert_entry (survey, 2, NULL, 0);
  assert_entry (survey, 3, "c", 4294967400);
  g_assert_cmpuint (pj_pop3_survey_find (survey, "c"), ==, 3);
  g_assert_cmpuint (pj_pop3_survey_find (survey, "again"), ==, 0);
}

static void
test_no_uidl (void)
{
  g_autoptr (Stage) stage = stage_new (CAPA_NONE "C: STAT\nS: +OK 2 10\nC: UIDL\nS: -ERR\n"
                                                 "SILENT\n");
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PjPop3Survey) survey = take (stage, &session, &error);

  g_assert_no_error (error);
  g_assert_false (survey->has_uids);
  g_assert_cmpuint (survey->count, ==, 2);
}

static void
test_sizes_refused (void)
{
  g_autoptr (Stage) stage = stage_new (CAPA_UIDL "C: STAT\nS: +OK 1 10\nC: UIDL\nS: +OK\nS: 1 a\n"
                                                 "S: .\nC: LIST\nS: -ERR\nSILENT\n");
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (PjPop3Survey) survey = take (stage, &session, NULL);

  g_assert_false (survey->can_vouch);
  assert_entry (survey, 1, "a", 0);
}

typedef struct
{
  const char *name;
  const char *script;
  gboolean is_net;
  int code;
} Case;

static const Case failures[] = {
  { "stat-refused-means-later", CAPA_UIDL "C: STAT\nS: -ERR once every 15 minutes\nSILENT\n", FALSE,
    PJ_POP3_ERROR_BUSY },
  { "stat-malformed", CAPA_UIDL "C: STAT\nS: +OK seven\nSILENT\n", FALSE, PJ_POP3_ERROR_PROTOCOL },
  { "stat-too-many", CAPA_UIDL "C: STAT\nS: +OK 4294967295 1\nSILENT\n", FALSE,
    PJ_POP3_ERROR_PROTOCOL },
  { "uidl-refused-once-means-later", CAPA_UIDL "C: STAT\nS: +OK 1 1\nC: UIDL\nS: -ERR\nSILENT\n",
    FALSE, PJ_POP3_ERROR_BUSY },
  { "cut-in-the-rows", CAPA_UIDL "C: STAT\nS: +OK 2 1\nC: UIDL\nS: +OK\nS: 1 a\nS:raw 2 \nCUT\n",
    TRUE, PJ_NET_ERROR_NETWORK },
  { "endless-rows", CAPA_UIDL "C: STAT\nS: +OK 2 1\nC: UIDL\nS: +OK\nS:repeat 1000 1 a\nSILENT\n",
    FALSE, PJ_POP3_ERROR_PROTOCOL },
};

static void
test_failure (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Stage) stage = stage_new (c->script);
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (take (stage, &session, &error));
  g_assert_true (g_error_matches (error, c->is_net ? PJ_NET_ERROR : PJ_POP3_ERROR, c->code));
  /* Where an answer was not taken to its end, nothing more can be asked. */
  if (g_str_equal (c->name, "endless-rows"))
    g_assert_false (pj_pop3_session_is_usable (session));
}

#define CAPA_PIPELINING "S: +OK\nC: CAPA\nS: +OK\nS: UIDL\nS: PIPELINING\nS: .\n"

/* Messages 1 and 2 with the ids a and b, of 10 and 20 octets. */
static PjPop3Survey *
know_two (void)
{
  g_autoptr (Stage) stage =
      stage_new (CAPA_UIDL "C: STAT\nS: +OK 2 30\nC: UIDL\nS: +OK\nS: 1 a\nS: 2 b\nS: .\n"
                           "C: LIST\nS: +OK\nS: 1 10\nS: 2 20\nS: .\nSILENT\n");
  g_autoptr (PjPop3Session) session = NULL;
  PjPop3Survey *survey = take (stage, &session, NULL);

  g_assert_true (survey->can_vouch);
  return survey;
}

#define ALL_OF_TWO "UIDL\nS: +OK\nS: 1 a\nS: 2 b\nS: .\nC: LIST\nS: +OK\nS: 1 10\nS: 2 20\nS: .\n"

typedef struct
{
  const char *name;
  const char *script;
  guint n_old;      /* of the answer */
  const char *uids; /* of the answer; NULL: it is the known survey itself */
} Probe;

static const Probe probes[] = {
  { "unchanged",
    CAPA_PIPELINING "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 2 30\nS: +OK 2 b\nS: -ERR\n", 0, NULL },
  { "one-was-added",
    CAPA_PIPELINING "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 3 60\nS: +OK 2 b\nS: +OK 3 c\n"
                    "C: LIST 3\nS: +OK 3 30\n",
    2, "a b c " },
  { "two-were-added",
    CAPA_PIPELINING "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 4 70\nS: +OK 2 b\nS: +OK 3 c\n"
                    "C: LIST 3\nC: LIST 4\nC: UIDL 4\nS: +OK 3 30\nS: +OK 4 10\nS: +OK 4 d\n",
    2, "a b c d " },
  { "one-went-before-the-last",
    CAPA_PIPELINING "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 1 20\nS: -ERR\nS: -ERR\n"
                    "C: UIDL\nC: LIST\nS: +OK\nS: 1 b\nS: .\nS: +OK\nS: 1 20\nS: .\n",
    0, "b " },
  { "one-went-and-one-came",
    CAPA_PIPELINING
    "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 2 50\nS: +OK 2 c\nS: -ERR\n"
    "C: UIDL\nC: LIST\nS: +OK\nS: 1 b\nS: 2 c\nS: .\nS: +OK\nS: 1 20\nS: 2 30\nS: .\n",
    0, "b c " },
  { "the-sum-is-another",
    CAPA_PIPELINING
    "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 2 31\nS: +OK 2 b\nS: -ERR\n"
    "C: UIDL\nC: LIST\nS: +OK\nS: 1 a\nS: 2 b\nS: .\nS: +OK\nS: 1 11\nS: 2 20\nS: .\n",
    0, "a b " },
  { "the-sum-is-another-with-an-added",
    CAPA_PIPELINING "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 3 61\nS: +OK 2 b\nS: +OK 3 c\n"
                    "C: LIST 3\nS: +OK 3 30\n"
                    "C: UIDL\nC: LIST\nS: +OK\nS: 1 a\nS: 2 b\nS: 3 c\nS: .\n"
                    "S: +OK\nS: 1 11\nS: 2 20\nS: 3 30\nS: .\n",
    0, "a b c " },
  { "an-added-one-has-a-known-id",
    CAPA_PIPELINING "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 3 40\nS: +OK 2 b\nS: +OK 3 a\n"
                    "C: LIST 3\nS: +OK 3 10\n"
                    "C: UIDL\nC: LIST\nS: +OK\nS: 1 a\nS: 2 b\nS: 3 a\nS: .\n"
                    "S: +OK\nS: 1 10\nS: 2 20\nS: 3 10\nS: .\n",
    0, "a b a " },
  { "more-than-stat-says",
    CAPA_PIPELINING
    "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 2 30\nS: +OK 2 b\nS: +OK 3 c\n"
    "C: UIDL\nC: LIST\nS: +OK\nS: 1 a\nS: 2 b\nS: .\nS: +OK\nS: 1 10\nS: 2 20\nS: .\n",
    0, "a b " },
  { "an-answer-for-another-number",
    CAPA_PIPELINING
    "C: STAT\nC: UIDL 2\nC: UIDL 3\nS: +OK 2 30\nS: +OK 1 b\nS: -ERR\n"
    "C: UIDL\nC: LIST\nS: +OK\nS: 1 a\nS: 2 b\nS: .\nS: +OK\nS: 1 10\nS: 2 20\nS: .\n",
    0, "a b " },
  { "step-by-step-unchanged", CAPA_UIDL "C: STAT\nS: +OK 2 30\nC: UIDL 2\nS: +OK 2 b\n", 0, NULL },
  { "step-by-step-added",
    CAPA_UIDL "C: STAT\nS: +OK 3 60\nC: UIDL 2\nS: +OK 2 b\nC: UIDL 3\nS: +OK 3 c\n"
              "C: LIST 3\nS: +OK 3 30\n",
    2, "a b c " },
  { "step-by-step-shrunk",
    CAPA_UIDL
    "C: STAT\nS: +OK 1 20\nC: UIDL\nS: +OK\nS: 1 b\nS: .\nC: LIST\nS: +OK\nS: 1 20\nS: .\n",
    0, "b " },
  { "emptied", CAPA_UIDL "C: STAT\nS: +OK 0 0\n", 0, "" },
};

static void
test_probe (gconstpointer data)
{
  const Probe *c = data;
  g_autofree char *script = g_strconcat (c->script, "SILENT\n", NULL);
  g_autoptr (PjPop3Survey) known = know_two ();
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (PjPop3Survey) survey = NULL;
  g_autoptr (GString) uids = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  PjPop3SurveyFlight flight;

  g_assert_true (pj_pop3_session_ask_capabilities (session, NULL, NULL));
  flight = pj_pop3_survey_send (session, known);
  survey = pj_pop3_survey_receive (session, flight, known, NULL, &error);
  g_assert_no_error (error);
  g_assert_true ((survey == known) == (c->uids == NULL));
  if (c->uids == NULL)
    return;

  for (guint i = 0; i < survey->entries->len; i++)
    g_string_append_printf (uids, "%s ", g_array_index (survey->entries, PjPop3Entry, i).uid);
  g_assert_cmpstr (uids->str, ==, c->uids);
  g_assert_cmpuint (survey->n_old, ==, c->n_old);
}

static void
test_uids_only (void)
{
  g_autoptr (Stage) stage = stage_new (CAPA_PIPELINING "C: STAT\nS: +OK 2 30\nC: UIDL\nS: +OK\n"
                                                       "S: 1 a\nS: 2 b\nS: .\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (PjPop3Survey) survey = NULL;

  g_assert_true (pj_pop3_session_ask_capabilities (session, NULL, NULL));
  survey = pj_pop3_survey_take_uids (session, NULL, NULL);
  assert_entry (survey, 2, "b", 0);
  g_assert_false (survey->can_vouch);
}

/* What happens to a mailbox between two looks. */
static void
add_mail (ModelServer *server, GRand *dice, guint *serial)
{
  ModelMail mail = { .octets = (guint64) g_rand_int_range (dice, 200, 60000) };

  /* Equal mails have equal ids at some servers, and equal sizes. */
  if (server->mails->len > 0 && g_rand_int_range (dice, 0, 12) == 0)
    {
      ModelMail *twin =
          &g_array_index (server->mails, ModelMail,
                          (guint) g_rand_int_range (dice, 0, (gint32) server->mails->len));

      mail.uid = g_strdup (twin->uid);
      mail.octets = twin->octets;
    }
  else
    {
      mail.uid = g_strdup_printf ("id-%u", (*serial)++);
    }
  g_array_append_val (server->mails, mail);
}

static void
shuffle (ModelServer *server, GRand *dice)
{
  for (guint i = server->mails->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (dice, 0, (gint32) i);
      ModelMail last = g_array_index (server->mails, ModelMail, i - 1);

      g_array_index (server->mails, ModelMail, i - 1) = g_array_index (server->mails, ModelMail, j);
      g_array_index (server->mails, ModelMail, j) = last;
    }
}

/* As after a move to another server. */
static void
rename_all (ModelServer *server, guint *serial)
{
  for (guint i = 0; i < server->mails->len; i++)
    {
      ModelMail *mail = &g_array_index (server->mails, ModelMail, i);

      g_free (mail->uid);
      mail->uid = g_strdup_printf ("id-%u", (*serial)++);
    }
}

static void
change_mailbox (ModelServer *server, GRand *dice, guint *serial)
{
  guint which =
      server->mails->len > 0 ? (guint) g_rand_int_range (dice, 0, (gint32) server->mails->len) : 0;
  ModelMail *mail =
      server->mails->len > 0 ? &g_array_index (server->mails, ModelMail, which) : NULL;

  switch (mail != NULL ? g_rand_int_range (dice, 0, 10) : 0)
    {
    case 4:
    case 5:
      g_array_remove_index (server->mails, which);
      break;
    case 6:
      g_array_set_size (server->mails, server->mails->len - 1);
      break;
    case 7:
      shuffle (server, dice);
      break;
    case 8:
      mail->octets += (guint64) g_rand_int_range (dice, 0, 100);
      break;
    case 9:
      if (which % 2 == 0)
        rename_all (server, serial);
      else
        mail->has_lost_size = !mail->has_lost_size;
      break;
    default:
      add_mail (server, dice, serial);
    }
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The ids, in an order that renumbering does not change. */
static char *
describe_survey (const PjPop3Survey *survey)
{
  g_autoptr (GPtrArray) uids = g_ptr_array_new ();

  for (guint i = 0; i < survey->entries->len; i++)
    g_ptr_array_add (uids, g_array_index (survey->entries, PjPop3Entry, i).uid);
  g_ptr_array_sort (uids, compare_text);
  g_ptr_array_add (uids, NULL);

  return g_strjoinv (", ", (char **) uids->pdata);
}

static PjPop3Survey *
look_at_model (ModelServer *server, PjPop3Survey *known)
{
  g_autoptr (GError) error = NULL;
  PjPop3SurveyFlight flight;
  PjPop3Session *session;
  PjPop3Survey *survey;

  model_server_begin (server);
  session = pj_pop3_session_new (
      pj_connection_open ("127.0.0.1", server->port, &stage_limits, NULL, NULL), PJ_SECURITY_NONE);
  g_assert_true (pj_pop3_session_greet (session, NULL, NULL));
  g_assert_true (pj_pop3_session_ask_capabilities (session, NULL, NULL));
  flight = pj_pop3_survey_send (session, known);
  survey = pj_pop3_survey_receive (session, flight, known, NULL, &error);
  g_assert_no_error (error);
  pj_pop3_session_free (session);
  model_server_end (server);

  return survey;
}

#define N_HISTORIES 12
#define N_LOOKS 60

/* Whatever happens to a mailbox, a survey that relies on the one before tells
 * the same as one that asks for everything. */
static void
test_histories (gconstpointer data)
{
  gboolean is_pipelining = GPOINTER_TO_INT (data);
  guint n_saved = 0;

  for (guint32 seed = 1; seed <= N_HISTORIES; seed++)
    {
      g_autoptr (ModelServer) server = model_server_new ();
      g_autoptr (PjPop3Survey) known = NULL;
      g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
      guint serial = 0;

      server->is_pipelining = is_pipelining;
      for (guint look = 0; look < N_LOOKS; look++)
        {
          g_autoptr (PjPop3Survey) all = NULL;
          g_autofree char *quick_text = NULL;
          g_autofree char *full_text = NULL;
          PjPop3Survey *quick;

          for (int n = g_rand_int_range (dice, 0, 4); n > 0; n--)
            change_mailbox (server, dice, &serial);

          quick = look_at_model (server, known);
          n_saved += quick == known || quick->n_old > 0;
          all = look_at_model (server, NULL);
          quick_text = describe_survey (quick);
          full_text = describe_survey (all);
          if (!g_str_equal (quick_text, full_text))
            g_test_message ("history %u, look %u", seed, look);
          g_assert_cmpstr (quick_text, ==, full_text);
          g_assert_cmpuint (quick->octets, ==, all->octets);
          pj_pop3_survey_unref (known);
          known = quick;
        }
    }

  /* The shortcut is taken, not only the way round. */
  g_assert_cmpuint (n_saved, >, N_HISTORIES * N_LOOKS / 10);
}

/* A large mailbox with nothing new costs as much as a small one. */
static void
test_cost (void)
{
  g_autoptr (ModelServer) server = model_server_new ();
  g_autoptr (PjPop3Survey) first = NULL;
  g_autoptr (PjPop3Survey) second = NULL;
  g_autoptr (PjPop3Survey) third = NULL;

  server->is_pipelining = TRUE;
  for (guint i = 0; i < 5000; i++)
    {
      ModelMail mail = { g_strdup_printf ("id-%u", i), 1000, FALSE };

      g_array_append_val (server->mails, mail);
    }
  first = look_at_model (server, NULL);
  g_assert_cmpuint (server->n_rows, ==, 10000);
  second = look_at_model (server, first);
  g_assert_true (second == first);
  g_assert_cmpuint (server->n_rows, ==, 1);

  {
    ModelMail mail = { g_strdup ("new"), 1000, FALSE };

    g_array_append_val (server->mails, mail);
  }
  third = look_at_model (server, second);
  g_assert_cmpuint (third->n_old, ==, 5000);
  g_assert_cmpuint (server->n_rows, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/survey/%s", failures[i].name);

      g_test_add_data_func (path, &failures[i], test_failure);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/survey/probes/%s", probes[i].name);

      g_test_add_data_func (path, &probes[i], test_probe);
    }
  g_test_add_func ("/pop3/survey/uids-only", test_uids_only);
  g_test_add_func ("/pop3/survey/cost", test_cost);
  g_test_add_data_func ("/pop3/survey/histories/pipelining", GINT_TO_POINTER (TRUE),
                        test_histories);
  g_test_add_data_func ("/pop3/survey/histories/step-by-step", GINT_TO_POINTER (FALSE),
                        test_histories);
  g_test_add_func ("/pop3/survey/full", test_full);
  g_test_add_func ("/pop3/survey/no-uidl", test_no_uidl);
  g_test_add_func ("/pop3/survey/sizes-refused", test_sizes_refused);

  return g_test_run ();
}
