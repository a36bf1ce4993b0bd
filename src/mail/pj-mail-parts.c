/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-parts.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/pj-text.h"
#include "mail/pj-mail-attachment.h"
#include "mail/pj-mail-danger.h"
#include "mail/pj-mail-part.h"
#include "mail/pj-mail-root.h"

/* No program that people write mail with nests deeper, or attaches more. */
#define MAX_DEPTH 32
#define MAX_PARTS 1000

#define MAX_SUBJECT_CHARS 200

/* One reading of one mail. */
typedef struct
{
  /* Borrowed from the caller of pj_mail_parts_read() */
  PjMailText *mail;
  GMimeObject *last; /* the leaf that TOP has cut through; NULL: none */

  /* Owned */
  GHashTable *numbers; /* from part to its number in the mail */

  /* Plain */
  GString *text;
  guint n_parts;
  gboolean is_cut;
} Walk;

static void walk_object (Walk *walk, GMimeObject *object, guint depth);

static gboolean
has_text (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  return *text != '\0';
}

static void
append_text (Walk *walk, const char *text)
{
  if (!has_text (text))
    return;

  if (walk->text->len > 0)
    g_string_append (walk->text, g_str_has_suffix (walk->text->str, "\n") ? "\n" : "\n\n");
  g_string_append (walk->text, text);
}

static void
add_attachment (Walk *walk, GMimeObject *object, const char *name)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (walk->numbers, object));

  pj_mail_attachment_add (walk->mail, object, name, number, object == walk->last);
}

static void
walk_part (Walk *walk, GMimePart *part)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (pj_mail_part_get_kind (part) == PJ_MAIL_PART_FILE)
    {
      name = pj_mail_part_dup_name (part);
      add_attachment (walk, GMIME_OBJECT (part), name);
      return;
    }

  if (walk->text->len >= PJ_MAIL_MAX_TEXT_BYTES)
    {
      walk->is_cut = TRUE;
      return;
    }

  text = pj_mail_part_dup_text (part, PJ_MAIL_MAX_TEXT_BYTES - walk->text->len, &walk->is_cut);
  append_text (walk, text);
}

static gboolean
is_of_kind (GMimeObject *object, PjMailPartKind kind)
{
  return GMIME_IS_PART (object) && pj_mail_part_get_kind (GMIME_PART (object)) == kind;
}

static gboolean
is_filled_plain_text (GMimeObject *object)
{
  g_autofree char *text = NULL;
  gboolean is_cut = FALSE;

  if (!is_of_kind (object, PJ_MAIL_PART_PLAIN))
    return FALSE;

  text = pj_mail_part_dup_text (GMIME_PART (object), PJ_MAIL_MAX_TEXT_BYTES, &is_cut);
  return has_text (text);
}

/* Plain text is what the sender meant to be read without mark-up; some
 * programs send it empty. RFC 2046 section 5.1.4 has the best at the end.
 * Returns: index of the alternative to show */
static int
choose_alternative (GMimeMultipart *multipart)
{
  int n = MIN (g_mime_multipart_get_count (multipart), MAX_PARTS);

  for (int i = 0; i < n; i++)
    {
      if (is_filled_plain_text (g_mime_multipart_get_part (multipart, i)))
        return i;
    }

  for (int i = n - 1; i >= 0; i--)
    {
      GMimeObject *object = g_mime_multipart_get_part (multipart, i);

      if (!is_of_kind (object, PJ_MAIL_PART_FILE) && !is_of_kind (object, PJ_MAIL_PART_PLAIN))
        return i;
    }

  return 0;
}

/* An alternative that is not shown may still bring files along: Apple Mail puts
 * them beside the HTML text. What is related to that text, such as its images,
 * is a file only when it says so. */
static void
walk_files (Walk *walk, GMimeMultipart *multipart, guint depth)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (multipart));
  gboolean is_related = g_mime_content_type_is_type (type, "multipart", "related");
  int n = g_mime_multipart_get_count (multipart);

  if (depth > MAX_DEPTH)
    {
      walk->is_cut = TRUE;
      return;
    }

  for (int i = 0; i < n; i++)
    {
      GMimeObject *object = g_mime_multipart_get_part (multipart, i);

      if (GMIME_IS_MULTIPART (object))
        walk_files (walk, GMIME_MULTIPART (object), depth + 1);
      else if (is_of_kind (object, PJ_MAIL_PART_FILE) &&
               (!is_related || g_mime_part_is_attachment (GMIME_PART (object))))
        walk_object (walk, object, depth + 1);
      else if (GMIME_IS_MESSAGE_PART (object))
        walk_object (walk, object, depth + 1);
    }
}

