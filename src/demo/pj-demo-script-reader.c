/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-script-private.h"

#include <string.h>

#include "demo/pj-demo-lines.h"

/* A scenario is read by people; these only stop a slip of the finger. */
#define MAX_WAIT_MS (60 * 1000)
#define MAX_REPEAT 1000000

typedef struct
{
  PjDemoScript *script; /* (borrowed) the one being read */
  guint line;           /* from 1 */
  gboolean bytewise;
} Reader;

static void
begin_connection (PjDemoScript *self)
{
  PjDemoScriptConnection *connection = g_new0 (PjDemoScriptConnection, 1);

  connection->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_demo_step_free);
  connection->expectations = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->connections, connection);
}

static PjDemoScriptConnection *
get_last_connection (PjDemoScript *self)
{
  return g_ptr_array_index (self->connections, self->connections->len - 1);
}

static gboolean G_GNUC_PRINTF (3, 4)
    set_error (Reader *reader, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s:%u: %s", reader->script->path,
               reader->line, what);

  return FALSE;
}

static gboolean
add_step (Reader *reader, PjDemoStep *taken, GError **error)
{
  g_autoptr (PjDemoStep) step = taken;
  GPtrArray *steps = get_last_connection (reader->script)->steps;

  if (steps->len > 0 && pj_demo_step_ends_connection (g_ptr_array_index (steps, steps->len - 1)))
    return set_error (reader, error, "the line before has ended the connection");

  g_ptr_array_add (steps, g_steal_pointer (&step));
  return TRUE;
}

static PjDemoStep *
new_step (Reader *reader, PjDemoStepKind kind)
{
  PjDemoStep *step = g_new0 (PjDemoStep, 1);

  step->kind = kind;
  step->line = reader->line;
  step->bytewise = reader->bytewise;

  return step;
}

/* Returns: (nullable): @text with its escapes undone; NULL for an unknown one. */
static GString *
unescape (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  static const char names[] = "rnt0\\";
  static const char bytes[] = "\r\n\t\0\\";

  for (const char *p = text; *p != '\0'; p++)
    {
      const char *name;

      if (*p != '\\')
        {
          g_string_append_c (out, *p);
          continue;
        }

      p++;
      if (p[0] == 'x' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
        {
          g_string_append_c (
              out, (char) (g_ascii_xdigit_value (p[1]) << 4 | g_ascii_xdigit_value (p[2])));
          p += 2;
          continue;
        }
      name = memchr (names, *p, sizeof names - 1);
      if (name == NULL)
        return NULL;
      g_string_append_c (out, bytes[name - names]);
    }

  return g_steal_pointer (&out);
}

static gboolean
add_send (Reader *reader, const char *text, guint64 times, const char *end, GError **error)
{
  g_autoptr (GString) once = unescape (text);
  GString *all;
  PjDemoStep *step;

  if (once == NULL)
    return set_error (reader, error, "an escape is \\r \\n \\t \\0 \\\\ or \\xNN");

  g_string_append (once, end);
  all = g_string_sized_new (once->len * times);
  for (guint64 i = 0; i < times; i++)
    g_string_append_len (all, once->str, once->len);

  step = new_step (reader, PJ_DEMO_STEP_SEND);
  step->bytes = g_string_free_to_bytes (all);
  return add_step (reader, step, error);
}

static gboolean
read_send (Reader *reader, const char *rest, GError **error)
{
  return add_send (reader, rest, 1, "\r\n", error);
}

static gboolean
read_send_raw (Reader *reader, const char *rest, GError **error)
{
  return add_send (reader, rest, 1, "", error);
}

static gboolean
read_send_repeat (Reader *reader, const char *rest, GError **error)
{
  g_auto (GStrv) words = g_strsplit (rest, " ", 2);
  guint64 times;

  if (g_strv_length (words) != 2 ||
      !g_ascii_string_to_unsigned (words[0], 10, 1, MAX_REPEAT, &times, NULL))
    return set_error (reader, error, "S:repeat takes a number and a line");

  return add_send (reader, words[1], times, "\r\n", error);
}

static gboolean
read_send_file (Reader *reader, const char *rest, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (reader->script->path);
  g_autofree char *path = g_build_filename (dir, rest, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) lines = NULL;
  GString *stuffed;
  PjDemoStep *step;
  gsize len;

  if (!g_file_get_contents (path, &text, &len, error))
    {
      g_prefix_error (error, "%s:%u: ", reader->script->path, reader->line);
      return FALSE;
    }

  lines = pj_demo_lines_to_crlf (text, len);
  stuffed = g_string_new (NULL);
  pj_demo_lines_append_stuffed (stuffed, g_bytes_get_data (lines, NULL), g_bytes_get_size (lines));
  step = new_step (reader, PJ_DEMO_STEP_SEND);
  step->bytes = g_string_free_to_bytes (stuffed);

  return add_step (reader, step, error);
}

static gboolean
add_expect (Reader *reader, const char *text, gboolean optional, GError **error)
{
  PjDemoStep *step = new_step (reader, PJ_DEMO_STEP_EXPECT);

  step->text = g_strdup (text);
  step->optional = optional;

  return add_step (reader, step, error);
}

static gboolean
read_expect (Reader *reader, const char *rest, GError **error)
{
  return add_expect (reader, rest, FALSE, error);
}

static gboolean
read_optional_expect (Reader *reader, const char *rest, GError **error)
{
  return add_expect (reader, rest, TRUE, error);
}

static gboolean
read_wait (Reader *reader, const char *rest, GError **error)
{
  PjDemoStep *step;
  guint64 ms;

  if (!g_ascii_string_to_unsigned (rest, 10, 1, MAX_WAIT_MS, &ms, NULL))
    return set_error (reader, error, "WAIT takes milliseconds, from 1 to %d", MAX_WAIT_MS);

  step = new_step (reader, PJ_DEMO_STEP_WAIT);
  step->ms = (guint) ms;
  return add_step (reader, step, error);
}

static gboolean
read_bytewise (Reader *reader, const char *rest, GError **error)
{
  reader->bytewise = strcmp (rest, "on") == 0;
  if (!reader->bytewise && strcmp (rest, "off") != 0)
    return set_error (reader, error, "BYTEWISE is on or off");

  return TRUE;
}

static gboolean
read_tls (Reader *reader, const char *rest, GError **error)
{
  if (rest[0] == '\0')
    return add_step (reader, new_step (reader, PJ_DEMO_STEP_TLS), error);
  if (strcmp (rest, "refused") == 0)
    return add_step (reader, new_step (reader, PJ_DEMO_STEP_TLS_REFUSED), error);

  return set_error (reader, error, "TLS stands alone or before \"refused\"");
}

static gboolean
read_security (Reader *reader, const char *rest, GError **error)
{
  if (!pj_security_from_string (rest, &reader->script->security))
    return set_error (reader, error, "SECURITY is tls, starttls or none");

  return TRUE;
}

static gboolean
read_certificate (Reader *reader, const char *rest, GError **error)
{
  static const char *const names[] = {
    [PJ_DEMO_CERTIFICATE_GOOD] = "good",
    [PJ_DEMO_CERTIFICATE_OTHER_HOST] = "other-host",
    [PJ_DEMO_CERTIFICATE_EXPIRED] = "expired",
    [PJ_DEMO_CERTIFICATE_SELF_SIGNED] = "self-signed",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (rest, names[i]) == 0)
        {
          reader->script->certificate = i;
          return TRUE;
        }
    }

  return set_error (reader, error, "CERT is good, other-host, expired or self-signed");
}

