/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-attachment.h"

#include <string.h>

#include "mail/pj-mail-bounds.h"
#include "mail/pj-mail-danger.h"
#include "mail/pj-mail-field.h"
#include "mail/pj-mail-file-name.h"
#include "mail/pj-mail-part.h"
#include "mail/pj-mail-root.h"
#include "mail/pj-mail-sniff.h"

#define CHUNK_BYTES 16384

/* Decodes all of it once, for its size and for what its bytes show. */
static PjMailSniffed
examine (GMimePart *part, gint64 *octets)
{
  g_autoptr (PjMailSniff) sniff = pj_mail_sniff_new ();
  g_autoptr (GMimeStream) stream = pj_mail_part_open (part);

  *octets = 0;
  while (stream != NULL && !g_mime_stream_eos (stream))
    {
      char chunk[CHUNK_BYTES];
      gssize n = g_mime_stream_read (stream, chunk, sizeof chunk);

      if (n <= 0)
        break;
      pj_mail_sniff_feed (sniff, chunk, (gsize) n);
      *octets += n;
    }

  return pj_mail_sniff_finish (sniff);
}

/**
 * pj_mail_attachment_add:
 * @mail: a text in the making
 * @object: a part to be listed as attached
 * @name: its clean name; may be ""
 * @number: its number from pj_mail_root_number_parts()
 * @is_partial: whether only its beginning is there
 *
 * Adds to the attachments of @mail what can be told of a part: type, size, what
 * its bytes show, and what makes it dangerous. Linear in the part.
 */
void
pj_mail_attachment_add (
    PjMailText *mail, GMimeObject *object, const char *name, guint number, gboolean is_partial)
{
  g_autofree char *type = NULL;
  g_autofree char *other_name = NULL;
  g_autoptr (GPtrArray) dangers = NULL;
  PjMailSniffed sniffed = { "", FALSE, FALSE, FALSE };
  gint64 octets = -1;

  g_return_if_fail (mail != NULL && GMIME_IS_OBJECT (object) && name != NULL);

  type = pj_mail_part_dup_type (object);
  if (GMIME_IS_PART (object))
    {
      sniffed = examine (GMIME_PART (object), &octets);
      other_name =
          pj_mail_file_name_clean (g_mime_object_get_content_type_parameter (object, "name"));
      dangers = pj_mail_danger_find (name, other_name, type, &sniffed);
    }

  pj_mail_text_add_attachment (
      mail, &(PjMailAttachment){
                .name = name,
                .type = type,
                .sniffed = sniffed.type,
                .octets = is_partial ? -1 : octets,
                .part = number,
                .dangers = dangers != NULL ? (const char *const *) dangers->pdata : NULL,
                .is_partial = is_partial,
            });
}

/* Returns: (transfer full) (nullable): the bytes of @object as a file has them */
static GMimeStream *
open_part (GMimeObject *object)
{
  GMimeMessage *message;
  GMimeStream *stream;

  if (GMIME_IS_PART (object))
    return pj_mail_part_open (GMIME_PART (object));
  if (!GMIME_IS_MESSAGE_PART (object))
    return NULL;

  message = g_mime_message_part_get_message (GMIME_MESSAGE_PART (object));
  if (message == NULL)
    return NULL;

  stream = g_mime_stream_mem_new ();
  g_mime_object_write_to_stream (GMIME_OBJECT (message), NULL, stream);
  g_mime_stream_reset (stream);

  return stream;
}

static GMimeObject *
parse (GBytes *mail)
{
  g_autoptr (PjMailHeaderScan) scan = NULL;
  g_autoptr (GMimeParserOptions) options = NULL;
  g_autofree char *charset = NULL;
  gsize len;
  const char *bytes = g_bytes_get_data (mail, &len);
  const char *body;

  if (len == 0)
    return NULL;

  scan = pj_mail_header_scan_new (bytes, len);
  charset = pj_mail_field_dup_charset (scan);
  options = pj_mail_gmime_options_new (charset);
  body = bytes + scan->body_offset;

  return pj_mail_root_parse (scan, options, body,
                             pj_mail_bounds_measure_parts (body, len - scan->body_offset));
}

/**
 * pj_mail_attachment_write:
 * @mail: a whole mail
 * @part: which of its parts, by the number in its #PjMailAttachment
 * @out: where to
 * @cancellable: (nullable): stops it
 * @error: return location; %G_IO_ERROR_NOT_FOUND when there is no such part,
 *   errors of g_output_stream_write_all()
 *
 * Writes what a part holds, decoded, piece by piece. Of an attached mail it is
 * the mail. @out is left open. Blocks.
 *
 * Returns: %FALSE with @error set when it is not all written
 */
gboolean
pj_mail_attachment_write (
    GBytes *mail, guint part, GOutputStream *out, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMimeObject) root = NULL;
  g_autoptr (GMimeStream) stream = NULL;
  GMimeObject *object;

  g_return_val_if_fail (mail != NULL && G_IS_OUTPUT_STREAM (out), FALSE);

  root = parse (mail);
  object = root != NULL ? pj_mail_root_find_part (root, part) : NULL;
  stream = object != NULL ? open_part (object) : NULL;
  if (stream == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           "The mail has no such attachment");
      return FALSE;
    }

  while (!g_mime_stream_eos (stream))
    {
      char chunk[CHUNK_BYTES];
      gssize n = g_mime_stream_read (stream, chunk, sizeof chunk);

      if (n <= 0)
        break;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !g_output_stream_write_all (out, chunk, (gsize) n, NULL, cancellable, error))
        return FALSE;
    }

  return TRUE;
}
