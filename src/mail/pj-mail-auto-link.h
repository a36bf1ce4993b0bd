/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjMailAutoLink:
 * @start: where it begins in the text, in bytes
 * @len: bytes of it
 * @scheme: what its target has before it: "" where it tells its own
 */
typedef struct
{
  gsize       start;
  gsize       len;
  const char *scheme;
} PjMailAutoLink;

gboolean pj_mail_auto_link_find (const char *text, gsize from, PjMailAutoLink *link);

G_END_DECLS
