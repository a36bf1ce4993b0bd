/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;  /* as sent, "Received" */
  char *value; /* decoded, one line, cleaned */
} PjMailHeader;

typedef struct
{
  char  *name;   /* cleaned base name; "" without one */
  char  *type;   /* as declared, "image/png" */
  gint64 octets; /* decoded size; -1 when unknown: cut off, or an attached mail */
} PjMailAttachment;

typedef struct
{
  char *code; /* for programs: "several-from" */
  char *text; /* for people: a translated sentence */
} PjMailWarning;

/**
 * PjMailText:
 * @headers: (element-type PjMailHeader): every header field in order
 * @text: the body as safe plain text, LF line ends
 * @attachments: (element-type PjMailAttachment): what is attached
 * @warnings: (element-type PjMailWarning): what is suspicious; none proves nothing
 * @is_cut: whether only the first lines were fetched
 *
 * One mail made safe to show: values only, valid UTF-8, nothing to fetch or
 * run. Filled by its maker, read-only afterwards; then any thread.
 */
typedef struct
{
  GPtrArray *headers;
  char      *text;
  GPtrArray *attachments;
  GPtrArray *warnings;
  gboolean   is_cut;

  /*< private >*/
  gatomicrefcount references;
} PjMailText;

#define PJ_TYPE_MAIL_TEXT (pj_mail_text_get_type ())
GType pj_mail_text_get_type (void);

PjMailText *pj_mail_text_new (void);
PjMailText *pj_mail_text_ref (PjMailText *self);
void        pj_mail_text_unref (PjMailText *self);
void        pj_mail_text_add_header (PjMailText *self, const char *name, const char *value);
void
pj_mail_text_add_attachment (PjMailText *self, const char *name, const char *type, gint64 octets);
void        pj_mail_text_add_warning (PjMailText *self, const char *code, const char *text);
const char *pj_mail_text_get_header (const PjMailText *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailText, pj_mail_text_unref)

G_END_DECLS
