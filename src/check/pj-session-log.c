/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-session-log.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/pj-text.h"
#include "base/pj-tsan.h"
#include "model/pj-problem.h"

/* A note is an error or what TLS agreed on. */
#define MAX_NOTE_CHARS 500

/**
 * PjSessionLog:
 *
 * What was said in one visit to a server, for people to read: each session
 * with a line on when and where, then a line for each line of the wire, "C: "
 * and "S: " in front, and "* " in front of what is our own remark. Secrets do
 * not come this far: a #PjWireTap has masked them.
 *
 * One thread at a time: the maker's, then the check thread's until the visit
 * has ended, then the maker's again. Only references are counted on any.
 */
struct _PjSessionLog
{
  gatomicrefcount references;
  GString *text;
  gsize max_bytes;      /* of a session */
  gsize session_start;  /* offset in @text */
  gboolean has_session; /* one was begun */
  gboolean is_cut;      /* nothing more is kept of this session */
};

static PjSessionLog *
new_log (gsize max_bytes)
{
  PjSessionLog *self = g_new0 (PjSessionLog, 1);

  g_atomic_ref_count_init (&self->references);
  self->text = g_string_new (NULL);
  self->max_bytes = max_bytes;

  return self;
}

/**
 * pj_session_log_new: (skip)
 *
 * Returns: (transfer full): an empty log, for %PJ_SESSION_LOG_MAX_BYTES of a
 *   session
 */
PjSessionLog *
pj_session_log_new (void)
{
  return new_log (PJ_SESSION_LOG_MAX_BYTES);
}

/**
 * pj_session_log_new_short: (skip)
 *
 * Returns: (transfer full): an empty log, for %PJ_SESSION_LOG_SHORT_BYTES of a
 *   session: one that is taken down in case that it is wanted
 */
PjSessionLog *
pj_session_log_new_short (void)
{
  return new_log (PJ_SESSION_LOG_SHORT_BYTES);
}

/**
 * pj_session_log_ref: (skip)
 * @self: the log
 *
 * Returns: (transfer full): the same
 */
PjSessionLog *
pj_session_log_ref (PjSessionLog *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

/**
 * pj_session_log_unref: (skip)
 * @self: (transfer full) (nullable): the log
 */
void
pj_session_log_unref (PjSessionLog *self)
{
  if (self == NULL)
    return;

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * pj_session_log_begin: (skip)
 * @self: (nullable): the log; nothing happens without one
 * @host: name or address of the server
 * @port: its port
 * @protocol: what is spoken there, "POP3 tls"
 * @now_s: seconds since 1970-01-01 UTC
 *
 * Begins with another session.
 */
void
pj_session_log_begin (
    PjSessionLog *self, const char *host, guint16 port, const char *protocol, gint64 now_s)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *when = NULL;
  g_autofree char *where = NULL;

  if (self == NULL)
    return;

  g_return_if_fail (host != NULL && protocol != NULL);

  if (self->text->len > 0)
    g_string_append_c (self->text, '\n');
  self->session_start = self->text->len;
  self->has_session = TRUE;
  self->is_cut = FALSE;

  time = g_date_time_new_from_unix_utc (now_s);
  when = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  where = pj_text_clean_line (host, -1, MAX_NOTE_CHARS);
  g_string_append_printf (self->text, "== %s %s port %u %s\n", when, where, port, protocol);
}

static gboolean
is_plain (gunichar c)
{
  return c != '\\' && g_unichar_isprint (c) && !pj_text_is_hidden_char (c) && c != 0x2028 &&
         c != 0x2029;
}

/* Appends @line as it is where that shows as it is, and as escapes where it
 * would steer a terminal, hide, or is no UTF-8. */
static void
append_escaped (GString *out, const char *line, gsize len)
{
  const char *end = line + len;

  while (line < end)
    {
      gunichar c = g_utf8_get_char_validated (line, end - line);
      gboolean is_valid = c != (gunichar) -1 && c != (gunichar) -2;
      const char *next = is_valid ? g_utf8_next_char (line) : line + 1;

      if (is_valid && is_plain (c))
        g_string_append_len (out, line, next - line);
      else if (c == '\t')
        g_string_append (out, "\\t");
      else if (c == '\\')
        g_string_append (out, "\\\\");
      else
        for (const char *byte = line; byte < next; byte++)
          g_string_append_printf (out, "\\x%02X", (guint) (guchar) *byte);

      line = next;
    }
}

/**
 * pj_session_log_hear: (skip)
 * @direction: whose line it is
 * @line: the line
 * @len: bytes in @line
 * @user_data: the #PjSessionLog
 *
 * Takes down a line of the wire, as long as the log has room for the session.
 * A #PjWireTapFunc.
 *
 * Returns: whether there is room for more
 */
gboolean
pj_session_log_hear (PjWireDirection direction, const char *line, gsize len, gpointer user_data)
{
  PjSessionLog *self = user_data;
  gsize before;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->is_cut)
    return FALSE;

  before = self->text->len;
  g_string_append (self->text, direction == PJ_WIRE_SENT ? "C: " : "S: ");
  append_escaped (self->text, line, len);
  g_string_append_c (self->text, '\n');
  if (self->text->len - self->session_start <= self->max_bytes)
    return TRUE;

  g_string_truncate (self->text, before);
  g_string_append (self->text, "… cut\n");
  self->is_cut = TRUE;

  return FALSE;
}

