/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-message.h"

G_DEFINE_ENUM_TYPE (PjMessageState,
                    pj_message_state,
                    G_DEFINE_ENUM_VALUE (PJ_MESSAGE_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (PJ_MESSAGE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (PJ_MESSAGE_SEEN, "seen"))

/**
 * PjMessage:
 *
 * What a row of the list shows of one message on a server. Immutable: a
 * change of state is a new value with the same account and UID, so threads
 * may share it by reference. Any thread.
 */
struct _PjMessage
{
  GObject parent_instance;

  /* Owned */
  char *uid;
  char *from_name;
  char *from_address;
  char *subject;
  char **warnings; /* NULL: none */

  /* Plain */
  const char *account_id; /* interned: lives as long as the program */
  gint64 date;
  guint64 octets;
  PjMessageState state;
  gboolean is_list;
  gboolean is_automatic;
};

G_DEFINE_FINAL_TYPE (PjMessage, pj_message, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACCOUNT_ID,
  PROP_UID,
  PROP_FROM_NAME,
  PROP_FROM_ADDRESS,
  PROP_SUBJECT,
  PROP_DATE,
  PROP_OCTETS,
  PROP_STATE,
  PROP_WARNINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
pj_message_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PjMessage *self = PJ_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT_ID:
      g_value_set_string (value, self->account_id);
      break;
    case PROP_UID:
      g_value_set_string (value, self->uid);
      break;
    case PROP_FROM_NAME:
      g_value_set_string (value, self->from_name);
      break;
    case PROP_FROM_ADDRESS:
      g_value_set_string (value, self->from_address);
      break;
    case PROP_SUBJECT:
      g_value_set_string (value, self->subject);
      break;
    case PROP_DATE:
      g_value_set_int64 (value, self->date);
      break;
    case PROP_OCTETS:
      g_value_set_uint64 (value, self->octets);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_WARNINGS:
      g_value_set_boxed (value, self->warnings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_message_finalize (GObject *object)
{
  PjMessage *self = PJ_MESSAGE (object);

  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->from_name, g_free);
  g_clear_pointer (&self->from_address, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->warnings, g_strfreev);

  G_OBJECT_CLASS (pj_message_parent_class)->finalize (object);
}

static GParamSpec *
readable_string (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
pj_message_class_init (PjMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pj_message_get_property;
  object_class->finalize = pj_message_finalize;

  properties[PROP_ACCOUNT_ID] = readable_string ("account-id");
  properties[PROP_UID] = readable_string ("uid");
  properties[PROP_FROM_NAME] = readable_string ("from-name");
  properties[PROP_FROM_ADDRESS] = readable_string ("from-address");
  properties[PROP_SUBJECT] = readable_string ("subject");
  properties[PROP_DATE] =
      g_param_spec_int64 ("date", NULL, NULL, G_MININT64, G_MAXINT64, 0, readable);
  properties[PROP_OCTETS] = g_param_spec_uint64 ("octets", NULL, NULL, 0, G_MAXUINT64, 0, readable);
  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, PJ_TYPE_MESSAGE_STATE, PJ_MESSAGE_NEW, readable);
  properties[PROP_WARNINGS] = g_param_spec_boxed ("warnings", NULL, NULL, G_TYPE_STRV, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pj_message_init (PjMessage *self)
{
}

/**
 * pj_message_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): its word for the command line: "new", "waiting"
 *   or "seen"
 */
const char *
pj_message_state_to_string (PjMessageState state)
{
  static const char *const names[] = { "new", "waiting", "seen" };

  g_return_val_if_fail (state < G_N_ELEMENTS (names), NULL);

  return names[state];
}

static char *
dup_or_empty (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

/**
 * pj_message_new:
 * @fields: what it says; copied
 *
 * Returns: (transfer full): the message
 */
PjMessage *
pj_message_new (const PjMessageFields *fields)
{
  PjMessage *self;

  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (fields->account_id != NULL && fields->uid != NULL, NULL);

  self = g_object_new (PJ_TYPE_MESSAGE, NULL);
  /* Tens of thousands of messages share a few account ids. */
  self->account_id = g_intern_string (fields->account_id);
  self->uid = g_strdup (fields->uid);
  self->from_name = dup_or_empty (fields->from_name);
  self->from_address = dup_or_empty (fields->from_address);
  self->subject = dup_or_empty (fields->subject);
  self->date = fields->date;
  self->octets = fields->octets;
  self->state = fields->state;
  self->is_list = fields->is_list;
  self->is_automatic = fields->is_automatic;
  if (fields->warnings != NULL && fields->warnings[0] != NULL)
    self->warnings = g_strdupv ((char **) fields->warnings);

  return self;
}

/**
 * pj_message_new_with_state:
 * @other: a message
 * @state: the state of the new one
 *
 * Returns: (transfer full): the same message in @state
 */
PjMessage *
pj_message_new_with_state (PjMessage *other, PjMessageState state)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (other), NULL);

  return pj_message_new (&(PjMessageFields){
      .account_id = other->account_id,
      .uid = other->uid,
      .from_name = other->from_name,
      .from_address = other->from_address,
      .subject = other->subject,
      .date = other->date,
      .octets = other->octets,
      .state = state,
      .warnings = (const char *const *) other->warnings,
      .is_list = other->is_list,
      .is_automatic = other->is_automatic,
  });
}

/**
 * pj_message_get_account_id:
 * @self: the message
 *
 * Returns: (transfer none): id of the account it lies in
 */
const char *
pj_message_get_account_id (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), NULL);

  return self->account_id;
}

/**
 * pj_message_get_uid:
 * @self: the message
 *
 * Returns: (transfer none): its UIDL
 */
const char *
pj_message_get_uid (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), NULL);

  return self->uid;
}

