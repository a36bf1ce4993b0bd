/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-root.h"

#include <string.h>

#include "mail/pj-mail-bounds.h"

/* Deeper than pj_mail_parts_read() goes, and no danger to a thread's stack. */
#define MAX_DEPTH 64

/* GMime gives up on a message whose header is odd, though its body may be
 * sound. So it is given a header that cannot be: only what says how to read
 * the body, as found by our own scan. */
static GByteArray *
make_part (const PjMailHeaderScan *scan, const char *body, gsize len)
{
  GByteArray *part = g_byte_array_sized_new ((guint) len);
  guint body_at;

  for (guint i = 0; i < scan->fields->len; i++)
    {
      const PjMailRawField *field = g_ptr_array_index (scan->fields, i);
      g_autofree char *line = NULL;

      if (g_ascii_strncasecmp (field->name, "Content-", strlen ("Content-")) != 0)
        continue;

      line = g_strdup_printf ("%s: %s\n", field->name, field->value);
      g_byte_array_append (part, (const guint8 *) line, (guint) strlen (line));
    }

  g_byte_array_append (part, (const guint8 *) "\n", 1);
  body_at = part->len;
  g_byte_array_append (part, (const guint8 *) body, (guint) len);
  pj_mail_bounds_flatten_groups ((char *) part->data + body_at, len);

  return part;
}

/**
 * pj_mail_root_parse:
 * @scan: the header of a mail
 * @options: from pj_mail_gmime_options_new()
 * @body: what stands behind the header
 * @len: bytes, as pj_mail_bounds_measure_parts() allows
 *
 * Takes a mail apart; its memory is twice that of @body.
 *
 * Returns: (transfer full) (nullable): what it consists of
 */
GMimeObject *
pj_mail_root_parse (const PjMailHeaderScan *scan,
                    GMimeParserOptions *options,
                    const char *body,
                    gsize len)
{
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GMimeParser) parser = NULL;

  g_return_val_if_fail (scan != NULL && options != NULL && body != NULL, NULL);

  stream = g_mime_stream_mem_new_with_byte_array (make_part (scan, body, len));
  parser = g_mime_parser_new_with_stream (stream);

  return g_mime_parser_construct_part (parser, options);
}

static void
collect (GPtrArray *parts, GMimeObject *object, guint depth)
{
  g_ptr_array_add (parts, object);
  if (depth >= MAX_DEPTH)
    return;

  if (GMIME_IS_MULTIPART (object))
    {
      int n = g_mime_multipart_get_count (GMIME_MULTIPART (object));

      for (int i = 0; i < n; i++)
        collect (parts, g_mime_multipart_get_part (GMIME_MULTIPART (object), i), depth + 1);
    }
  else if (GMIME_IS_MESSAGE_PART (object))
    {
      GMimeMessage *message = g_mime_message_part_get_message (GMIME_MESSAGE_PART (object));

      if (message != NULL && g_mime_message_get_mime_part (message) != NULL)
        collect (parts, g_mime_message_get_mime_part (message), depth + 1);
    }
}

/**
 * pj_mail_root_number_parts:
 * @root: what a mail consists of
 *
 * Numbers all parts in the order in which they begin, whether they are shown or
 * not. So what TOP gave of a mail and the whole of it number alike what both
 * have.
 *
 * Returns: (transfer full): from part to GUINT_TO_POINTER of its number, from
 *   0; borrows the parts of @root
 */
GHashTable *
pj_mail_root_number_parts (GMimeObject *root)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  GHashTable *numbers = g_hash_table_new (NULL, NULL);

  g_return_val_if_fail (GMIME_IS_OBJECT (root), numbers);

  collect (parts, root, 0);
  for (guint i = 0; i < parts->len; i++)
    g_hash_table_insert (numbers, g_ptr_array_index (parts, i), GUINT_TO_POINTER (i));

  return numbers;
}

/**
 * pj_mail_root_find_part:
 * @root: what a mail consists of
 * @number: from pj_mail_root_number_parts() for the same mail or its beginning
 *
 * Returns: (transfer none) (nullable): the part; %NULL when there is none
 */
GMimeObject *
pj_mail_root_find_part (GMimeObject *root, guint number)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_return_val_if_fail (GMIME_IS_OBJECT (root), NULL);

  collect (parts, root, 0);

  return number < parts->len ? g_ptr_array_index (parts, number) : NULL;
}
