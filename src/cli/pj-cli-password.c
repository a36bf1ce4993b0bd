/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-password.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <glib-unix.h>

/* The longest line that Linux takes from a terminal. */
#define MAX_BYTES 4096

/* Reads byte by byte past stdio, whose buffers nobody wipes.
 * Returns: whether a line was read into @line, its end removed */
static gboolean
read_line (char line[MAX_BYTES])
{
  gsize len = 0;

  while (len < MAX_BYTES - 1)
    {
      gssize n = read (STDIN_FILENO, line + len, 1);

      if (n < 0 || (n > 0 && line[len] == '\0'))
        return FALSE;
      if (n == 0 || line[len] == '\n')
        {
          line[len] = '\0';
          if (len > 0 && line[len - 1] == '\r')
            line[len - 1] = '\0';
          return len > 0;
        }
      len++;
    }

  line[len] = '\0';
  return FALSE;
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  gboolean *is_readable = user_data;

  *is_readable = TRUE;
  return G_SOURCE_REMOVE;
}

/* With the main loop running, Ctrl+C is noticed.
 * Returns: whether there is something to read */
static gboolean
wait_for_input (GCancellable *cancellable)
{
  gboolean is_readable = FALSE;
  guint source =
      g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, &is_readable);

  while (!is_readable && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);
  if (!is_readable)
    g_source_remove (source);

  return is_readable;
}

/**
 * pj_cli_password_read:
 * @prompt: asks for it, where stdin is a terminal
 * @cancellable: stops the waiting
 *
 * Reads one line from stdin; from a terminal without echo. Runs the main loop
 * meanwhile.
 *
 * Returns: (transfer full) (nullable): the password; %NULL for an empty line,
 *   for none, for one with a NUL in it, and for one of more than 4095 bytes
 */
PjSecret *
pj_cli_password_read (const char *prompt, GCancellable *cancellable)
{
  g_autofree char *line = g_malloc0 (MAX_BYTES);
  struct termios before;
  gboolean is_quiet = FALSE;
  PjSecret *secret = NULL;

  if (isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &before) == 0)
    {
      struct termios quiet = before;

      fputs (prompt, stderr);
      quiet.c_lflag &= ~(tcflag_t) ECHO;
      is_quiet = tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }

  if (wait_for_input (cancellable) && read_line (line))
    secret = pj_secret_new (line);
  explicit_bzero (line, MAX_BYTES);

  if (is_quiet)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      fputs ("\n", stderr);
    }

  return secret;
}
