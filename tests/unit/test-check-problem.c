/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check-problem.h"

#include <gio/gio.h>

#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"

typedef struct
{
  const char *name;
  GQuark (*domain) (void);
  int code;
  PjProblemCode expected;
} Case;

static const Case cases[] = {
  { "no-connection", pj_net_error_quark, PJ_NET_ERROR_NETWORK, PJ_PROBLEM_NETWORK },
  { "silence", pj_net_error_quark, PJ_NET_ERROR_TIMEOUT, PJ_PROBLEM_TIMEOUT },
  { "no-encryption", pj_net_error_quark, PJ_NET_ERROR_TLS, PJ_PROBLEM_TLS },
  { "bad-certificate", pj_net_error_quark, PJ_NET_ERROR_CERTIFICATE, PJ_PROBLEM_CERTIFICATE },
  { "unreadable-ca-file", pj_net_error_quark, PJ_NET_ERROR_SETTING, PJ_PROBLEM_INTERNAL },
  { "long-line", pj_net_error_quark, PJ_NET_ERROR_PROTOCOL, PJ_PROBLEM_PROTOCOL },
  { "unknown-net-error", pj_net_error_quark, 4711, PJ_PROBLEM_INTERNAL },
  { "not-pop3", pj_pop3_error_quark, PJ_POP3_ERROR_PROTOCOL, PJ_PROBLEM_PROTOCOL },
  { "refused", pj_pop3_error_quark, PJ_POP3_ERROR_REFUSED, PJ_PROBLEM_BUSY },
  { "wrong-password", pj_pop3_error_quark, PJ_POP3_ERROR_AUTH, PJ_PROBLEM_AUTH },
  { "in-use", pj_pop3_error_quark, PJ_POP3_ERROR_BUSY, PJ_PROBLEM_BUSY },
  { "turned-away", pj_pop3_error_quark, PJ_POP3_ERROR_TURNED_AWAY, PJ_PROBLEM_TURNED_AWAY },
  { "closed", pj_pop3_error_quark, PJ_POP3_ERROR_CLOSED, PJ_PROBLEM_UNSUPPORTED },
  { "lacking", pj_pop3_error_quark, PJ_POP3_ERROR_UNSUPPORTED, PJ_PROBLEM_UNSUPPORTED },
  { "no-stls", pj_pop3_error_quark, PJ_POP3_ERROR_NO_TLS, PJ_PROBLEM_TLS },
  { "unknown-pop3-error", pj_pop3_error_quark, 4711, PJ_PROBLEM_INTERNAL },
  { "unknown-host", g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND, PJ_PROBLEM_NETWORK },
  { "our-own", pj_problem_error_quark, PJ_PROBLEM_LOCKED_KEYRING, PJ_PROBLEM_LOCKED_KEYRING },
  { "file", g_file_error_quark, G_FILE_ERROR_NOSPC, PJ_PROBLEM_INTERNAL },
  { "other-io", g_io_error_quark, G_IO_ERROR_NO_SPACE, PJ_PROBLEM_INTERNAL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = g_error_new_literal (c->domain (), c->code, "why");

  error = pj_check_problem_translate (g_steal_pointer (&error));
  g_assert_error (error, PJ_PROBLEM_ERROR, (int) c->expected);
  g_assert_cmpstr (error->message, ==, "why");
}

static void
test_certificate (void)
{
  GError *failure = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PjProblem) problem = NULL;

  pj_net_error_set_certificate (&failure, "AB:CD", "for x", "expired");
  error = pj_check_problem_translate (failure);
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_CERTIFICATE);
  g_assert_cmpstr (error->message, ==, "expired");
  g_assert_cmpstr (pj_problem_error_get_fingerprint (error), ==, "AB:CD");
  problem = pj_problem_new_from_error (error);
  g_assert_cmpstr (pj_problem_describe_certificate (problem, "AB:CD"), ==, "for x");
}

static void
test_cancel (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stop");

  error = pj_check_problem_translate (g_steal_pointer (&error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/problem/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/check/problem/certificate-is-told", test_certificate);
  g_test_add_func ("/check/problem/cancel-stays-a-cancel", test_cancel);

  return g_test_run ();
}
