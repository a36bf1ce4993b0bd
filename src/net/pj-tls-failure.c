/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tls-failure.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

typedef struct
{
  int reason; /* of OpenSSL's SSL library; those of the server's alerts count from 1000 */
  const char *words;
} Failure;

static const Failure failures[] = {
  { SSL_R_WRONG_VERSION_NUMBER, "The server does not speak TLS on this port" },
  { SSL_R_PACKET_LENGTH_TOO_LONG, "The server does not speak TLS on this port" },
  { SSL_R_UNSUPPORTED_PROTOCOL, "The server's encryption is too old: it has no TLS 1.2" },
  { SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, "The server's encryption is too old: it has no TLS 1.2" },
  { SSL_R_DH_KEY_TOO_SMALL, "The server's encryption is too weak: its key exchange is too short" },
  { SSL_R_WRONG_SIGNATURE_TYPE, "The server's encryption is too weak: it signs with SHA-1" },
  { SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE,
    "The server broke off the TLS handshake: it has no encryption in common with this computer, or "
    "asks for a client certificate" },
  { SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY, "The server finds this computer's encryption weak" },
  { SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED, "The server asks for a client certificate" },
  { SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, "The server refuses the client certificate" },
  { SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN, "The server refuses the client certificate" },
  { SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED,
    "The server refuses the client certificate: it expired" },
  { SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED,
    "The server refuses the client certificate: it was revoked" },
  { SSL_R_TLSV1_ALERT_UNKNOWN_CA,
    "The server refuses the client certificate: it does not know the issuer" },
  { SSL_R_TLSV1_UNRECOGNIZED_NAME, "The server does not know the name it was asked by" },
};

/**
 * pj_tls_failure_explain:
 * @code: what OpenSSL has put on its list of errors; 0 when it is empty
 *
 * Returns: (transfer full): in English, why TLS failed: what it means for the
 *   user where that is known, OpenSSL's reason elsewhere
 */
char *
pj_tls_failure_explain (unsigned long code)
{
  const char *reason;

  for (gsize i = 0; ERR_GET_LIB (code) == ERR_LIB_SSL && i < G_N_ELEMENTS (failures); i++)
    {
      if (failures[i].reason == ERR_GET_REASON (code))
        return g_strdup (failures[i].words);
    }

  reason = code != 0 ? ERR_reason_error_string (code) : NULL;
  return g_strdup_printf ("TLS failed: %s", reason != NULL ? reason : "no reason given");
}
