/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls-demand.h"

/**
 * pj_tls_demand_new: (skip)
 *
 * Returns: (transfer full): the demand of an account without wishes of its
 *   own: the system's trust store, no pin. For its maker to fill
 */
PjTlsDemand *
pj_tls_demand_new (void)
{
  return g_new0 (PjTlsDemand, 1);
}

/**
 * pj_tls_demand_copy: (skip)
 * @self: a demand
 *
 * Returns: (transfer full): another with the same values
 */
PjTlsDemand *
pj_tls_demand_copy (const PjTlsDemand *self)
{
  PjTlsDemand *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = pj_tls_demand_new ();
  copy->ca_file = g_strdup (self->ca_file);
  copy->pin = g_strdup (self->pin);
  copy->pin_summary = g_strdup (self->pin_summary);
  copy->client_certificate = g_strdup (self->client_certificate);
  copy->session = self->session != NULL ? g_bytes_ref (self->session) : NULL;

  return copy;
}

/**
 * pj_tls_demand_free: (skip)
 * @self: (transfer full) (nullable): the demand
 */
void
pj_tls_demand_free (PjTlsDemand *self)
{
  if (self == NULL)
    return;

  g_free (self->ca_file);
  g_free (self->pin);
  g_free (self->pin_summary);
  g_free (self->client_certificate);
  g_clear_pointer (&self->session, g_bytes_unref);
  g_free (self);
}
