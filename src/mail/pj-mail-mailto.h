/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No honest link writes to more people; each is shown. */
#define PJ_MAIL_MAILTO_MAX_ADDRESSES 10

/**
 * PjMailMailto:
 * @target: the whole in its one form, ASCII
 * @addresses: (array zero-terminated=1): whom the mail would go to, as shown
 * @host: (nullable): host of the first of them, ASCII; %NULL without one
 *
 * A mail that a link asks the reader to write.
 */
typedef struct
{
  char  *target;
  char **addresses;
  char  *host;
} PjMailMailto;

PjMailMailto *pj_mail_mailto_read (const char *text);
void          pj_mail_mailto_free (PjMailMailto *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailMailto, pj_mail_mailto_free)

G_END_DECLS
