/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-link-words.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PjMailLinkDoubts doubt;
  const char *text;
} Words;

/* What should be read first comes first. */
static const Words words[] = {
  { PJ_MAIL_LINK_LOOK_ALIKE, N_ ("The name of the site is easily taken for another one.") },
  { PJ_MAIL_LINK_USER_INFO, N_ ("Before the name of the site stood other words, made to be taken "
                                "for it; they are left out.") },
  { PJ_MAIL_LINK_NUMBER, N_ ("The site has no name, only a number.") },
  { PJ_MAIL_LINK_OBSCURED, N_ ("The site was written so that it is hard to recognise.") },
  { PJ_MAIL_LINK_OTHER_DOMAIN, N_ ("The text of the link names another site. Newsletters do this "
                                   "to count clicks, and deceivers to send you elsewhere.") },
};

/**
 * pj_link_words_doubt:
 * @doubt: one doubt about a link
 *
 * Returns: (transfer none): a sentence or two about it, translated
 */
const char *
pj_link_words_doubt (PjMailLinkDoubts doubt)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (words[i].doubt == doubt)
        return _ (words[i].text);
    }

  g_return_val_if_reached ("");
}

/**
 * pj_link_words_list_doubts:
 * @doubts: any number of doubts about a link
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence or two about
 *   each, translated, the gravest first
 */
char **
pj_link_words_list_doubts (PjMailLinkDoubts doubts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if ((doubts & words[i].doubt) != 0)
        g_strv_builder_add (builder, pj_link_words_doubt (words[i].doubt));
    }

  return g_strv_builder_end (builder);
}