/**
 * pj_message_get_from_name:
 * @self: the message
 *
 * Returns: (transfer none): the sender's display name; "" without one
 */
const char *
pj_message_get_from_name (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), NULL);

  return self->from_name;
}

/**
 * pj_message_get_from_address:
 * @self: the message
 *
 * Returns: (transfer none): the sender's address; "" when none can be read
 */
const char *
pj_message_get_from_address (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), NULL);

  return self->from_address;
}

/**
 * pj_message_get_subject:
 * @self: the message
 *
 * Returns: (transfer none): the subject; "" without one
 */
const char *
pj_message_get_subject (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), NULL);

  return self->subject;
}

/**
 * pj_message_get_date:
 * @self: the message
 *
 * Returns: seconds since 1970-01-01 UTC; 0 when unknown
 */
gint64
pj_message_get_date (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), 0);

  return self->date;
}

/**
 * pj_message_get_octets:
 * @self: the message
 *
 * Returns: the size that the server gives, for display only
 */
guint64
pj_message_get_octets (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), 0);

  return self->octets;
}

/**
 * pj_message_get_state:
 * @self: the message
 *
 * Returns: what the user has seen of it
 */
PjMessageState
pj_message_get_state (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), PJ_MESSAGE_NEW);

  return self->state;
}

/**
 * pj_message_get_warnings:
 * @self: the message
 *
 * Returns: (transfer none) (nullable): codes of what is suspicious about it,
 *   %NULL-ended; %NULL when nothing was noticed, which proves nothing
 */
const char *const *
pj_message_get_warnings (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), NULL);

  return (const char *const *) self->warnings;
}

/**
 * pj_message_has_header:
 * @self: the message
 *
 * Returns: whether anything of its header is known; %FALSE when the server
 *   gave UID and size alone
 */
gboolean
pj_message_has_header (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), FALSE);

  return *self->from_name != '\0' || *self->from_address != '\0' || *self->subject != '\0' ||
         self->date != 0;
}

/**
 * pj_message_is_list:
 * @self: the message
 *
 * Returns: whether it went to the readers of a list: a mailing list, a
 *   newsletter (RFC 2919, RFC 2369)
 */
gboolean
pj_message_is_list (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), FALSE);

  return self->is_list;
}

/**
 * pj_message_is_automatic:
 * @self: the message
 *
 * Returns: whether a program wrote it by itself: an out-of-office reply, a
 *   report (RFC 3834 section 5)
 */
gboolean
pj_message_is_automatic (PjMessage *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE (self), FALSE);

  return self->is_automatic;
}
