/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-net-error.h"

typedef struct
{
  char *fingerprint; /* (owned) (nullable) */
  char *certificate; /* (owned) (nullable) */
} PjNetErrorPrivate;

static void
pj_net_error_private_init (PjNetErrorPrivate *private)
{
}

static void
pj_net_error_private_copy (const PjNetErrorPrivate *from, PjNetErrorPrivate *to)
{
  to->fingerprint = g_strdup (from->fingerprint);
  to->certificate = g_strdup (from->certificate);
}

static void
pj_net_error_private_clear (PjNetErrorPrivate *private)
{
  g_free (private->fingerprint);
  g_free (private->certificate);
}

/* GLib's macro steps back in front of the error by bytes; it keeps to the alignment. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-align"
G_DEFINE_EXTENDED_ERROR (PjNetError, pj_net_error)
#pragma GCC diagnostic pop

/**
 * pj_net_error_set_certificate:
 * @error: return location
 * @fingerprint: SHA-256 of the certificate that was not accepted, "AB:CD:…"
 * @certificate: what it says of itself, as of pj_connection_dup_certificate()
 * @words: what is wrong with it, in English
 *
 * Sets %PJ_NET_ERROR_CERTIFICATE.
 */
void
pj_net_error_set_certificate (GError **error,
                              const char *fingerprint,
                              const char *certificate,
                              const char *words)
{
  GError *failure = g_error_new_literal (PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE, words);
  PjNetErrorPrivate *private = pj_net_error_get_private (failure);

  private->fingerprint = g_strdup (fingerprint);
  private->certificate = g_strdup (certificate);
  g_propagate_error (error, failure);
}

/**
 * pj_net_error_get_fingerprint:
 * @error: any error
 *
 * Returns: (transfer none) (nullable): SHA-256 of the certificate that
 *   @error is about, to be offered for pinning; %NULL for other errors
 */
const char *
pj_net_error_get_fingerprint (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == PJ_NET_ERROR ? pj_net_error_get_private (error)->fingerprint : NULL;
}

/**
 * pj_net_error_get_certificate:
 * @error: any error
 *
 * Returns: (transfer none) (nullable): what the certificate that @error is
 *   about says of itself; %NULL for other errors
 */
const char *
pj_net_error_get_certificate (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == PJ_NET_ERROR ? pj_net_error_get_private (error)->certificate : NULL;
}
