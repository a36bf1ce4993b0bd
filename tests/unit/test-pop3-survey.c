/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-survey.h"

#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"
#include "script-fixture.h"

static PjPop3Survey *
take (Stage *stage, PjPop3Session **session, GError **error)
{
  *session = stage_greet (stage);
  g_assert_true (pj_pop3_session_ask_capabilities (*session, NULL, NULL));
  return pj_pop3_survey_take (*session, NULL, error);
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
  g_assert_true (pj_pop3_survey_ask_sizes (survey, session, NULL, &error));
  assert_entry (survey, 1, "a", 10);
  assert_entry (survey, 2, NULL, 0);
  assert_entry (survey, 3, "c", 4294967400);
  g_assert_cmpuint (pj_pop3_survey_find (survey, "c"), ==, 3);
  g_assert_cmpuint (pj_pop3_survey_find (survey, "again"), ==, 0);
}

static void
test_no_uidl (void)
{
  g_autoptr (Stage) stage =
      stage_new (CAPA_NONE "C: STAT\nS: +OK 2 10\nC: UIDL\nS: -ERR\nSILENT\n");
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

  g_assert_true (pj_pop3_survey_ask_sizes (survey, session, NULL, NULL));
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
  g_test_add_func ("/pop3/survey/full", test_full);
  g_test_add_func ("/pop3/survey/no-uidl", test_no_uidl);
  g_test_add_func ("/pop3/survey/sizes-refused", test_sizes_refused);

  return g_test_run ();
}
