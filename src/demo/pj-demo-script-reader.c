/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-script-private.h"

#include <string.h>

/* A scenario is read by people; these only stop a slip of the finger. */
#define MAX_WAIT_MS (60 * 1000)
#define MAX_ROUNDS 100000

typedef PjDemoScriptReader Reader;

static void
begin_connection (PjDemoScript *self)
{
  PjDemoScriptConnection *connection = g_new0 (PjDemoScriptConnection, 1);

  connection->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_demo_step_free);
  connection->expectations = g_ptr_array_new_with_free_func (g_free);
  connection->settings = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->connections, connection);
}

static PjDemoScriptConnection *
get_last_connection (PjDemoScript *self)
{
  return g_ptr_array_index (self->connections, self->connections->len - 1);
}

/* Returns: FALSE, to be returned. */
gboolean
pj_demo_script_set_error (Reader *reader, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s:%u: %s", reader->path, reader->line,
               what);

  return FALSE;
}

gboolean
pj_demo_script_add_step (Reader *reader, PjDemoStep *taken, GError **error)
{
  g_autoptr (PjDemoStep) step = taken;
  GPtrArray *steps = get_last_connection (reader->script)->steps;

  if (steps->len > 0 && pj_demo_step_ends_connection (g_ptr_array_index (steps, steps->len - 1)))
    return pj_demo_script_set_error (reader, error, "the line before has ended the connection");

  g_ptr_array_add (steps, g_steal_pointer (&step));
  return TRUE;
}

PjDemoStep *
pj_demo_script_new_step (Reader *reader, PjDemoStepKind kind)
{
  PjDemoStep *step = g_new0 (PjDemoStep, 1);

  step->kind = kind;
  step->line = reader->use_line > 0 ? reader->use_line : reader->line;
  step->bytewise = reader->bytewise;

  return step;
}

static gboolean
add_expect (Reader *reader, const char *text, gboolean optional, GError **error)
{
  PjDemoStep *step = pj_demo_script_new_step (reader, PJ_DEMO_STEP_EXPECT);

  step->text = g_strdup (text);
  step->optional = optional;

  return pj_demo_script_add_step (reader, step, error);
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
read_may_expect (Reader *reader, const char *rest, GError **error)
{
  PjDemoStep *step = pj_demo_script_new_step (reader, PJ_DEMO_STEP_MAY_EXPECT);

  step->text = g_strdup (rest);

  return pj_demo_script_add_step (reader, step, error);
}

/* Returns: whether @text is a time. */
gboolean
pj_demo_script_parse_ms (Reader *reader, const char *text, guint *ms, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 1, MAX_WAIT_MS, &value, NULL))
    return pj_demo_script_set_error (reader, error, "milliseconds go from 1 to %d", MAX_WAIT_MS);

  *ms = (guint) value;
  return TRUE;
}

static gboolean
add_timed (Reader *reader, PjDemoStepKind kind, const char *rest, GError **error)
{
  PjDemoStep *step;
  guint ms = 0;

  if (!pj_demo_script_parse_ms (reader, rest, &ms, error))
    return FALSE;

  step = pj_demo_script_new_step (reader, kind);
  step->ms = ms;
  return pj_demo_script_add_step (reader, step, error);
}

static gboolean
read_wait (Reader *reader, const char *rest, GError **error)
{
  return add_timed (reader, PJ_DEMO_STEP_WAIT, rest, error);
}

static gboolean
read_quiet (Reader *reader, const char *rest, GError **error)
{
  return add_timed (reader, PJ_DEMO_STEP_QUIET, rest, error);
}

static gboolean
read_line_end (Reader *reader, const char *rest, GError **error)
{
  if (strcmp (rest, "lf") == 0)
    reader->line_end = "\n";
  else if (strcmp (rest, "crlf") == 0)
    reader->line_end = "\r\n";
  else
    return pj_demo_script_set_error (reader, error, "LINE-END is lf or crlf");

  return TRUE;
}

static gboolean
read_bytewise (Reader *reader, const char *rest, GError **error)
{
  reader->bytewise = strcmp (rest, "on") == 0;
  if (!reader->bytewise && strcmp (rest, "off") != 0)
    return pj_demo_script_set_error (reader, error, "BYTEWISE is on or off");

  return TRUE;
}

static gboolean
read_tls (Reader *reader, const char *rest, GError **error)
{
  if (rest[0] == '\0')
    return pj_demo_script_add_step (reader, pj_demo_script_new_step (reader, PJ_DEMO_STEP_TLS),
                                    error);
  if (strcmp (rest, "refused") == 0)
    return pj_demo_script_add_step (
        reader, pj_demo_script_new_step (reader, PJ_DEMO_STEP_TLS_REFUSED), error);

  return pj_demo_script_set_error (reader, error, "TLS stands alone or before \"refused\"");
}

static gboolean
read_security (Reader *reader, const char *rest, GError **error)
{
  if (!pj_security_from_string (rest, &reader->script->security))
    return pj_demo_script_set_error (reader, error, "SECURITY is tls, starttls or none");

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

  return pj_demo_script_set_error (reader, error,
                                   "CERT is good, other-host, expired or self-signed");
}

static gboolean
read_command (Reader *reader, const char *rest, GError **error)
{
  PjDemoScriptConnection *connection = get_last_connection (reader->script);

  if (connection->command != NULL)
    return pj_demo_script_set_error (reader, error, "there is one COMMAND for a connection");

  connection->command = g_strdup (rest);
  return TRUE;
}

static gboolean
read_expectation (Reader *reader, const char *rest, GError **error)
{
  if (rest[0] == '\0')
    return pj_demo_script_set_error (reader, error, "EXPECT takes what is expected");

  g_ptr_array_add (get_last_connection (reader->script)->expectations, g_strdup (rest));
  return TRUE;
}

