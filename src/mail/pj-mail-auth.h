/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-header-scan.h"

G_BEGIN_DECLS

/**
 * PjMailAuthResult:
 * @PJ_MAIL_AUTH_ABSENT: nothing is said about it
 * @PJ_MAIL_AUTH_PASS: verified
 * @PJ_MAIL_AUTH_FAIL: verified to be false
 * @PJ_MAIL_AUTH_OPEN: neither: "none", "neutral", "softfail", "policy" or an error
 */
typedef enum
{
  PJ_MAIL_AUTH_ABSENT,
  PJ_MAIL_AUTH_PASS,
  PJ_MAIL_AUTH_FAIL,
  PJ_MAIL_AUTH_OPEN,
} PjMailAuthResult;

/**
 * PjMailAuth:
 * @dmarc: whether the domain of From vouches for the mail (RFC 7489)
 * @dkim: whether a signature holds; one that does is enough (RFC 6376)
 * @spf: whether the envelope's sender may use that server (RFC 7208)
 * @from_domain: domain that DMARC judged; "" when not told
 * @dkim_domain: domain of the signature that holds, else of the first one; ""
 *   when not told
 * @spf_domain: domain of the envelope's sender; "" when not told
 *
 * What a receiving server has verified. Domains are cleaned, in lower case.
 */
typedef struct
{
  PjMailAuthResult dmarc;
  PjMailAuthResult dkim;
  PjMailAuthResult spf;
  char            *from_domain;
  char            *dkim_domain;
  char            *spf_domain;
} PjMailAuth;

PjMailAuth *pj_mail_auth_new (const PjMailHeaderScan *scan, const char *authserv_id);
void        pj_mail_auth_free (PjMailAuth *self);
char       *pj_mail_auth_dup_authserv_id (const PjMailHeaderScan *scan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailAuth, pj_mail_auth_free)

G_END_DECLS
