/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PjDeleteOutcome:
 * @PJ_DELETE_DELETED: QUIT was answered +OK after its DELE was (RFC 1939 section 6)
 * @PJ_DELETE_GONE: it was no longer on the server
 * @PJ_DELETE_REFUSED: the server would not delete it
 * @PJ_DELETE_UNCONFIRMED: the session broke; the next check tells
 */
typedef enum
{
  PJ_DELETE_DELETED,
  PJ_DELETE_GONE,
  PJ_DELETE_REFUSED,
  PJ_DELETE_UNCONFIRMED,
} PjDeleteOutcome;

typedef struct
{
  char           *uid;
  PjDeleteOutcome outcome;
  char           *text; /* the server's reason, cleaned; "" without one */
} PjDeleteReceipt;

PjDeleteReceipt *pj_delete_receipt_new (const char *uid, PjDeleteOutcome outcome, const char *text);
void             pj_delete_receipt_free (PjDeleteReceipt *self);
const char      *pj_delete_outcome_to_string (PjDeleteOutcome outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDeleteReceipt, pj_delete_receipt_free)

G_END_DECLS
