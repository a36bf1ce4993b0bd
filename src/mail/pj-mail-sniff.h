/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjMailSniffed:
 * @type: (not nullable): media type; "" when the bytes show none
 * @has_macros: whether it is a document that brings programs along
 * @is_locked: whether a password is needed to see what it holds
 * @holds_program: whether it is an archive that lists a program, a script or
 *   a shortcut
 *
 * What the bytes of a file show, whatever its name and declared type say. Its
 * string is static.
 */
typedef struct
{
  const char *type;
  gboolean    has_macros;
  gboolean    is_locked;
  gboolean    holds_program;
} PjMailSniffed;

typedef struct _PjMailSniff PjMailSniff;

PjMailSniff  *pj_mail_sniff_new (void);
void          pj_mail_sniff_free (PjMailSniff *self);
void          pj_mail_sniff_feed (PjMailSniff *self, gconstpointer bytes, gsize len);
PjMailSniffed pj_mail_sniff_finish (PjMailSniff *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailSniff, pj_mail_sniff_free)

G_END_DECLS
