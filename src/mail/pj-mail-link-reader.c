/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-link-reader.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-link-text.h"
#include "mail/pj-mail-look-alike.h"
#include "mail/pj-mail-mailto.h"
#include "mail/pj-mail-url.h"

/* What is shown of a target that cannot be opened. */
#define MAX_SHOWN_CHARS 500

static PjMailLinkDoubts
judge_host (const char *host)
{
  if (pj_mail_domain_is_mixed (host) || pj_mail_look_alike_is_homograph (host) ||
      pj_mail_look_alike_find_imitated (host) != NULL)
    return PJ_MAIL_LINK_LOOK_ALIKE;

  return PJ_MAIL_LINK_SOUND;
}

static PjMailLinkDoubts
compare_with_text (const char *host, const char *text)
{
  g_auto (GStrv) named = pj_mail_link_text_list_hosts (text);
  PjMailLinkDoubts doubts = PJ_MAIL_LINK_SOUND;

  for (guint i = 0; named[i] != NULL; i++)
    {
      if (pj_mail_domain_is_same_site (named[i], host))
        continue;
      doubts |= PJ_MAIL_LINK_OTHER_DOMAIN;
      if (pj_mail_look_alike_is_pair (named[i], host))
        doubts |= PJ_MAIL_LINK_LOOK_ALIKE;
    }

  return doubts;
}

static PjMailLinkDoubts
judge (const char *host, const char *text)
{
  return judge_host (host) | (text != NULL ? compare_with_text (host, text) : PJ_MAIL_LINK_SOUND);
}

static PjMailLink *
make_web_link (const PjMailUrl *url, const char *text, gboolean is_whole)
{
  g_autofree char *shown = pj_mail_domain_to_shown (url->host);
  g_autofree char *cut = is_whole ? NULL : pj_text_clean_line (url->target, -1, MAX_SHOWN_CHARS);

  return pj_mail_link_new (is_whole ? url->target : cut, shown,
                           pj_mail_domain_get_registrable (url->host),
                           url->doubts | judge (url->host, text), is_whole);
}

static PjMailLink *
make_mail_link (const PjMailMailto *mailto, const char *text)
{
  g_autofree char *shown = g_strjoinv (", ", mailto->addresses);
  const char *first = mailto->hosts[0];
  PjMailLinkDoubts doubts = PJ_MAIL_LINK_SOUND;

  for (guint i = 0; mailto->hosts[i] != NULL; i++)
    doubts |= judge (mailto->hosts[i], text);

  return pj_mail_link_new (mailto->target, shown,
                           first != NULL ? pj_mail_domain_get_registrable (first) : NULL, doubts,
                           TRUE);
}

/**
 * pj_mail_link_read:
 * @target: where a link leads, as sent
 * @text: (nullable): what the reader sees of it
 *
 * Finds out where a link leads and what is suspicious about it. Only web pages
 * and mails without attachments can be opened; not what is longer than
 * %PJ_MAIL_LINK_MAX_BYTES. Linear, nothing is looked up or fetched. Any thread.
 *
 * Returns: (transfer full): the link
 */
PjMailLink *
pj_mail_link_read (const char *target, const char *text)
{
  g_autofree char *beginning = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (PjMailUrl) url = NULL;
  g_autoptr (PjMailMailto) mailto = NULL;
  gboolean is_whole;

  g_return_val_if_fail (target != NULL, NULL);

  is_whole = strlen (target) <= PJ_MAIL_LINK_MAX_BYTES;
  beginning = g_strndup (target, PJ_MAIL_LINK_MAX_BYTES);
  url = pj_mail_url_read (beginning);
  if (url != NULL)
    return make_web_link (url, text, is_whole);

  mailto = is_whole ? pj_mail_mailto_read (beginning) : NULL;
  if (mailto != NULL)
    return make_mail_link (mailto, text);

  shown = pj_text_clean_line (beginning, -1, MAX_SHOWN_CHARS);
  return pj_mail_link_new (shown, NULL, NULL, PJ_MAIL_LINK_SOUND, FALSE);
}
