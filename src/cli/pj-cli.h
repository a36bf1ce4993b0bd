/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/pj-service.h"

G_BEGIN_DECLS

/**
 * PjCliStatus:
 * @PJ_CLI_DONE: all went well
 * @PJ_CLI_FAILED: some account failed, or what was found could not be printed
 * @PJ_CLI_USAGE: the command line makes no sense
 * @PJ_CLI_NOT_FOUND: there is no such mailbox or message
 *
 * What the program exits with.
 */
typedef enum
{
  PJ_CLI_DONE = 0,
  PJ_CLI_FAILED = 1,
  PJ_CLI_USAGE = 2,
  PJ_CLI_NOT_FOUND = 3,
} PjCliStatus;

/* Makes the service of the demonstration, its mailboxes set up. */
typedef PjService *(*PjCliDemoFunc) (gpointer user_data, GError **error);

int pj_cli_run (int argc, char *argv[], PjCliDemoFunc make_demo, gpointer user_data);

G_END_DECLS
