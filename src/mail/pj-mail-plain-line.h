/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjMailPlainFormat:
 * @PJ_MAIL_PLAIN_FIXED: lines end where the writer, or his program, ended them
 * @PJ_MAIL_PLAIN_FLOWED: a line that ends in a space goes on (RFC 3676)
 * @PJ_MAIL_PLAIN_FLOWED_DELSP: likewise, and that space is not part of the text
 */
typedef enum
{
  PJ_MAIL_PLAIN_FIXED,
  PJ_MAIL_PLAIN_FLOWED,
  PJ_MAIL_PLAIN_FLOWED_DELSP,
} PjMailPlainFormat;

/**
 * PjMailPlainLine:
 * @text: without quote marks, not terminated; within what was read
 * @len: bytes of it
 * @quotes: how often it is quoted
 * @is_flowed: whether the next line continues it
 * @is_separator: whether a signature follows
 */
typedef struct
{
  const char *text;
  gsize       len;
  guint       quotes;
  gboolean    is_flowed;
  gboolean    is_separator;
} PjMailPlainLine;

PjMailPlainLine pj_mail_plain_line_read (const char *start, gsize len, PjMailPlainFormat format);

G_END_DECLS
