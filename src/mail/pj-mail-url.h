/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-link.h"

G_BEGIN_DECLS

/**
 * PjMailUrl:
 * @target: the whole in its one form, ASCII, without user and password
 * @host: as pj_mail_host_read() returns it
 * @doubts: about how it was written
 *
 * Address of a web page, as a browser understands it.
 */
typedef struct
{
  char            *target;
  char            *host;
  PjMailLinkDoubts doubts;
} PjMailUrl;

PjMailUrl *pj_mail_url_read (const char *text);
void       pj_mail_url_free (PjMailUrl *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailUrl, pj_mail_url_free)

G_END_DECLS
