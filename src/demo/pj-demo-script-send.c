/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-script-private.h"

#include <string.h>

#include "demo/pj-demo-lines.h"

/*
 * The lines of a script by which the server sends: what they become in bytes.
 */

/* A slip of the finger shall not take all memory. */
#define MAX_REPEAT 1000000
#define MAX_SEND_BYTES (64 * 1024 * 1024)

typedef PjDemoScriptReader Reader;

/* Returns: (transfer full) (nullable): @text with its escapes undone; NULL
 * with @error set for an unknown one. */
GString *
pj_demo_script_unescape (Reader *reader, const char *text, GError **error)
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
        {
          pj_demo_script_set_error (reader, error, "an escape is \\r \\n \\t \\0 \\\\ or \\xNN");
          return NULL;
        }
      g_string_append_c (out, bytes[name - names]);
    }

  return g_steal_pointer (&out);
}

static gboolean
add_bytes (Reader *reader, PjDemoStepKind kind, GString *taken, guint ms, GError **error)
{
  PjDemoStep *step = pj_demo_script_new_step (reader, kind);

  step->bytes = g_string_free_to_bytes (taken);
  step->ms = ms;

  return pj_demo_script_add_step (reader, step, error);
}

static gboolean
add_send (Reader *reader, const char *text, guint64 times, const char *end, GError **error)
{
  g_autoptr (GString) once = pj_demo_script_unescape (reader, text, error);
  GString *all;

  if (once == NULL)
    return FALSE;

  g_string_append (once, end);
  if (once->len * times > MAX_SEND_BYTES)
    return pj_demo_script_set_error (reader, error, "that is more than %d bytes", MAX_SEND_BYTES);

  all = g_string_sized_new (once->len * times);
  for (guint64 i = 0; i < times; i++)
    g_string_append_len (all, once->str, once->len);

  return add_bytes (reader, PJ_DEMO_STEP_SEND, all, 0, error);
}

static gboolean
read_send (Reader *reader, const char *rest, GError **error)
{
  return add_send (reader, rest, 1, reader->line_end, error);
}

static gboolean
read_send_raw (Reader *reader, const char *rest, GError **error)
{
  return add_send (reader, rest, 1, "", error);
}

static gboolean
add_repeat (Reader *reader, const char *rest, const char *end, GError **error)
{
  g_auto (GStrv) words = g_strsplit (rest, " ", 2);
  guint64 times;

  if (g_strv_length (words) != 2 ||
      !g_ascii_string_to_unsigned (words[0], 10, 1, MAX_REPEAT, &times, NULL))
    return pj_demo_script_set_error (reader, error, "a number and what is repeated are wanted");

  return add_send (reader, words[1], times, end, error);
}

static gboolean
read_send_repeat (Reader *reader, const char *rest, GError **error)
{
  return add_repeat (reader, rest, reader->line_end, error);
}

static gboolean
read_send_raw_repeat (Reader *reader, const char *rest, GError **error)
{
  return add_repeat (reader, rest, "", error);
}

static gboolean
read_send_file (Reader *reader, const char *rest, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (reader->path);
  g_autofree char *path = g_build_filename (dir, rest, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) lines = NULL;
  GString *stuffed;
  gsize len;

  if (!g_file_get_contents (path, &text, &len, error))
    {
      g_prefix_error (error, "%s:%u: ", reader->path, reader->line);
      return FALSE;
    }

  lines = pj_demo_lines_to_crlf (text, len);
  stuffed = g_string_new (NULL);
  pj_demo_lines_append_stuffed (stuffed, g_bytes_get_data (lines, NULL), g_bytes_get_size (lines));

  return add_bytes (reader, PJ_DEMO_STEP_SEND, stuffed, 0, error);
}

static gboolean
add_flood (Reader *reader, const char *text, guint ms, GError **error)
{
  GString *bytes = pj_demo_script_unescape (reader, text, error);

  if (bytes == NULL)
    return FALSE;
  if (bytes->len == 0)
    {
      g_string_free (bytes, TRUE);
      return pj_demo_script_set_error (reader, error, "a flood of nothing");
    }

  return add_bytes (reader, PJ_DEMO_STEP_FLOOD, bytes, ms, error);
}

static gboolean
read_flood (Reader *reader, const char *rest, GError **error)
{
  return add_flood (reader, rest, 0, error);
}

static gboolean
read_drip (Reader *reader, const char *rest, GError **error)
{
  g_auto (GStrv) words = g_strsplit (rest, " ", 2);
  guint ms = 0;

  if (g_strv_length (words) != 2)
    return pj_demo_script_set_error (reader, error, "DRIP takes milliseconds and bytes");

  return pj_demo_script_parse_ms (reader, words[0], &ms, error) &&
         add_flood (reader, words[1], ms, error);
}

const PjDemoScriptWord pj_demo_script_send_words[] = {
  { "S:", read_send },
  { "S:raw", read_send_raw },
  { "S:repeat", read_send_repeat },
  { "S:raw-repeat", read_send_raw_repeat },
  { "S:file", read_send_file },
  { "FLOOD", read_flood },
  { "DRIP", read_drip },
  { NULL, NULL },
};