static gboolean
read_command (Reader *reader, const char *rest, GError **error)
{
  PjDemoScriptConnection *connection = get_last_connection (reader->script);

  if (connection->command != NULL)
    return set_error (reader, error, "there is one COMMAND for a connection");

  connection->command = g_strdup (rest);
  return TRUE;
}

static gboolean
read_expectation (Reader *reader, const char *rest, GError **error)
{
  if (rest[0] == '\0')
    return set_error (reader, error, "EXPECT takes what is expected");

  g_ptr_array_add (get_last_connection (reader->script)->expectations, g_strdup (rest));
  return TRUE;
}

/* Lines of one word: what they add. */
static const struct
{
  const char *word;
  PjDemoStepKind kind;
} bare_words[] = {
  { "SILENT", PJ_DEMO_STEP_SILENT },
  { "CUT", PJ_DEMO_STEP_CUT },
  { "CLOSE-NOTIFY-MISSING", PJ_DEMO_STEP_CUT_WITHOUT_NOTIFY },
  { "RESET", PJ_DEMO_STEP_RESET },
};

static const struct
{
  const char *word;
  gboolean (*read) (Reader *reader, const char *rest, GError **error);
} words[] = {
  { "S:", read_send },
  { "S:raw", read_send_raw },
  { "S:repeat", read_send_repeat },
  { "S:file", read_send_file },
  { "C:", read_expect },
  { "C?:", read_optional_expect },
  { "WAIT", read_wait },
  { "BYTEWISE", read_bytewise },
  { "TLS", read_tls },
  { "SECURITY", read_security },
  { "CERT", read_certificate },
  { "COMMAND", read_command },
  { "EXPECT", read_expectation },
};

static gboolean
read_line (Reader *reader, const char *line, GError **error)
{
  gsize word_len = strcspn (line, " ");
  g_autofree char *word = g_strndup (line, word_len);
  const char *rest = line[word_len] == ' ' ? line + word_len + 1 : "";

  if (line[0] == '\0' || line[0] == '#')
    return TRUE;

  if (strcmp (word, "---") == 0)
    {
      begin_connection (reader->script);
      return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (bare_words); i++)
    {
      if (strcmp (line, bare_words[i].word) == 0)
        return add_step (reader, new_step (reader, bare_words[i].kind), error);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (word, words[i].word) == 0)
        return words[i].read (reader, rest, error);
    }

  return set_error (reader, error, "\"%s\" is no line of a script", line);
}

/**
 * pj_demo_script_read:
 * @self: a script without connections, which knows its path
 * @text: the text of the script
 * @error: return location
 *
 * Fills @self. tests/sessions/README.md describes the text.
 *
 * Errors: as pj_demo_script_new().
 *
 * Returns: whether every line was understood
 */
gboolean
pj_demo_script_read (PjDemoScript *self, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Reader reader = { .script = self };

  g_assert (self->connections->len == 0);

  begin_connection (self);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      reader.line = (guint) i + 1;
      if (!read_line (&reader, lines[i], error))
        return FALSE;
    }

  for (guint i = 0; i < self->connections->len; i++)
    {
      PjDemoScriptConnection *connection = g_ptr_array_index (self->connections, i);

      g_ptr_array_add (connection->expectations, NULL);
    }

  return TRUE;
}