static void
walk_alternatives (Walk *walk, GMimeMultipart *multipart, guint depth)
{
  int n = g_mime_multipart_get_count (multipart);
  int chosen = choose_alternative (multipart);

  for (int i = 0; i < n; i++)
    {
      GMimeObject *object = g_mime_multipart_get_part (multipart, i);

      /* An invitation is an alternative to its description, yet a file to see. */
      if (i == chosen || is_of_kind (object, PJ_MAIL_PART_FILE))
        walk_object (walk, object, depth + 1);
      else if (GMIME_IS_MULTIPART (object))
        walk_files (walk, GMIME_MULTIPART (object), depth + 1);
    }
}

static void
walk_multipart (Walk *walk, GMimeMultipart *multipart, guint depth)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (multipart));
  int n = g_mime_multipart_get_count (multipart);

  if (n == 0)
    {
      /* Its boundary never comes: what is there stands before the first part. */
      const char *prologue = g_mime_multipart_get_prologue (multipart);
      g_autofree char *text = g_utf8_make_valid (prologue != NULL ? prologue : "", -1);

      append_text (walk, text);
    }
  else if (g_mime_content_type_is_type (type, "multipart", "alternative"))
    walk_alternatives (walk, multipart, depth);
  else
    {
      for (int i = 0; i < n; i++)
        walk_object (walk, g_mime_multipart_get_part (multipart, i), depth + 1);
    }
}

static void
walk_message (Walk *walk, GMimeMessagePart *part, guint depth)
{
  GMimeMessage *message = g_mime_message_part_get_message (part);
  const char *subject = message != NULL ? g_mime_message_get_subject (message) : NULL;
  g_autofree char *name =
      pj_text_clean_line (subject != NULL ? subject : "", -1, MAX_SUBJECT_CHARS);
  g_autofree char *heading = NULL;

  add_attachment (walk, GMIME_OBJECT (part), name);
  if (message == NULL || g_mime_message_get_mime_part (message) == NULL)
    return;

  /* TRANSLATORS: heads the text of a mail that is attached to a mail; %s is its subject */
  heading = g_strdup_printf (_ ("Attached message: %s"), name);
  append_text (walk, heading);
  walk_object (walk, g_mime_message_get_mime_part (message), depth + 1);
}

static void
walk_object (Walk *walk, GMimeObject *object, guint depth)
{
  if (depth > MAX_DEPTH || walk->n_parts >= MAX_PARTS)
    {
      walk->is_cut = TRUE;
      return;
    }
  walk->n_parts++;

  if (GMIME_IS_MULTIPART (object))
    walk_multipart (walk, GMIME_MULTIPART (object), depth);
  else if (GMIME_IS_MESSAGE_PART (object))
    walk_message (walk, GMIME_MESSAGE_PART (object), depth);
  else if (GMIME_IS_PART (object))
    walk_part (walk, GMIME_PART (object));
}

static GMimeObject *
find_last_leaf (GMimeObject *object)
{
  for (guint depth = 0; depth <= MAX_DEPTH; depth++)
    {
      if (GMIME_IS_MULTIPART (object) && g_mime_multipart_get_count (GMIME_MULTIPART (object)) > 0)
        {
          GMimeMultipart *multipart = GMIME_MULTIPART (object);

          object =
              g_mime_multipart_get_part (multipart, g_mime_multipart_get_count (multipart) - 1);
        }
      else if (GMIME_IS_MESSAGE_PART (object))
        {
          GMimeMessage *message = g_mime_message_part_get_message (GMIME_MESSAGE_PART (object));

          if (message == NULL || g_mime_message_get_mime_part (message) == NULL)
            return object;
          object = g_mime_message_get_mime_part (message);
        }
      else
        break;
    }

  return object;
}

/**
 * pj_mail_parts_read:
 * @root: what a mail consists of
 * @mail: gets the attachments; its is_cut tells whether @root ends too early
 * @is_cut: (inout): %TRUE tells the same; set to %TRUE when there is more text
 *   than is returned
 *
 * Goes through the parts of a mail: shows of alternatives the plain text, of
 * attached mails the text as well, and lists everything else as attached,
 * except what belongs to an HTML text that is not shown.
 *
 * Reference: RFC 2046 section 5.
 *
 * Returns: (transfer full): the text, UTF-8, not cleaned
 */
char *
pj_mail_parts_read (GMimeObject *root, PjMailText *mail, gboolean *is_cut)
{
  Walk walk = {
    .mail = mail,
    .numbers = pj_mail_root_number_parts (root),
    .text = g_string_new (NULL),
  };

  if (mail->is_cut || *is_cut)
    walk.last = find_last_leaf (root);

  walk_object (&walk, root, 0);
  *is_cut |= walk.is_cut;
  g_hash_table_unref (walk.numbers);
  pj_mail_danger_warn (mail);

  return g_string_free (walk.text, FALSE);
}
