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
 * @hosts: (array zero-terminated=1): the host of each, ASCII
 *
 * A mail that a link asks the reader to write.
 */
typedef struct
{
  char  *target;
  char **addresses;
  char **hosts;
} PjMailMailto;

PjMailMailto *pj_mail_mailto_read (const char *text);
void          pj_mail_mailto_free (PjMailMailto *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailMailto, pj_mail_mailto_free)

G_END_DECLS
