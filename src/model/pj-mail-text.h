/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-document.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;  /* as sent, "Received" */
  char *value; /* decoded, one line, cleaned */
} PjMailHeader;

/**
 * PjMailAttachment:
 * @name: cleaned base name, its true extension at its end; "" without one
 * @type: as declared, "image/png"
 * @sniffed: what its first bytes show it to be; "" when they show nothing
 * @octets: decoded size; -1 when unknown: cut off, or an attached mail
 * @part: number of its part in the mail, from 0, by which it is found again
 *   when the whole mail is there
 * @dangers: (array zero-terminated=1): codes of what makes it dangerous
 * @is_partial: whether only its beginning was fetched
 */
typedef struct
{
  const char        *name;
  const char        *type;
  const char        *sniffed;
  gint64             octets;
  guint              part;
  const char *const *dangers;
  gboolean           is_partial;
} PjMailAttachment;

/**
 * PjMailCertainty:
 * @PJ_MAIL_CERTAINTY_HINT: honest mails have it as well
 * @PJ_MAIL_CERTAINTY_LIKELY: honest mails seldom have it
 * @PJ_MAIL_CERTAINTY_SURE: a fact that can be seen in the mail itself
 *
 * How sure a sign is that something is wrong.
 */
typedef enum
{
  PJ_MAIL_CERTAINTY_HINT,
  PJ_MAIL_CERTAINTY_LIKELY,
  PJ_MAIL_CERTAINTY_SURE,
} PjMailCertainty;

/**
 * PjMailWarning:
 * @code: for programs: "several-from"
 * @text: for people: a translated sentence
 * @reason: what was seen that it is said of, translated where it is words; ""
 *   where the sentence says all
 * @certainty: how sure it is
 */
typedef struct
{
  const char     *code;
  const char     *text;
  const char     *reason;
  PjMailCertainty certainty;
} PjMailWarning;

/**
 * PjMailText:
 * @headers: (element-type PjMailHeader): every header field in order
 * @text: the body as safe plain text, LF line ends
 * @document: the same with its form
 * @unsubscribe: (nullable): web page on which the list says it can be left
 *   (RFC 2369); %NULL without one that can be opened
 * @one_time_code: (nullable): code for signing in somewhere that its first
 *   lines hold
 * @spam_verdict: (nullable): what the provider's filter thought of it, as sent
 * @attachments: (element-type PjMailAttachment): what is attached
 * @warnings: (element-type PjMailWarning): what is suspicious; none proves nothing
 * @is_cut: whether only the first lines were fetched
 * @body_lines: how many lines of the body were fetched
 *
 * One mail made safe to show: values only, valid UTF-8, nothing to fetch or
 * run. Filled by its maker, read-only afterwards; then any thread.
 */
typedef struct
{
  GPtrArray      *headers;
  char           *text;
  PjMailDocument *document;
  PjMailLink     *unsubscribe;
  char           *one_time_code;
  char           *spam_verdict;
  GPtrArray      *attachments;
  GPtrArray      *warnings;
  gboolean        is_cut;
  guint           body_lines;

  /*< private >*/
  gatomicrefcount references;
} PjMailText;

#define PJ_TYPE_MAIL_TEXT (pj_mail_text_get_type ())
GType pj_mail_text_get_type (void);

const char *pj_mail_certainty_to_string (PjMailCertainty certainty);

PjMailText *pj_mail_text_new (void);
PjMailText *pj_mail_text_ref (PjMailText *self);
void        pj_mail_text_unref (PjMailText *self);
void        pj_mail_text_add_header (PjMailText *self, const char *name, const char *value);
void        pj_mail_text_add_attachment (PjMailText *self, const PjMailAttachment *attachment);
void        pj_mail_text_add_warning (PjMailText *self, const PjMailWarning *warning);
gboolean    pj_mail_text_has_warning (const PjMailText *self, const char *code);
void        pj_mail_text_take_document (PjMailText *self, PjMailDocument *document);
const char *pj_mail_text_get_header (const PjMailText *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailText, pj_mail_text_unref)

G_END_DECLS
