/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-security.h"

G_DEFINE_ENUM_TYPE (PjSecurity,
                    pj_security,
                    G_DEFINE_ENUM_VALUE (PJ_SECURITY_TLS, "tls"),
                    G_DEFINE_ENUM_VALUE (PJ_SECURITY_STARTTLS, "starttls"),
                    G_DEFINE_ENUM_VALUE (PJ_SECURITY_NONE, "none"))

static const char *const names[] = {
  [PJ_SECURITY_TLS] = "tls",
  [PJ_SECURITY_STARTTLS] = "starttls",
  [PJ_SECURITY_NONE] = "none",
};

/**
 * pj_security_to_string:
 * @security: a kind of protection
 *
 * Returns: (transfer none): the word for files and the command line: "tls",
 *   "starttls" or "none"
 */
const char *
pj_security_to_string (PjSecurity security)
{
  g_return_val_if_fail (security < G_N_ELEMENTS (names), NULL);

  return names[security];
}

/**
 * pj_security_from_string:
 * @text: (nullable): a word, in any case
 * @security: (out): set on success
 *
 * Returns: whether @text is such a word
 */
gboolean
pj_security_from_string (const char *text, PjSecurity *security)
{
  g_return_val_if_fail (security != NULL, FALSE);

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (text, names[i]) == 0)
        {
          *security = (PjSecurity) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * pj_security_get_default_port:
 * @security: a kind of protection
 *
 * Returns: the TCP port that IANA gives it
 */
guint16
pj_security_get_default_port (PjSecurity security)
{
  return security == PJ_SECURITY_TLS ? 995 : 110;
}
