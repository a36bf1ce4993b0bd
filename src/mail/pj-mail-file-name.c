/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-file-name.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/pj-text.h"

/* Of a longer name the middle goes: its ending tells what the file does. */
#define MAX_CHARS 200
#define TAIL_CHARS 50

/* Braille without a dot: no blank to Unicode, but one to the eye. */
#define BRAILLE_BLANK 0x2800

/* What Windows and its file systems, which memory sticks have as well, take in
 * no name. */
#define FORBIDDEN "<>:\"/\\|?*"

/* Devices that Windows opens in place of a file, whatever the ending. */
static const char *const devices[] = {
  "con",  "prn",  "aux",  "nul",  "conin$", "conout$", "com0", "com1", "com2",
  "com3", "com4", "com5", "com6", "com7",   "com8",    "com9", "lpt0", "lpt1",
  "lpt2", "lpt3", "lpt4", "lpt5", "lpt6",   "lpt7",    "lpt8", "lpt9", NULL,
};

/* Endings for what is sent without a name. */
static const struct
{
  const char *type;
  const char *extension;
} extensions[] = {
  { "application/pdf", ".pdf" }, { "application/zip", ".zip" }, { "image/gif", ".gif" },
  { "image/jpeg", ".jpg" },      { "image/png", ".png" },       { "message/rfc822", ".eml" },
  { "text/calendar", ".ics" },   { "text/html", ".html" },      { "text/plain", ".txt" },
  { "text/vcard", ".vcf" },      { "text/x-vcard", ".vcf" },
};

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == BRAILLE_BLANK;
}

/* Returns: (transfer full): what is left when nothing can hide or move a part
 * of the name: each run of blanks is one, controls are gone */
static GString *
squeeze (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *out = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_blank (c))
        {
          gap = TRUE;
          continue;
        }
      if (pj_text_is_hidden_char (c) || g_unichar_iscntrl (c))
        continue;

      if (gap && out->len > 0)
        g_string_append_c (out, ' ');
      gap = FALSE;
      g_string_append_unichar (out, c);
    }

  return out;
}

/* Windows takes no notice of dots and blanks at the end: "a.exe. ." is a
 * program to it. */
