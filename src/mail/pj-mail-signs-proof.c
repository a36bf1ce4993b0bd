/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-signs-private.h"

#include "mail/pj-mail-auth.h"
#include "mail/pj-mail-brand.h"
#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-warning.h"

/* What the user's own receiving service has verified (RFC 8601). */

static const char *
get_word (PjMailAuthResult result)
{
  switch (result)
    {
    case PJ_MAIL_AUTH_PASS:
      return "pass";
    case PJ_MAIL_AUTH_FAIL:
      return "fail";
    case PJ_MAIL_AUTH_OPEN:
      return "?";
    case PJ_MAIL_AUTH_ABSENT:
    default:
      return "-";
    }
}

/* In the words of the field itself, which are the same in every language. */
static char *
describe (const PjMailCase *self, const PjMailAuth *auth)
{
  const char *domain = *auth->from_domain != '\0' ? auth->from_domain : self->domain;

  return g_strdup_printf ("%s: dmarc=%s dkim=%s spf=%s (%s)", self->facts->context->authserv_id,
                          get_word (auth->dmarc), get_word (auth->dkim), get_word (auth->spf),
                          domain != NULL ? domain : "");
}

/* RFC 7489 section 3.1: a signature or an envelope of the same organisation. */
static gboolean
is_aligned (const PjMailCase *self, PjMailAuthResult result, const char *domain)
{
  g_autofree char *ascii = NULL;

  if (result != PJ_MAIL_AUTH_PASS || self->domain == NULL)
    return FALSE;

  ascii = pj_mail_domain_to_ascii (domain[0] == '@' ? domain + 1 : domain);
  return ascii != NULL && pj_mail_domain_is_same_site (ascii, self->domain);
}

static gboolean
is_proved (const PjMailCase *self, const PjMailAuth *auth)
{
  return auth->dmarc == PJ_MAIL_AUTH_PASS || is_aligned (self, auth->dkim, auth->dkim_domain) ||
         is_aligned (self, auth->spf, auth->spf_domain);
}

static gboolean
is_silent (const PjMailAuth *auth)
{
  return auth->dmarc == PJ_MAIL_AUTH_ABSENT && auth->dkim == PJ_MAIL_AUTH_ABSENT &&
         auth->spf == PJ_MAIL_AUTH_ABSENT;
}

/**
 * pj_mail_signs_judge_proof:
 * @self: the case
 *
 * Adds what the receiving service could not confirm. As long as it is not known
 * which one that is, nobody is believed.
 */
void
pj_mail_signs_judge_proof (PjMailCase *self)
{
  const PjMailSignsFacts *facts = self->facts;
  const char *authserv_id = facts->context != NULL ? facts->context->authserv_id : NULL;
  g_autoptr (PjMailAuth) auth = NULL;
  gboolean is_list = (facts->marks & PJ_MAIL_MARK_LIST) != 0;

  if (authserv_id == NULL)
    return;

  auth = pj_mail_auth_new (facts->scan, authserv_id);
  if (is_silent (auth) || is_proved (self, auth))
    return;

  /* Lists change mails on their way, which breaks what was signed. */
  if (auth->dmarc == PJ_MAIL_AUTH_FAIL)
    pj_mail_sign_list_take (self->signs,
                            is_list ? PJ_MAIL_WARNING_DMARC_FAIL_LIST : PJ_MAIL_WARNING_DMARC_FAIL,
                            describe (self, auth));
  else if (self->domain != NULL && pj_mail_brand_find_owner (self->domain) != NULL)
    pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_UNVERIFIED_BRAND, describe (self, auth));
}
