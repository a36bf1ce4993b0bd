/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls-demand.h"

#define PIN "01:23:45:67"

static void
test_default (void)
{
  g_autoptr (PjTlsDemand) demand = pj_tls_demand_new ();
  g_autoptr (PjTlsDemand) copy = pj_tls_demand_copy (demand);

  g_assert_null (copy->ca_file);
  g_assert_null (copy->pin);
  g_assert_null (copy->pin_summary);
  g_assert_null (copy->client_certificate);
  g_assert_null (copy->session);
  pj_tls_demand_free (NULL);
}

static void
test_copy (void)
{
  PjTlsDemand *demand = pj_tls_demand_new ();
  g_autoptr (PjTlsDemand) copy = NULL;

  demand->ca_file = g_strdup ("/ca.pem");
  demand->pin = g_strdup (PIN);
  demand->pin_summary = g_strdup ("for pop.example.org");
  demand->client_certificate = g_strdup ("/me.pem");
  demand->session = g_bytes_new_static ("session", 7);
  copy = pj_tls_demand_copy (demand);
  pj_tls_demand_free (demand);

  g_assert_cmpstr (copy->ca_file, ==, "/ca.pem");
  g_assert_cmpstr (copy->pin, ==, PIN);
  g_assert_cmpstr (copy->pin_summary, ==, "for pop.example.org");
  g_assert_cmpstr (copy->client_certificate, ==, "/me.pem");
  g_assert_cmpuint (g_bytes_get_size (copy->session), ==, 7);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/tls-demand/default", test_default);
  g_test_add_func ("/net/tls-demand/copy", test_copy);

  return g_test_run ();
}
