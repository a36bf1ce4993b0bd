/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-account.h"

/* For the files that the account is made of. */

struct _PjAccount
{
  GObject parent_instance;

  /* Owned */
  char      *id;
  char      *name;
  char      *server;
  char      *user;
  char      *mechanism;          /* NULL: the best in common */
  char      *password_command;   /* NULL: the secret store */
  char      *token_command;      /* NULL: a password, no token */
  char      *client_certificate; /* NULL: none is shown */
  char      *ca_file;            /* NULL: the system's trust store */
  char      *pin;                /* NULL: any that is trusted */
  char      *pin_summary;        /* NULL: not known */
  char      *authserv_id;        /* NULL: not learned */
  PjProblem *problem;            /* NULL: the last check went well, or there was none */

  /* Plain */
  guint16    port;
  PjSecurity security;
  guint      interval_s;
  gboolean   may_fetch_whole;
  gboolean   is_checking;
  gboolean   has_worked;
  gint64     last_success; /* seconds since 1970-01-01 UTC; 0: never */
  gint64     next_due;     /* likewise; 0: not planned */
  guint      messages;
  guint64    octets;
  gboolean   has_uids;
  guint      new_count;
};
