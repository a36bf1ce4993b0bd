/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PjMessageState:
 * @PJ_MESSAGE_NEW: arrived since the user last looked at the list
 * @PJ_MESSAGE_WAITING: the user has seen its row, not the message
 * @PJ_MESSAGE_SEEN: the user has opened it here
 *
 * Popinjay's own mark; the server does not learn of it.
 */
typedef enum
{
  PJ_MESSAGE_NEW,
  PJ_MESSAGE_WAITING,
  PJ_MESSAGE_SEEN,
} PjMessageState;

#define PJ_TYPE_MESSAGE_STATE (pj_message_state_get_type ())
GType pj_message_state_get_type (void);

const char *pj_message_state_to_string (PjMessageState state);

/**
 * PjMessageFields:
 * @account_id: the account it lies in
 * @uid: its UIDL there (RFC 1939 section 7), 1 to %PJ_MESSAGE_MAX_UID_BYTES bytes
 * @from_name: display name, cleaned; "" without one
 * @from_address: address, cleaned; "" when none can be read
 * @subject: cleaned; "" without one
 * @date: seconds since 1970-01-01 UTC; 0 when unknown or absurd
 * @octets: size as the server says, for display only
 * @state: what the user has seen of it
 * @warnings: (nullable): codes of what is suspicious about it, %NULL-ended
 * @is_list: whether it went to the readers of a list
 * @is_automatic: whether a program wrote it by itself
 *
 * What pj_message_new() copies.
 */
typedef struct
{
  const char        *account_id;
  const char        *uid;
  const char        *from_name;
  const char        *from_address;
  const char        *subject;
  gint64             date;
  guint64            octets;
  PjMessageState     state;
  const char *const *warnings;
  gboolean           is_list;
  gboolean           is_automatic;
} PjMessageFields;

/* RFC 1939 allows 70; longer ones are in use, and a limit there must be. */
#define PJ_MESSAGE_MAX_UID_BYTES 255

#define PJ_TYPE_MESSAGE (pj_message_get_type ())
G_DECLARE_FINAL_TYPE (PjMessage, pj_message, PJ, MESSAGE, GObject)

PjMessage         *pj_message_new (const PjMessageFields *fields);
PjMessage         *pj_message_new_with_state (PjMessage *other, PjMessageState state);
const char        *pj_message_get_account_id (PjMessage *self);
const char        *pj_message_get_uid (PjMessage *self);
const char        *pj_message_get_from_name (PjMessage *self);
const char        *pj_message_get_from_address (PjMessage *self);
const char        *pj_message_get_subject (PjMessage *self);
gint64             pj_message_get_date (PjMessage *self);
guint64            pj_message_get_octets (PjMessage *self);
PjMessageState     pj_message_get_state (PjMessage *self);
const char *const *pj_message_get_warnings (PjMessage *self);
gboolean           pj_message_has_header (PjMessage *self);
gboolean           pj_message_is_list (PjMessage *self);
gboolean           pj_message_is_automatic (PjMessage *self);

G_END_DECLS
