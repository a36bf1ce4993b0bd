/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-text.h"

#include "base/pj-tsan.h"

G_DEFINE_BOXED_TYPE (PjMailText, pj_mail_text, pj_mail_text_ref, pj_mail_text_unref)

static void
header_free (gpointer data)
{
  PjMailHeader *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

static void
attachment_free (gpointer data)
{
  PjMailAttachment *attachment = data;

  g_free (attachment->name);
  g_free (attachment->type);
  g_free (attachment);
}

static void
warning_free (gpointer data)
{
  PjMailWarning *warning = data;

  g_free (warning->code);
  g_free (warning->text);
  g_free (warning);
}

/**
 * pj_mail_text_new:
 *
 * Returns: (transfer full): an empty one, for its maker to fill
 */
PjMailText *
pj_mail_text_new (void)
{
  PjMailText *self = g_new0 (PjMailText, 1);

  g_atomic_ref_count_init (&self->references);
  self->headers = g_ptr_array_new_with_free_func (header_free);
  self->text = g_strdup ("");
  self->attachments = g_ptr_array_new_with_free_func (attachment_free);
  self->warnings = g_ptr_array_new_with_free_func (warning_free);

  return self;
}

/**
 * pj_mail_text_ref:
 * @self: the text
 *
 * Returns: (transfer full): @self
 */
PjMailText *
pj_mail_text_ref (PjMailText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_mail_text_unref:
 * @self: (transfer full): the text
 */
void
pj_mail_text_unref (PjMailText *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_ptr_array_unref (self->headers);
  g_free (self->text);
  g_ptr_array_unref (self->attachments);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * pj_mail_text_add_header:
 * @self: a text in the making
 * @name: field name
 * @value: decoded and cleaned
 */
void
pj_mail_text_add_header (PjMailText *self, const char *name, const char *value)
{
  PjMailHeader *header;

  g_return_if_fail (self != NULL && name != NULL && value != NULL);

  header = g_new0 (PjMailHeader, 1);
  header->name = g_strdup (name);
  header->value = g_strdup (value);
  g_ptr_array_add (self->headers, header);
}

/**
 * pj_mail_text_add_attachment:
 * @self: a text in the making
 * @name: (nullable): cleaned base name
 * @type: declared media type
 * @octets: decoded size; -1 when unknown
 */
void
pj_mail_text_add_attachment (PjMailText *self, const char *name, const char *type, gint64 octets)
{
  PjMailAttachment *attachment;

  g_return_if_fail (self != NULL && type != NULL);

  attachment = g_new0 (PjMailAttachment, 1);
  attachment->name = g_strdup (name != NULL ? name : "");
  attachment->type = g_strdup (type);
  attachment->octets = octets;
  g_ptr_array_add (self->attachments, attachment);
}

/**
 * pj_mail_text_add_warning:
 * @self: a text in the making
 * @code: stable word for programs
 * @text: translated sentence
 */
void
pj_mail_text_add_warning (PjMailText *self, const char *code, const char *text)
{
  PjMailWarning *warning;

  g_return_if_fail (self != NULL && code != NULL && text != NULL);

  warning = g_new0 (PjMailWarning, 1);
  warning->code = g_strdup (code);
  warning->text = g_strdup (text);
  g_ptr_array_add (self->warnings, warning);
}

/**
 * pj_mail_text_get_header:
 * @self: the text
 * @name: field name, in any case
 *
 * Returns: (transfer none) (nullable): value of the first such field
 */
const char *
pj_mail_text_get_header (const PjMailText *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->headers->len; i++)
    {
      const PjMailHeader *header = g_ptr_array_index (self->headers, i);

      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header->value;
    }

  return NULL;
}
