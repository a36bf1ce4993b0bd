/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-parts.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/pj-text.h"
#include "mail/pj-mail-attachment.h"
#include "mail/pj-mail-danger.h"
#include "mail/pj-mail-part.h"
#include "mail/pj-mail-plain.h"
#include "mail/pj-mail-root.h"
#include "mail/pj-mail-stub.h"

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

  /* Owned, or given to the caller */
  PjMailDocument *document;
  PjMailDocument *html; /* of @html_part, last read to choose; NULL: none, or shown */
  GHashTable *numbers;  /* from part to its number in the mail */

  /* Plain */
  GMimePart *html_part; /* borrowed from the mail */
  gsize html_room;      /* in which @html was read */
  gboolean is_html_cut;
  gsize laid_out; /* bytes that @document takes as plain text */
  guint n_parts;
  gboolean is_cut;
} Walk;

static void walk_object (Walk *walk, GMimeObject *object, guint depth);

static gsize
get_room (const Walk *walk)
{
  return PJ_MAIL_MAX_TEXT_BYTES - MIN (walk->laid_out, PJ_MAIL_MAX_TEXT_BYTES);
}

static void
append_document (Walk *walk, const PjMailDocument *document)
{
  g_autofree char *text = pj_mail_document_to_text (document);

  if (document->blocks->len == 0)
    return;

  pj_mail_document_append (walk->document, document);
  walk->laid_out += strlen (text) + 1;
}

static void
append_plain (Walk *walk, const char *text)
{
  gboolean is_cut;
  g_autoptr (PjMailDocument) document =
      pj_mail_plain_to_document (text, PJ_MAIL_PLAIN_FIXED, get_room (walk), &is_cut);

  append_document (walk, document);
  walk->is_cut |= is_cut;
}

static void
append_heading (Walk *walk, const char *text)
{
  g_autoptr (PjMailDocument) document = pj_mail_document_new ();
  PjMailBlock block = { .kind = PJ_MAIL_BLOCK_HEADING, .level = 2 };

  pj_mail_document_add_block (document, &block);
  pj_mail_document_add_text (document, text, strlen (text), 0, -1);
  append_document (walk, document);
}

static void
add_attachment (Walk *walk, GMimeObject *object, const char *name)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (walk->numbers, object));

  pj_mail_attachment_add (walk->mail, object, name, number, object == walk->last);
}

/* Each HTML text is read once, however many alternatives it is compared with.
 * Returns: (transfer none): what it says */
static const PjMailDocument *
read_html_to_choose (Walk *walk, GMimePart *part)
{
  if (walk->html != NULL && walk->html_part == part && walk->html_room == get_room (walk))
    return walk->html;

  g_clear_pointer (&walk->html, pj_mail_document_unref);
  walk->html_part = part;
  walk->html_room = get_room (walk);
  walk->is_html_cut = FALSE;
  walk->html = pj_mail_part_read_document (part, walk->html_room, &walk->is_html_cut);

  return walk->html;
}

/* Returns: (transfer full): the text of @part, from the reading before if that
 * was of this one and the room is still the same */
static PjMailDocument *
read_part (Walk *walk, GMimePart *part)
{
  if (walk->html == NULL || walk->html_part != part || walk->html_room != get_room (walk))
    return pj_mail_part_read_document (part, get_room (walk), &walk->is_cut);

  walk->is_cut |= walk->is_html_cut;
  return g_steal_pointer (&walk->html);
}

static void
walk_part (Walk *walk, GMimePart *part)
{
  g_autoptr (PjMailDocument) document = NULL;
  g_autofree char *name = NULL;

  if (pj_mail_part_get_kind (part) == PJ_MAIL_PART_FILE)
    {
      name = pj_mail_part_dup_name (part);
      add_attachment (walk, GMIME_OBJECT (part), name);
      return;
    }

  if (get_room (walk) == 0)
    {
      walk->is_cut = TRUE;
      return;
    }

  document = read_part (walk, part);
  append_document (walk, document);
}

