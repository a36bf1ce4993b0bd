/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-doctor-walk.h"

#include "doctor-steps.h"
#include "net/pj-net-error.h"

static char *
succeed (PjDoctorWalk *walk, GError **error)
{
  return g_strdup ("well");
}

static char *
fail (PjDoctorWalk *walk, GError **error)
{
  g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT, "slow");
  return NULL;
}

static char *
distrust (PjDoctorWalk *walk, GError **error)
{
  pj_net_error_set_certificate (error, "AB", "for x", "expired");
  return NULL;
}

static char *
stop (PjDoctorWalk *walk, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stop");
  return NULL;
}

typedef struct
{
  const char *name;
  PjDoctorStage way[4];
  const char *expected;
  gboolean is_finished;
  gboolean is_cancelled;
} Case;

#define STEP(name, func)                                                                           \
  {                                                                                                \
    name, func, NULL, FALSE                                                                        \
  }
#define OPTIONAL(name, func)                                                                       \
  {                                                                                                \
    name, func, NULL, TRUE                                                                         \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL, NULL, NULL, FALSE                                                                        \
  }

static const Case cases[] = {
  { "all-well", { STEP ("a", succeed), STEP ("b", succeed), END }, "a b", TRUE, FALSE },
  { "nothing-to-do", { END }, "", TRUE, FALSE },
  { "failure-ends",
    { STEP ("a", succeed), STEP ("b", fail), STEP ("c", succeed), END },
    "a !b",
    FALSE,
    FALSE },
  { "optional-goes-on", { OPTIONAL ("a", fail), STEP ("b", succeed), END }, "!a b", TRUE, FALSE },
  { "certificate-has-its-name",
    { { "a", distrust, "proof", FALSE }, END },
    "!proof",
    FALSE,
    FALSE },
  { "certificate-without-name", { STEP ("a", distrust), END }, "!a", FALSE, FALSE },
  { "cancel-is-no-step", { STEP ("a", succeed), OPTIONAL ("b", stop), END }, "a", FALSE, TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailbox) mailbox = pj_mailbox_new ("127.0.0.1", 1, PJ_SECURITY_TLS);
  g_autoptr (GPtrArray) steps =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pj_doctor_step_free);
  g_autoptr (GError) error = NULL;
  PjDoctorWalk walk = { mailbox, "X", NULL, steps, NULL };

  mailbox->log = pj_session_log_new ();
  g_assert_cmpint (pj_doctor_walk_take (&walk, c->way, &error), ==, c->is_finished);
  assert_steps (steps, c->expected);
  g_assert_cmpint (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED), ==, c->is_cancelled);
  if (!c->is_cancelled)
    g_assert_no_error (error);
  g_assert_cmpint (*pj_session_log_get_text (mailbox->log) != '\0', ==,
                   strchr (c->expected, '!') != NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/doctor-walk/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
