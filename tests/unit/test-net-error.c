/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-net-error.h"

#include <gio/gio.h>

static void
test_certificate (void)
{
  GError *error = NULL;
  g_autoptr (GError) copy = NULL;

  pj_net_error_set_certificate (&error, "AB:CD", "for x", "The certificate expired");
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE);
  g_assert_cmpstr (error->message, ==, "The certificate expired");

  /* A prefix and a copy leave it as it is. */
  g_prefix_error (&error, "home: ");
  copy = g_error_copy (error);
  g_error_free (error);
  g_assert_cmpstr (pj_net_error_get_fingerprint (copy), ==, "AB:CD");
  g_assert_cmpstr (pj_net_error_get_certificate (copy), ==, "for x");
  pj_net_error_set_certificate (NULL, "AB:CD", "for x", "to nobody");
}

static void
test_others_have_none (void)
{
  g_autoptr (GError) late = g_error_new_literal (PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT, "late");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stop");

  g_assert_null (pj_net_error_get_fingerprint (late));
  g_assert_null (pj_net_error_get_fingerprint (other));
  g_assert_null (pj_net_error_get_certificate (late));
  g_assert_null (pj_net_error_get_certificate (other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/error/certificate", test_certificate);
  g_test_add_func ("/net/error/others-have-none", test_others_have_none);
  return g_test_run ();
}
