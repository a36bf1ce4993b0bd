/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-problem.h"

#include "base/pj-text.h"

/* By code: scripts and the database rely on these. */
static const char *const words[] = {
  "auth",        "busy",     "turned-away", "network",        "timeout",   "tls",
  "certificate", "protocol", "unsupported", "locked-keyring", "cancelled", "internal",
};

static void
test_words (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (words), ==, PJ_PROBLEM_INTERNAL + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      PjProblemCode code = PJ_PROBLEM_INTERNAL + 1;

      g_assert_cmpstr (pj_problem_code_to_string ((PjProblemCode) i), ==, words[i]);
      g_assert_true (pj_problem_code_from_string (words[i], &code));
      g_assert_cmpint (code, ==, i);
    }
}

static void
test_unknown_word (void)
{
  PjProblemCode code = PJ_PROBLEM_TLS;

  g_assert_false (pj_problem_code_from_string (NULL, &code));
  g_assert_false (pj_problem_code_from_string ("", &code));
  g_assert_false (pj_problem_code_from_string ("AUTH", &code));
  g_assert_cmpint (code, ==, PJ_PROBLEM_TLS);
}

static void
test_detail (void)
{
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autoptr (PjProblem) quoted = pj_problem_new (PJ_PROBLEM_BUSY, "-ERR [IN-USE]\r\n\x1B[2J");
  g_autoptr (PjProblem) silent = pj_problem_new (PJ_PROBLEM_BUSY, NULL);
  g_autoptr (PjProblem) cut = pj_problem_new (PJ_PROBLEM_BUSY, endless);

  g_assert_cmpstr (pj_problem_get_detail (quoted), ==, "-ERR [IN-USE] \xEF\xBF\xBD[2J");
  g_assert_cmpint (pj_problem_get_code (quoted), ==, PJ_PROBLEM_BUSY);
  g_assert_cmpstr (pj_problem_get_detail (silent), ==, "");
  g_assert_cmpint (g_utf8_strlen (pj_problem_get_detail (cut), -1), ==,
                   2 * PJ_TEXT_MAX_SERVER_CHARS + 1);
}

/* Only these leave a doubt about a password that worked before. */
static void
test_refusal (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (PjProblem) problem = pj_problem_new ((PjProblemCode) i, NULL);

      g_assert_cmpint (pj_problem_is_refusal (problem), ==,
                       i == PJ_PROBLEM_AUTH || i == PJ_PROBLEM_TURNED_AWAY);
    }
}

static void
test_needs_whole (void)
{
  g_autoptr (GError) error =
      g_error_new_literal (PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED, "no TOP");
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "disk");
  g_autoptr (GError) copy = NULL;

  g_assert_false (pj_problem_error_needs_whole (error));
  g_assert_false (pj_problem_error_needs_whole (other));
  pj_problem_error_set_needs_whole (error);
  copy = g_error_copy (error);
  g_assert_true (pj_problem_error_needs_whole (error));
  g_assert_true (pj_problem_error_needs_whole (copy));
}

#define FINGERPRINT "AB:CD"

/* The certificate that a user may pin travels with the error. */
static void
test_certificate (void)
{
  GError *error = g_error_new_literal (PJ_PROBLEM_ERROR, PJ_PROBLEM_CERTIFICATE, "old");
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "full");
  g_autoptr (GError) copy = NULL;
  g_autoptr (PjProblem) plain = pj_problem_new_from_error (error);
  g_autoptr (PjProblem) problem = NULL;

  g_assert_null (pj_problem_get_fingerprint (plain));
  g_assert_null (pj_problem_error_get_fingerprint (error));
  g_assert_null (pj_problem_error_get_fingerprint (other));

  pj_problem_error_set_certificate (error, "to be replaced", "as well");
  pj_problem_error_set_certificate (error, FINGERPRINT, "for x");
  copy = g_error_copy (error);
  g_error_free (error);
  problem = pj_problem_new_from_error (copy);
  g_assert_cmpstr (pj_problem_get_fingerprint (problem), ==, FINGERPRINT);
  g_assert_cmpstr (pj_problem_describe_certificate (problem, FINGERPRINT), ==, "for x");
  g_assert_cmpstr (pj_problem_get_detail (problem), ==, "old");
  g_assert_cmpint (pj_problem_get_code (problem), ==, PJ_PROBLEM_CERTIFICATE);
}

/* What one certificate says is not kept with the pin to another. */
static void
test_another_certificate (void)
{
  g_autoptr (PjProblem) problem =
      pj_problem_new_with_certificate (PJ_PROBLEM_CERTIFICATE, "old", FINGERPRINT, "for x");
  g_autoptr (PjProblem) other = pj_problem_new (PJ_PROBLEM_TIMEOUT, "late");

  g_assert_cmpstr (pj_problem_describe_certificate (problem, FINGERPRINT), ==, "for x");
  g_assert_null (pj_problem_describe_certificate (problem, "EF:01"));
  g_assert_null (pj_problem_describe_certificate (problem, NULL));
  g_assert_null (pj_problem_describe_certificate (other, FINGERPRINT));
  g_assert_null (pj_problem_describe_certificate (other, NULL));
  g_assert_null (pj_problem_describe_certificate (NULL, FINGERPRINT));
}

static void
test_shared (void)
{
  PjProblem *problem = pj_problem_new (PJ_PROBLEM_AUTH, "no");
  g_autoptr (PjProblem) kept = pj_problem_ref (problem);

  pj_problem_unref (problem);
  g_assert_cmpstr (pj_problem_get_detail (kept), ==, "no");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/problem/codes-have-words", test_words);
  g_test_add_func ("/model/problem/unknown-word-changes-nothing", test_unknown_word);
  g_test_add_func ("/model/problem/refusal", test_refusal);
  g_test_add_func ("/model/problem/detail-is-cleaned-and-cut", test_detail);
  g_test_add_func ("/model/problem/whole-mails-mend-it", test_needs_whole);
  g_test_add_func ("/model/problem/certificate-travels-with-the-error", test_certificate);
  g_test_add_func ("/model/problem/another-certificate-is-not-described", test_another_certificate);
  g_test_add_func ("/model/problem/lives-with-its-last-reference", test_shared);
  return g_test_run ();
}
