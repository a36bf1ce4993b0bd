/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-mechanism.h"

/* Strongest first.
 *
 * XOAUTH2 does not speak first although it could: Microsoft's servers want
 * the token on a line of its own. */
static const PjPop3Mechanism mechanisms[] = {
  { "EXTERNAL", PJ_POP3_FAMILY_CERTIFICATE, TRUE, 1 },
  { "OAUTHBEARER", PJ_POP3_FAMILY_TOKEN, TRUE, 1 },
  { "XOAUTH2", PJ_POP3_FAMILY_TOKEN, FALSE, 1 },
  { "SCRAM-SHA-256-PLUS", PJ_POP3_FAMILY_SCRAM_PLUS, TRUE, 2 },
  { "SCRAM-SHA-256", PJ_POP3_FAMILY_SCRAM, TRUE, 2 },
  { "SCRAM-SHA-1-PLUS", PJ_POP3_FAMILY_SCRAM_PLUS, TRUE, 2 },
  { "SCRAM-SHA-1", PJ_POP3_FAMILY_SCRAM, TRUE, 2 },
  { "CRAM-MD5", PJ_POP3_FAMILY_CRAM, FALSE, 1 },
  { "APOP", PJ_POP3_FAMILY_APOP, FALSE, 1 },
  { "PLAIN", PJ_POP3_FAMILY_PLAIN, TRUE, 1 },
  { "LOGIN", PJ_POP3_FAMILY_PLAIN, FALSE, 2 },
  { "USER", PJ_POP3_FAMILY_USER, FALSE, 1 },
  { "GSSAPI", PJ_POP3_FAMILY_TICKET, TRUE, 1 },
};

/**
 * pj_pop3_mechanism_get:
 * @position: from 0, the strongest first
 *
 * Returns: (transfer none) (nullable): the mechanism there; %NULL behind the
 *   last
 */
const PjPop3Mechanism *
pj_pop3_mechanism_get (guint position)
{
  return position < G_N_ELEMENTS (mechanisms) ? &mechanisms[position] : NULL;
}

/**
 * pj_pop3_mechanism_find:
 * @name: in upper or lower case
 *
 * Returns: (transfer none) (nullable): that mechanism; %NULL when it is not
 *   one of ours
 */
const PjPop3Mechanism *
pj_pop3_mechanism_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      if (g_ascii_strcasecmp (mechanisms[i].name, name) == 0)
        return &mechanisms[i];
    }

  return NULL;
}

/**
 * pj_pop3_mechanism_reveals:
 * @self: a mechanism
 *
 * Returns: whether it sends the password as it is
 */
gboolean
pj_pop3_mechanism_reveals (const PjPop3Mechanism *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->family == PJ_POP3_FAMILY_PLAIN || self->family == PJ_POP3_FAMILY_USER;
}

/* MD5 hides the password from a listener, not much else: with TLS around it
 * there is none, and PLAIN lets the server keep a better hash. */
static gboolean
is_last_resort (const PjPop3Mechanism *self, const PjPop3Offer *offer)
{
  return offer->is_encrypted &&
         (self->family == PJ_POP3_FAMILY_CRAM || self->family == PJ_POP3_FAMILY_APOP);
}

static gboolean
is_offered (const PjPop3Mechanism *self, const PjPop3Offer *offer)
{
  /* A server that tells SASL but not USER has switched USER off; one that
   * tells neither may be older than both words (RFC 2449 section 6.3). */
  if (self->family == PJ_POP3_FAMILY_USER)
    return pj_pop3_capabilities_has (offer->capabilities, "USER") ||
           !pj_pop3_capabilities_has (offer->capabilities, "SASL");

  if (self->family == PJ_POP3_FAMILY_APOP)
    return TRUE;

  return pj_pop3_capabilities_has_sasl (offer->capabilities, self->name);
}

/* Whether both sides have what the mechanism works on. */
static gboolean
is_possible (const PjPop3Mechanism *self,
             const PjPop3Offer *offer,
             const PjPop3Credentials *credentials)
{
  switch (self->family)
    {
    case PJ_POP3_FAMILY_CERTIFICATE:
      return offer->is_encrypted && credentials->has_client_certificate;
    case PJ_POP3_FAMILY_TOKEN:
      /* RFC 6750 section 5.2: whoever hears a token can use it. */
      return offer->is_encrypted && credentials->token != NULL;
    case PJ_POP3_FAMILY_TICKET:
      return credentials->host != NULL;
    case PJ_POP3_FAMILY_SCRAM_PLUS:
      return offer->has_binding && pj_pop3_credentials_has_password (credentials);
    case PJ_POP3_FAMILY_APOP:
      return offer->has_stamp && pj_pop3_credentials_has_password (credentials);
    case PJ_POP3_FAMILY_SCRAM:
    case PJ_POP3_FAMILY_CRAM:
    case PJ_POP3_FAMILY_PLAIN:
    case PJ_POP3_FAMILY_USER:
    default:
      return pj_pop3_credentials_has_password (credentials);
    }
}

static gboolean
is_wanted (const PjPop3Mechanism *self,
           const PjPop3Offer *offer,
           const PjPop3Credentials *credentials)
{
  if (!is_possible (self, offer, credentials))
    return FALSE;

  /* What the user has chosen is tried though the server does not list it:
   * some list nothing. */
  if (credentials->mechanism != NULL)
    return g_ascii_strcasecmp (self->name, credentials->mechanism) == 0;

  /* Asking for a ticket may wait for other servers, for as long as a login may
   * take: only for who has chosen it. */
  if (self->family == PJ_POP3_FAMILY_TICKET)
    return FALSE;

  /* A token stands in place of the password. Some servers know XOAUTH2 and
   * do not list it. */
  if (credentials->token != NULL)
    return self->family == PJ_POP3_FAMILY_TOKEN &&
           (is_offered (self, offer) || g_str_equal (self->name, "XOAUTH2"));

  return is_offered (self, offer);
}

/**
 * pj_pop3_mechanism_list:
 * @offer: what the server and the connection allow
 * @credentials: what the user has
 *
 * Which ways to log in are worth trying, the best first. Whether a password
 * may go over this connection at all is not looked at.
 *
 * Returns: (transfer full) (element-type PjPop3Mechanism): static elements;
 *   empty when there is no way in common
 */
GPtrArray *
pj_pop3_mechanism_list (const PjPop3Offer *offer, const PjPop3Credentials *credentials)
{
  GPtrArray *list;

  g_return_val_if_fail (offer != NULL && credentials != NULL, NULL);

  list = g_ptr_array_new ();
  for (gboolean at_last = FALSE; at_last <= TRUE; at_last++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
        {
          const PjPop3Mechanism *each = &mechanisms[i];

          if (is_last_resort (each, offer) == at_last && is_wanted (each, offer, credentials))
            g_ptr_array_add (list, (gpointer) each);
        }
    }

  return list;
}
