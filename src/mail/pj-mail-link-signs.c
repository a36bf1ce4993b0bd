/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-link-signs.h"

#include <glib/gi18n.h>

#include "base/pj-text.h"
#include "mail/pj-mail-warning.h"

/* A reason is one line of a window. */
#define MAX_TEXT_CHARS 80

typedef struct
{
  PjMailLinkDoubts doubts;
  const char *code;
} Sign;

static const Sign signs[] = {
  { PJ_MAIL_LINK_LOOK_ALIKE, PJ_MAIL_WARNING_LINK_LOOK_ALIKE },
  { PJ_MAIL_LINK_USER_INFO | PJ_MAIL_LINK_NUMBER | PJ_MAIL_LINK_OBSCURED,
    PJ_MAIL_WARNING_LINK_OBSCURED },
  { PJ_MAIL_LINK_OTHER_DOMAIN, PJ_MAIL_WARNING_LINK_MISMATCH },
};

/* Returns: index of the first link of which one of @doubts holds; -1 for none */
static int
find_link (const PjMailDocument *document, PjMailLinkDoubts doubts)
{
  for (guint i = 0; i < document->links->len; i++)
    {
      if ((pj_mail_document_get_link (document, i)->doubts & doubts) != 0)
        return (int) i;
    }

  return -1;
}

/* Returns: (transfer full): what the reader sees of a link, in one line */
static char *
dup_link_text (const PjMailDocument *document, int link)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < document->spans->len; i++)
    {
      const PjMailSpan *span = pj_mail_document_get_span (document, i);

      if (span->link == link)
        g_string_append_len (text, document->text->str + span->start, (gssize) span->len);
    }

  return pj_text_clean_line (text->str, (gssize) text->len, MAX_TEXT_CHARS);
}

static char *
dup_reason (const PjMailDocument *document, int link)
{
  const char *host = pj_mail_document_get_link (document, (guint) link)->host;
  g_autofree char *text = dup_link_text (document, link);

  if (*text == '\0')
    return g_strdup (host);

  /* TRANSLATORS: the text of a link, and the host that it leads to */
  return g_strdup_printf (_ ("“%s” leads to %s"), text, host);
}

/**
 * pj_mail_link_signs_add:
 * @mail: a mail in the making, with its document
 *
 * Adds the warnings that its links give rise to: each once, with the first link
 * that does as the reason. Any thread.
 */
void
pj_mail_link_signs_add (PjMailText *mail)
{
  g_return_if_fail (mail != NULL && mail->document != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      int link = find_link (mail->document, signs[i].doubts);
      g_autofree char *reason = link >= 0 ? dup_reason (mail->document, link) : NULL;
      PjMailWarning warning;

      if (link < 0)
        continue;
      warning = pj_mail_warning_make (signs[i].code, reason);
      pj_mail_text_add_warning (mail, &warning);
    }
}
