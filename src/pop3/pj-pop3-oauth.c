/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-oauth.h"

/* Ends a field of both messages. */
#define SEPARATOR "\001"

/* RFC 7628 section 3.2.2 knows few members, all of them short. */
#define MAX_FAILURE_BYTES 4096

/**
 * pj_pop3_oauth_dup_xoauth2:
 * @credentials: with a token, checked by pj_pop3_credentials_check()
 *
 * The message of Google's and Microsoft's XOAUTH2, for which there is no RFC.
 *
 * Returns: (transfer full): the message, to be wiped
 */
char *
pj_pop3_oauth_dup_xoauth2 (const PjPop3Credentials *credentials)
{
  g_return_val_if_fail (credentials != NULL && credentials->token != NULL, NULL);

  return g_strconcat ("user=", credentials->user, SEPARATOR "auth=Bearer ",
                      pj_secret_peek (credentials->token), SEPARATOR SEPARATOR, NULL);
}

/**
 * pj_pop3_oauth_dup_oauthbearer:
 * @credentials: with a token, checked by pj_pop3_credentials_check()
 * @error: return location; as pj_pop3_credentials_dup_saslname()
 *
 * Reference: RFC 7628 section 3.1.
 *
 * Returns: (transfer full): the message, to be wiped
 */
char *
pj_pop3_oauth_dup_oauthbearer (const PjPop3Credentials *credentials, GError **error)
{
  g_autofree char *user = NULL;
  g_autoptr (GString) place = NULL;

  g_return_val_if_fail (credentials != NULL && credentials->token != NULL, NULL);

  user = pj_pop3_credentials_dup_saslname (credentials, error);
  if (user == NULL)
    return NULL;

  place = g_string_new (NULL);
  if (credentials->host != NULL)
    g_string_append_printf (place, "host=%s" SEPARATOR "port=%u" SEPARATOR, credentials->host,
                            credentials->port);

  return g_strconcat ("n,a=", user, "," SEPARATOR, place->str, "auth=Bearer ",
                      pj_secret_peek (credentials->token), SEPARATOR SEPARATOR, NULL);
}

static char *
dup_status (const char *json, gsize len)
{
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;

  if (len > MAX_FAILURE_BYTES || !g_utf8_validate_len (json, len, NULL))
    return NULL;

  regex = g_regex_new ("\"status\"\\s*:\\s*\"?([A-Za-z0-9_]+)", G_REGEX_CASELESS, 0, NULL);
  g_regex_match_full (regex, json, (gssize) len, 0, 0, &match, NULL);

  return g_match_info_matches (match) ? g_match_info_fetch (match, 1) : NULL;
}

/**
 * pj_pop3_oauth_explain_failure:
 * @json: the challenge by which a server refuses a token, decoded; from the
 *   server, so anything
 * @len: bytes in @json
 *
 * Servers answer with the status of RFC 7628 or with one of HTTP.
 *
 * Reference: RFC 7628 section 3.2.2, RFC 6750 section 3.1.
 *
 * Returns: (transfer full): what it means, in English
 */
char *
pj_pop3_oauth_explain_failure (const char *json, gsize len)
{
  static const struct
  {
    const char *status;
    const char *meaning;
  } meanings[] = {
    { "invalid_token", "The server refuses the access token: it has expired or was withdrawn" },
    { "400", "The server refuses the access token: it has expired or was withdrawn" },
    { "401", "The server refuses the access token: it has expired or was withdrawn" },
    { "insufficient_scope", "The access token is valid, but not for reading mail by POP3" },
    { "403", "The access token is valid, but not for reading mail by POP3" },
    { "invalid_request", "The server does not understand the access token" },
  };
  g_autofree char *status = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  status = dup_status (json, len);
  for (gsize i = 0; status != NULL && i < G_N_ELEMENTS (meanings); i++)
    {
      if (g_ascii_strcasecmp (status, meanings[i].status) == 0)
        return g_strdup (meanings[i].meaning);
    }

  return g_strdup ("The server refuses the access token and does not say why");
}
