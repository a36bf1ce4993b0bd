/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-account-form.h"

#include <string.h>

#include "pj-config.h"

#include <glib/gi18n-lib.h>

/*
 * The decisions of the dialog that describes a mailbox: what is wrong with
 * what was typed, and what can be guessed from an address.
 */

static gboolean
has_space_or_control (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      const gunichar c = g_utf8_get_char (text);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_given (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Returns: (nullable): what the way to sign in lacks, translated */
static const char *
find_sign_in_fault (const PjAccountForm *form)
{
  const gboolean is_oauth = g_strcmp0 (form->mechanism, "OAUTHBEARER") == 0 ||
                            g_strcmp0 (form->mechanism, "XOAUTH2") == 0;

  if (g_strcmp0 (form->mechanism, "EXTERNAL") == 0 && !is_given (form->client_certificate))
    return _ ("To sign in by EXTERNAL, choose the certificate to show.");
  if (is_oauth && !is_given (form->token_command))
    return _ ("To sign in by OAuth, give the command that prints the token.");
  if (is_given (form->mechanism) && !is_oauth && is_given (form->token_command))
    return _ ("A token can be used by OAUTHBEARER and XOAUTH2 only.");
  if (is_given (form->token_command) && is_given (form->password_command))
    return _ ("Give a command for the password or one for a token, not both.");

  return NULL;
}

/**
 * pj_account_form_parse_port:
 * @text: what was typed
 *
 * Returns: the port; 0 when @text is none
 */
guint16
pj_account_form_parse_port (const char *text)
{
  guint64 port;

  g_return_val_if_fail (text != NULL, 0);

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &port, NULL))
    return 0;

  return (guint16) port;
}

/**
 * pj_account_form_find_fault:
 * @form: what was typed
 * @words: (out) (optional) (transfer none): what is wrong, a translated
 *   sentence; %NULL when nothing is
 *
 * Returns: the first field that cannot be saved as it is
 */
PjAccountFormField
pj_account_form_find_fault (const PjAccountForm *form, const char **words)
{
  const char *fault = NULL;
  PjAccountFormField field = PJ_ACCOUNT_FORM_NOTHING;

  g_return_val_if_fail (form != NULL, PJ_ACCOUNT_FORM_NOTHING);

  if (*form->name == '\0')
    {
      field = PJ_ACCOUNT_FORM_NAME;
      fault = _ ("Give the mailbox a name.");
    }
  else if (*form->server == '\0')
    {
      field = PJ_ACCOUNT_FORM_SERVER;
      fault = _ ("Fill in the name of the server.");
    }
  else if (has_space_or_control (form->server) || strpbrk (form->server, "/@") != NULL)
    {
      field = PJ_ACCOUNT_FORM_SERVER;
      fault = _ ("The server is a host name only, such as pop.example.org.");
    }
  else if (pj_account_form_parse_port (form->port) == 0)
    {
      field = PJ_ACCOUNT_FORM_PORT;
      fault = _ ("The port is a number from 1 to 65535.");
    }
  else if (*form->user == '\0')
    {
      field = PJ_ACCOUNT_FORM_USER;
      fault = _ ("Fill in the user name.");
    }
  else
    {
      fault = find_sign_in_fault (form);
      field = fault != NULL ? PJ_ACCOUNT_FORM_SIGN_IN : PJ_ACCOUNT_FORM_NOTHING;
    }

  if (words != NULL)
    *words = fault;
  return field;
}

/**
 * pj_account_form_guess_server:
 * @address: a mail address, perhaps half typed
 *
 * Returns: (transfer full): a server that the address may have; "" as long
 *   as it has no domain
 */
char *
pj_account_form_guess_server (const char *address)
{
  const char *at;

  g_return_val_if_fail (address != NULL, NULL);

  at = strrchr (address, '@');
  if (at == NULL || strchr (at, '.') == NULL || has_space_or_control (at))
    return g_strdup ("");

  return g_strdup_printf ("pop3.%s", at + 1);
}
