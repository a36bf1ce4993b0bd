/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-writer-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "base/pj-text.h"
#include "mail/pj-mail-link-reader.h"

/* What the writer is told of links, and what it tells the document of them. */

/* A reader of links takes much less; a target that is longer is not cut here
 * where it could still be opened. */
#define MAX_TARGET_BYTES 16384

/* Enough to find the name of a host in. */
#define MAX_LINK_TEXT_BYTES 1000

/**
 * pj_mail_html_writer_begin_link:
 * @self: the writer
 *
 * Gives the document the link that the next text is part of, unless it has it.
 * Its host is found when all of its text is known.
 */
void
pj_mail_html_writer_begin_link (PjMailHtmlWriter *self)
{
  g_autoptr (PjMailLink) link = NULL;

  if (self->target == NULL || self->link >= 0)
    return;

  link = pj_mail_link_new ("", NULL, NULL, PJ_MAIL_LINK_SOUND, FALSE);
  self->link = pj_mail_document_add_link (self->document, link);
  self->is_cut |= self->link < 0;
}

/**
 * pj_mail_html_writer_remember_link_text:
 * @self: the writer
 * @text: what can be seen, in a link or not
 * @len: bytes of it
 *
 * Keeps as much of the text of a link as its host can be looked for in.
 */
void
pj_mail_html_writer_remember_link_text (PjMailHtmlWriter *self, const char *text, gsize len)
{
  if (self->target != NULL && self->link_text->len + len <= MAX_LINK_TEXT_BYTES)
    g_string_append_len (self->link_text, text, (gssize) len);
}

/**
 * pj_mail_html_writer_start_link:
 * @self: the writer
 * @target: (nullable): where it leads; %NULL or a place in the same mail
 *   makes it ordinary text
 */
void
pj_mail_html_writer_start_link (PjMailHtmlWriter *self, const char *target)
{
  g_return_if_fail (self != NULL);

  pj_mail_html_writer_end_link (self);

  if (target == NULL || *target == '#' || *target == '\0')
    return;

  self->target = g_strndup (target, pj_text_fit_bytes (target, strlen (target), MAX_TARGET_BYTES));
  self->has_link_image = FALSE;
}

static void
tell_target (PjMailHtmlWriter *self, const char *target)
{
  g_autoptr (PjMailLink) link = pj_mail_link_read (target, g_strstrip (self->link_text->str));

  pj_mail_document_replace_link (self->document, self->link, link);
  self->laid_out += strlen (link->target) + strlen (" <>");
}

/**
 * pj_mail_html_writer_end_link:
 * @self: the writer
 *
 * Finds out where the link leads and whether its text says so. One without
 * text, which nobody can click, leaves nothing.
 */
void
pj_mail_html_writer_end_link (PjMailHtmlWriter *self)
{
  g_autofree char *target = NULL;

  g_return_if_fail (self != NULL);

  if (self->target != NULL && self->link < 0 && self->has_link_image)
    {
      /* TRANSLATORS: stands for an image of a mail that has no text of its own */
      pj_mail_html_writer_add_image (self, _ ("image"));
      g_string_truncate (self->link_text, 0);
    }

  target = g_steal_pointer (&self->target);
  if (self->link >= 0)
    tell_target (self, target);

  self->link = -1;
  self->has_link_image = FALSE;
  g_string_truncate (self->link_text, 0);
}
