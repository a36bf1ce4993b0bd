/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-delete-receipt.h"

#include "base/pj-text.h"

/**
 * PjDeleteReceipt:
 *
 * What became of one message that was to be deleted on the server.
 */

/**
 * pj_delete_receipt_new:
 * @uid: the message
 * @outcome: what became of it
 * @text: (nullable): the server's reason; cleaned here
 *
 * Returns: (transfer full): the receipt
 */
PjDeleteReceipt *
pj_delete_receipt_new (const char *uid, PjDeleteOutcome outcome, const char *text)
{
  PjDeleteReceipt *self;

  g_return_val_if_fail (uid != NULL, NULL);

  self = g_new0 (PjDeleteReceipt, 1);
  self->uid = g_strdup (uid);
  self->outcome = outcome;
  self->text = pj_text_clean_line (text != NULL ? text : "", -1, PJ_TEXT_MAX_SERVER_CHARS);

  return self;
}

/**
 * pj_delete_receipt_free:
 * @self: (transfer full) (nullable): the receipt
 */
void
pj_delete_receipt_free (PjDeleteReceipt *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->text);
  g_free (self);
}

/**
 * pj_delete_outcome_to_string:
 * @outcome: an outcome
 *
 * Returns: (transfer none): its word for the command line
 */
const char *
pj_delete_outcome_to_string (PjDeleteOutcome outcome)
{
  static const char *const names[] = { "deleted", "gone", "refused", "unconfirmed" };

  g_return_val_if_fail (outcome < G_N_ELEMENTS (names), NULL);

  return names[outcome];
}
