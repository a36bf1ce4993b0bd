/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-text.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

/**
 * pj_cli_text_format_date:
 * @date: seconds since 1970-01-01 UTC; 0 for unknown
 *
 * Returns: (transfer full): date and minute in the user's time zone; "" when unknown
 */
char *
pj_cli_text_format_date (gint64 date)
{
  g_autoptr (GDateTime) time = date != 0 ? g_date_time_new_from_unix_local (date) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/**
 * pj_cli_text_format_sender:
 * @message: a message
 *
 * Returns: (transfer full): name and address; the address always stands there,
 *   for the name may be anybody's
 */
char *
pj_cli_text_format_sender (PjMessage *message)
{
  const char *name = pj_message_get_from_name (message);
  const char *address = pj_message_get_from_address (message);

  if (*name == '\0' || *address == '\0')
    return g_strconcat (name, address, NULL);

  return g_strdup_printf ("%s <%s>", name, address);
}

/* Returns: cells of a line; 0 when nobody looks at it */
static guint
get_terminal_width (void)
{
  struct winsize size;

  if (!isatty (STDOUT_FILENO) || ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
    return 0;

  return size.ws_col;
}

/**
 * pj_cli_text_print_table:
 * @table: a table
 *
 * Prints a table as wide as the terminal, or whole where there is none.
 */
void
pj_cli_text_print_table (const PjCliTable *table)
{
  g_autofree char *text = pj_cli_table_to_string (table, get_terminal_width ());

  fputs (text, stdout);
}