/**
 * pj_session_log_note: (skip)
 * @self: (nullable): the log; nothing happens without one
 * @text: a remark, such as why the session ended; cleaned here
 *
 * Takes down what happened besides what was said; also when the lines of the
 * session are cut, for its end is what matters.
 */
void
pj_session_log_note (PjSessionLog *self, const char *text)
{
  g_autofree char *clean = NULL;

  if (self == NULL)
    return;

  g_return_if_fail (text != NULL);

  clean = pj_text_clean_line (text, -1, MAX_NOTE_CHARS);
  g_string_append_printf (self->text, "* %s\n", clean);
}

/**
 * pj_session_log_get_text: (skip)
 * @self: the log
 *
 * Returns: (transfer none): all lines, UTF-8; "" when nothing was said
 */
const char *
pj_session_log_get_text (const PjSessionLog *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text->str;
}

/**
 * pj_session_log_has_session: (skip)
 * @self: the log
 *
 * Returns: whether a session was begun, so that the log says when and where
 */
gboolean
pj_session_log_has_session (const PjSessionLog *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_session;
}

static gboolean
fail (const char *path, const char *reason, GError **error)
{
  g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "%s: %s", path, reason);
  return FALSE;
}

/* A log tells whose mail is where. In a folder that others write to, they could
 * have it written over a file of the user's, or keep it open for themselves. */
static gboolean
is_ours (int fd, const char *path, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return fail (path, g_strerror (errno), error);
  if (!S_ISREG (status.st_mode))
    return fail (path, "This is not a file", error);
  if (status.st_uid != geteuid ())
    return fail (path, "The file belongs to somebody else", error);

  return TRUE;
}

/* Returns: -1 with @error set */
static int
open_file (const char *path, GError **error)
{
  /* Not to be kept waiting by a pipe that nobody reads. */
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      fail (path, errno == ELOOP ? "Popinjay does not write through a link" : g_strerror (errno),
            error);
      return -1;
    }

  if (!is_ours (fd, path, error))
    {
      close (fd);
      return -1;
    }

  return fd;
}

/**
 * pj_session_log_try_file: (skip)
 * @path: where a log shall be written to
 * @error: return location; %PJ_PROBLEM_INTERNAL when it is a link, no file,
 *   somebody else's, or cannot be written
 *
 * Makes the file, for its owner alone, when it is missing.
 *
 * Returns: whether it can be written to
 */
gboolean
pj_session_log_try_file (const char *path, GError **error)
{
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  fd = open_file (path, error);
  if (fd < 0)
    return FALSE;

  close (fd);
  return TRUE;
}

static gboolean
write_all (int fd, const char *text, gsize len, const char *path, GError **error)
{
  while (len > 0)
    {
      gssize put = write (fd, text, len);

      if (put < 0 && errno == EINTR)
        continue;
      if (put < 0)
        return fail (path, g_strerror (errno), error);

      text += put;
      len -= (gsize) put;
    }

  return TRUE;
}

/**
 * pj_session_log_save: (skip)
 * @self: the log
 * @path: a file as of pj_session_log_try_file()
 * @error: return location; as pj_session_log_try_file()
 *
 * Appends the log to a file, in one piece: the sessions of other threads and
 * programs stand before or behind it. Blocks.
 *
 * Returns: whether it was written
 */
gboolean
pj_session_log_save (const PjSessionLog *self, const char *path, GError **error)
{
  g_autoptr (GString) text = NULL;
  gboolean is_written;
  int fd;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (self->text->len == 0)
    return TRUE;

  fd = open_file (path, error);
  if (fd < 0)
    return FALSE;

  text = g_string_new_len (self->text->str, (gssize) self->text->len);
  g_string_append_c (text, '\n');
  is_written = write_all (fd, text->str, text->len, path, error);
  if (close (fd) != 0 && is_written)
    return fail (path, g_strerror (errno), error);

  return is_written;
}
