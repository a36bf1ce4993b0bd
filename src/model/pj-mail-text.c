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

  g_free ((gpointer) attachment->name);
  g_free ((gpointer) attachment->type);
  g_free ((gpointer) attachment->sniffed);
  g_strfreev ((gpointer) attachment->dangers);
  g_free (attachment);
}

static void
warning_free (gpointer data)
{
  PjMailWarning *warning = data;

  g_free ((gpointer) warning->code);
  g_free ((gpointer) warning->text);
  g_free ((gpointer) warning->reason);
  g_free (warning);
}

/**
 * pj_mail_certainty_to_string:
 * @certainty: how sure a warning is
 *
 * Returns: (transfer none): its word for programs: "hint", "likely" or "sure"
 */
const char *
pj_mail_certainty_to_string (PjMailCertainty certainty)
{
  static const char *const words[] = { "hint", "likely", "sure" };

  g_return_val_if_fail (certainty < G_N_ELEMENTS (words), NULL);

  return words[certainty];
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
  self->document = pj_mail_document_new ();
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
  pj_mail_document_unref (self->document);
  g_clear_pointer (&self->unsubscribe, pj_mail_link_unref);
  g_free (self->one_time_code);
  g_free (self->spam_verdict);
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

static char *
dup_or_empty (const char *string)
{
  return g_strdup (string != NULL ? string : "");
}

/**
 * pj_mail_text_add_attachment:
 * @self: a text in the making
 * @attachment: what to copy; %NULL strings count as empty, except its type
 */
void
pj_mail_text_add_attachment (PjMailText *self, const PjMailAttachment *attachment)
{
  PjMailAttachment *copy;

  g_return_if_fail (self != NULL && attachment != NULL && attachment->type != NULL);

  copy = g_new0 (PjMailAttachment, 1);
  *copy = *attachment;
  copy->name = dup_or_empty (attachment->name);
  copy->type = g_strdup (attachment->type);
  copy->sniffed = dup_or_empty (attachment->sniffed);
  copy->dangers =
      (gpointer) (attachment->dangers != NULL ? g_strdupv ((gpointer) attachment->dangers)
                                              : g_new0 (char *, 1));
  g_ptr_array_add (self->attachments, copy);
}

/**
 * pj_mail_text_has_warning:
 * @self: the text
 * @code: stable word for programs
 *
 * Returns: whether it was warned of that
 */
gboolean
pj_mail_text_has_warning (const PjMailText *self, const char *code)
{
  g_return_val_if_fail (self != NULL && code != NULL, FALSE);

  for (guint i = 0; i < self->warnings->len; i++)
    {
      const PjMailWarning *warning = g_ptr_array_index (self->warnings, i);

      if (g_str_equal (warning->code, code))
        return TRUE;
    }

  return FALSE;
}

/**
 * pj_mail_text_add_warning:
 * @self: a text in the making
 * @warning: what to copy; its reason may be %NULL. A code that is there already
 *   is not added again.
 */
void
pj_mail_text_add_warning (PjMailText *self, const PjMailWarning *warning)
{
  PjMailWarning *copy;

  g_return_if_fail (self != NULL && warning != NULL);
  g_return_if_fail (warning->code != NULL && warning->text != NULL);

  if (pj_mail_text_has_warning (self, warning->code))
    return;

  copy = g_new0 (PjMailWarning, 1);
  copy->code = g_strdup (warning->code);
  copy->text = g_strdup (warning->text);
  copy->reason = dup_or_empty (warning->reason);
  copy->certainty = warning->certainty;
  g_ptr_array_add (self->warnings, copy);
}

/**
 * pj_mail_text_take_document:
 * @self: a text in the making
 * @document: (transfer full): its body
 *
 * Sets the body, and from it the plain text.
 */
void
pj_mail_text_take_document (PjMailText *self, PjMailDocument *document)
{
  g_return_if_fail (self != NULL && document != NULL);

  pj_mail_document_unref (self->document);
  self->document = document;
  g_free (self->text);
  self->text = pj_mail_document_to_text (document);
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