static void
drop_ignored_end (GString *name)
{
  while (name->len > 0 && strchr (". ", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
}

static void
drop_folders (GString *name)
{
  char *slash;

  while (name->len > 0 && strchr ("/\\ ", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);

  for (slash = name->str + name->len; slash > name->str; slash--)
    {
      if (slash[-1] == '/' || slash[-1] == '\\')
        break;
    }
  g_string_erase (name, 0, slash - name->str);

  while (name->str[0] == ' ' || (g_ascii_isalpha (name->str[0]) && name->str[1] == ':'))
    g_string_erase (name, 0, name->str[0] == ' ' ? 1 : 2);
}

static char *
cut_middle (const char *name)
{
  glong n = g_utf8_strlen (name, -1);
  g_autofree char *head = NULL;

  if (n <= MAX_CHARS)
    return g_strdup (name);

  head = g_utf8_substring (name, 0, MAX_CHARS - TAIL_CHARS);
  return g_strconcat (head, "…", g_utf8_offset_to_pointer (name, n - TAIL_CHARS), NULL);
}

/**
 * pj_mail_file_name_clean:
 * @name: (nullable): a file name as a stranger chose it, decoded
 *
 * Makes a name fit to be shown: no folders, drives, controls, invisible or
 * bidirectional characters; runs of blanks are one, so that an ending cannot
 * be pushed out of sight; what Windows ignores at the end is gone; of a long
 * name the middle goes. What it ends with is what its file ends with.
 *
 * Returns: (transfer full): one line of UTF-8; "" when nothing is left
 */
char *
pj_mail_file_name_clean (const char *name)
{
  g_autoptr (GString) clean = NULL;

  if (name == NULL)
    return g_strdup ("");

  clean = squeeze (name);
  drop_folders (clean);
  drop_ignored_end (clean);

  return cut_middle (clean->str);
}

/**
 * pj_mail_file_name_get_extension:
 * @name: a clean name
 *
 * Returns: (transfer none): what stands behind its last dot, within @name; ""
 *   without one, or when it is too long to say what a file is
 */
const char *
pj_mail_file_name_get_extension (const char *name)
{
  const char *dot;

  g_return_val_if_fail (name != NULL, "");

  dot = strrchr (name, '.');
  if (dot == NULL || strlen (dot + 1) > PJ_MAIL_FILE_NAME_MAX_EXTENSION_BYTES)
    return name + strlen (name);

  return dot + 1;
}

/**
 * pj_mail_file_name_dup_inner_extension:
 * @name: a clean name
 *
 * Returns: (transfer full): the ending in front of the last, "pdf" of
 *   "a.pdf.exe" and of "a.pdf .exe"; "" without one
 */
char *
pj_mail_file_name_dup_inner_extension (const char *name)
{
  const char *extension;
  g_autofree char *stem = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  extension = pj_mail_file_name_get_extension (name);
  if (*extension == '\0')
    return g_strdup ("");

  stem = g_strndup (name, (gsize) (extension - 1 - name));
  g_strchomp (stem);

  return g_strdup (pj_mail_file_name_get_extension (stem));
}

static const char *
find_extension_of_type (const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      if (g_ascii_strcasecmp (type, extensions[i].type) == 0)
        return extensions[i].extension;
    }

  return "";
}

static gboolean
is_device (const char *name)
{
  gsize len = strcspn (name, ".");

  while (len > 0 && name[len - 1] == ' ')
    len--;

  for (gsize i = 0; devices[i] != NULL; i++)
    {
      if (strlen (devices[i]) == len && g_ascii_strncasecmp (name, devices[i], len) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Cuts @name in front of its ending, at a character. */
static void
fit (GString *name)
{
  const char *extension = pj_mail_file_name_get_extension (name->str);
  gsize tail = *extension != '\0' ? strlen (extension) + 1 : 0;
  const char *end;

  if (name->len <= PJ_MAIL_FILE_NAME_MAX_BYTES)
    return;

  end = name->str + PJ_MAIL_FILE_NAME_MAX_BYTES - tail;
  while (((guchar) *end & 0xC0) == 0x80)
    end--;
  g_string_erase (name, end - name->str, (gssize) (name->len - tail) - (end - name->str));
}

/**
 * pj_mail_file_name_to_save:
 * @name: a clean name; may be ""
 * @type: media type, to find an ending for what has no name
 *
 * Makes a name under which a file can lie in any folder of any file system:
 * not hidden, no device of Windows, not taken for an option, no character that
 * some file system refuses, and %PJ_MAIL_FILE_NAME_MAX_BYTES at most.
 *
 * Returns: (transfer full): the name, never ""
 */
char *
pj_mail_file_name_to_save (const char *name, const char *type)
{
  g_autoptr (GString) out = NULL;
  const char *ending;

  g_return_val_if_fail (name != NULL && type != NULL, NULL);

  name += strspn (name, ". ");
  ending = find_extension_of_type (type);
  /* TRANSLATORS: name of a saved file that was sent without one; an ending
   * such as ".pdf" follows */
  out = g_string_new (*name != '\0' ? name : _ ("attachment"));
  if (*name == '\0' || (g_str_equal (ending, ".eml") && !g_str_has_suffix (name, ending)))
    g_string_append (out, ending);

  for (char *p = out->str; *p != '\0'; p++)
    {
      if (strchr (FORBIDDEN, *p) != NULL)
        *p = '_';
    }
  if (out->str[0] == '-')
    out->str[0] = '_';
  if (is_device (out->str))
    g_string_prepend_c (out, '_');
  fit (out);

  return g_strdup (out->str);
}

/**
 * pj_mail_file_name_number:
 * @name: a name from pj_mail_file_name_to_save()
 * @number: 2 or more
 *
 * Returns: (transfer full): another name of the same ending, "a (2).pdf"
 */
char *
pj_mail_file_name_number (const char *name, guint number)
{
  const char *extension;
  gsize stem;

  g_return_val_if_fail (name != NULL, NULL);

  extension = pj_mail_file_name_get_extension (name);
  stem = strlen (name) - (*extension != '\0' ? strlen (extension) + 1 : 0);

  return g_strdup_printf ("%.*s (%u)%s", (int) stem, name, number, name + stem);
}