static gboolean
read_setting (Reader *reader, const char *rest, GError **error)
{
  g_autoptr (GString) text = pj_demo_script_unescape (reader, rest, error);

  if (text == NULL)
    return FALSE;
  if (strchr (rest, ' ') == NULL || strlen (text->str) != text->len)
    return pj_demo_script_set_error (reader, error, "WITH takes a name and a value without NUL");

  g_ptr_array_add (get_last_connection (reader->script)->settings, g_strdup (text->str));
  return TRUE;
}

static gboolean read_text (Reader *reader, const char *text, GError **error);

static gboolean
read_part (Reader *reader, const char *rest, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (reader->script->path);
  g_autofree char *name = g_strconcat (rest, ".txt", NULL);
  g_autofree char *path = g_build_filename (dir, "parts", name, NULL);
  g_autofree char *text = NULL;
  Reader part = { .script = reader->script,
                  .path = path,
                  .line_end = reader->line_end,
                  .bytewise = reader->bytewise,
                  .use_line = reader->line };

  /* Or a part could use itself. */
  if (reader->use_line > 0)
    return pj_demo_script_set_error (reader, error, "a part uses no other");

  if (!g_file_get_contents (path, &text, NULL, error))
    {
      g_prefix_error (error, "%s:%u: ", reader->path, reader->line);
      return FALSE;
    }

  return read_text (&part, text, error);
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

static const PjDemoScriptWord words[] = {
  { "C:", read_expect },         { "C?:", read_optional_expect }, { "MAY:", read_may_expect },
  { "USE", read_part },          { "WAIT", read_wait },           { "QUIET", read_quiet },
  { "BYTEWISE", read_bytewise }, { "LINE-END", read_line_end },   { "TLS", read_tls },
  { "SECURITY", read_security }, { "CERT", read_certificate },    { "COMMAND", read_command },
  { "WITH", read_setting },      { "EXPECT", read_expectation },  { NULL, NULL },
};

static const PjDemoScriptWord *
find_word (const PjDemoScriptWord *table, const char *word)
{
  for (; table->word != NULL; table++)
    {
      if (strcmp (word, table->word) == 0)
        return table;
    }

  return NULL;
}

static gboolean
read_line (Reader *reader, const char *line, GError **error)
{
  gsize word_len = strcspn (line, " ");
  g_autofree char *word = g_strndup (line, word_len);
  const char *rest = line[word_len] == ' ' ? line + word_len + 1 : "";
  const PjDemoScriptWord *found;

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
        return pj_demo_script_add_step (
            reader, pj_demo_script_new_step (reader, bare_words[i].kind), error);
    }

  found = find_word (words, word);
  if (found == NULL)
    found = find_word (pj_demo_script_send_words, word);
  if (found == NULL)
    return pj_demo_script_set_error (reader, error, "\"%s\" is no line of a script", line);

  return found->read (reader, rest, error);
}

static gboolean
parse_rounds (Reader *reader, const char *line, guint64 *first, guint64 *last, GError **error)
{
  g_auto (GStrv) numbers = g_strsplit (line + strlen ("FOR "), " ", -1);

  if (g_strv_length (numbers) == 2 &&
      g_ascii_string_to_unsigned (numbers[0], 10, 0, MAX_ROUNDS, first, NULL) &&
      g_ascii_string_to_unsigned (numbers[1], 10, *first, MAX_ROUNDS, last, NULL))
    return TRUE;

  return pj_demo_script_set_error (reader, error, "FOR takes two numbers in order, up to %d",
                                   MAX_ROUNDS);
}

static gboolean
read_round (Reader *reader, char **lines, guint64 n, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, n);

  for (gsize i = 0; strcmp (lines[i], "END") != 0; i++)
    {
      g_autoptr (GString) line = g_string_new (lines[i]);

      reader->line++;
      g_string_replace (line, "{n}", number, 0);
      if (!read_line (reader, line->str, error))
        return FALSE;
    }

  return TRUE;
}

/* Reads @lines, which begin behind FOR, up to END, once for each number. */
static gboolean
read_rounds (Reader *reader, const char *head, char **lines, gsize *n_lines, GError **error)
{
  guint64 first = 0, last = 0;
  guint head_line = reader->line;

  for (*n_lines = 0; lines[*n_lines] != NULL && strcmp (lines[*n_lines], "END") != 0;)
    (*n_lines)++;
  if (lines[*n_lines] == NULL)
    return pj_demo_script_set_error (reader, error, "FOR without END");
  if (!parse_rounds (reader, head, &first, &last, error))
    return FALSE;

  for (guint64 n = first; n <= last; n++)
    {
      reader->line = head_line;
      if (!read_round (reader, lines, n, error))
        return FALSE;
    }

  (*n_lines)++;
  return TRUE;
}

static gboolean
read_text (Reader *reader, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gsize n_inner = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      reader->line = (guint) i + 1;
      if (!g_str_has_prefix (lines[i], "FOR "))
        {
          if (!read_line (reader, lines[i], error))
            return FALSE;
          continue;
        }

      if (!read_rounds (reader, lines[i], lines + i + 1, &n_inner, error))
        return FALSE;
      i += n_inner;
    }

  return TRUE;
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
  Reader reader = { .script = self, .path = self->path, .line_end = "\r\n" };

  g_assert (self->connections->len == 0);

  begin_connection (self);
  if (!read_text (&reader, text, error))
    return FALSE;

  for (guint i = 0; i < self->connections->len; i++)
    {
      PjDemoScriptConnection *connection = g_ptr_array_index (self->connections, i);

      g_ptr_array_add (connection->expectations, NULL);
      g_ptr_array_add (connection->settings, NULL);
    }

  return TRUE;
}