static gboolean
is_of_kind (GMimeObject *object, PjMailPartKind kind)
{
  return GMIME_IS_PART (object) && pj_mail_part_get_kind (GMIME_PART (object)) == kind;
}

/* Returns: (nullable): the HTML text that @object is, or has beside what belongs to it */
static GMimePart *
find_html (GMimeObject *object, guint depth)
{
  int n;

  if (is_of_kind (object, PJ_MAIL_PART_HTML))
    return GMIME_PART (object);
  if (!GMIME_IS_MULTIPART (object) || depth > MAX_DEPTH)
    return NULL;

  n = MIN (g_mime_multipart_get_count (GMIME_MULTIPART (object)), MAX_PARTS);
  for (int i = 0; i < n; i++)
    {
      GMimePart *found =
          find_html (g_mime_multipart_get_part (GMIME_MULTIPART (object), i), depth + 1);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Returns: index of the best alternative that is not plain text (RFC 2046
 * section 5.1.4: the last); -1 when there is none */
static int
find_rich_alternative (GMimeMultipart *multipart)
{
  for (int i = MIN (g_mime_multipart_get_count (multipart), MAX_PARTS) - 1; i >= 0; i--)
    {
      GMimeObject *object = g_mime_multipart_get_part (multipart, i);

      if (!is_of_kind (object, PJ_MAIL_PART_FILE) && !is_of_kind (object, PJ_MAIL_PART_PLAIN))
        return i;
    }

  return -1;
}

/* What is read to choose is kept for showing it. */
static gboolean
is_stub (Walk *walk, GMimePart *plain_part, GMimeObject *rich)
{
  gboolean is_cut = FALSE;
  g_autoptr (PjMailDocument) plain =
      pj_mail_part_read_document (plain_part, PJ_MAIL_STUB_MAX_BYTES + 1, &is_cut);
  GMimePart *html_part = find_html (rich, 0);

  if (plain->blocks->len == 0)
    return TRUE;
  if (is_cut || html_part == NULL)
    return FALSE;

  return pj_mail_stub_is_stub (plain, read_html_to_choose (walk, html_part));
}

/* Plain text is what the sender meant to be read without mark-up, unless it
 * only says that there is a better one. Returns: index of the alternative to
 * show */
static int
choose_alternative (Walk *walk, GMimeMultipart *multipart)
{
  int n = MIN (g_mime_multipart_get_count (multipart), MAX_PARTS);
  int rich = find_rich_alternative (multipart);

  for (int i = 0; i < n; i++)
    {
      GMimeObject *object = g_mime_multipart_get_part (multipart, i);

      if (is_of_kind (object, PJ_MAIL_PART_PLAIN) &&
          (rich < 0 ||
           !is_stub (walk, GMIME_PART (object), g_mime_multipart_get_part (multipart, rich))))
        return i;
    }

  return MAX (rich, 0);
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
  int chosen = choose_alternative (walk, multipart);

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

      append_plain (walk, text);
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
  append_heading (walk, heading);
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
 * Goes through the parts of a mail: shows of alternatives the plain text, unless
 * that is a stub, and of attached mails the text as well; lists everything else
 * as attached, except what belongs to an HTML text that is not shown.
 *
 * Reference: RFC 2046 section 5.
 *
 * Returns: (transfer full): the text, %PJ_MAIL_MAX_TEXT_BYTES at most
 */
PjMailDocument *
pj_mail_parts_read (GMimeObject *root, PjMailText *mail, gboolean *is_cut)
{
  Walk walk = {
    .mail = mail,
    .numbers = pj_mail_root_number_parts (root),
    .document = pj_mail_document_new (),
  };

  if (mail->is_cut || *is_cut)
    walk.last = find_last_leaf (root);

  walk_object (&walk, root, 0);
  *is_cut |= walk.is_cut;
  g_hash_table_unref (walk.numbers);
  pj_mail_danger_warn (mail);

  g_clear_pointer (&walk.html, pj_mail_document_unref);
  return walk.document;
}
