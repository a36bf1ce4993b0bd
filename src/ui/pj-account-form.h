/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjAccountFormField:
 * @PJ_ACCOUNT_FORM_NOTHING: no field
 * @PJ_ACCOUNT_FORM_NAME: the mailbox's name
 * @PJ_ACCOUNT_FORM_SERVER: the server's host name
 * @PJ_ACCOUNT_FORM_PORT: its port
 * @PJ_ACCOUNT_FORM_USER: the user name
 * @PJ_ACCOUNT_FORM_SIGN_IN: the way to sign in, or what it needs
 *
 * A field of the form that describes a mailbox.
 */
typedef enum
{
  PJ_ACCOUNT_FORM_NOTHING,
  PJ_ACCOUNT_FORM_NAME,
  PJ_ACCOUNT_FORM_SERVER,
  PJ_ACCOUNT_FORM_PORT,
  PJ_ACCOUNT_FORM_USER,
  PJ_ACCOUNT_FORM_SIGN_IN,
} PjAccountFormField;

/* What was typed and chosen, spaces around it taken off; NULL and "" mean none
 * in those below the user name. */
typedef struct
{
  const char *name;
  const char *server;
  const char *port;
  const char *user;
  const char *mechanism;
  const char *password_command;
  const char *token_command;
  const char *client_certificate;
} PjAccountForm;

PjAccountFormField pj_account_form_find_fault (const PjAccountForm *form, const char **words);
guint16            pj_account_form_parse_port (const char *text);
char              *pj_account_form_guess_server (const char *address);

G_END_DECLS
