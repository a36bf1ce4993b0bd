/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-account-private.h"

/**
 * PjAccount:
 *
 * One mailbox that is watched: how to reach it, and how it is doing. It
 * holds no password. What a user sets (`name` to `may-fetch-whole`) and what the
 * last check found (`is-checking` to `new-count`) are properties to bind to.
 * Main thread only; a check thread gets copies of what it needs.
 */
G_DEFINE_FINAL_TYPE (PjAccount, pj_account, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_SERVER,
  PROP_PORT,
  PROP_SECURITY,
  PROP_USER,
  PROP_MECHANISM,
  PROP_PASSWORD_COMMAND,
  PROP_TOKEN_COMMAND,
  PROP_CLIENT_CERTIFICATE,
  PROP_CA_FILE,
  PROP_PIN,
  PROP_PIN_SUMMARY,
  PROP_AUTHSERV_ID,
  PROP_INTERVAL_S,
  PROP_MAY_FETCH_WHOLE,
  PROP_IS_CHECKING,
  PROP_PROBLEM,
  PROP_HAS_WORKED,
  PROP_LAST_SUCCESS,
  PROP_NEXT_DUE,
  PROP_MESSAGES,
  PROP_OCTETS,
  PROP_HAS_UIDS,
  PROP_NEW_COUNT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Returns: (nullable): where the text of a property is; NULL when it holds no text */
static char **
find_text (PjAccount *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_ID:
      return &self->id;
    case PROP_NAME:
      return &self->name;
    case PROP_SERVER:
      return &self->server;
    case PROP_USER:
      return &self->user;
    case PROP_MECHANISM:
      return &self->mechanism;
    case PROP_PASSWORD_COMMAND:
      return &self->password_command;
    case PROP_TOKEN_COMMAND:
      return &self->token_command;
    case PROP_CLIENT_CERTIFICATE:
      return &self->client_certificate;
    case PROP_CA_FILE:
      return &self->ca_file;
    case PROP_PIN:
      return &self->pin;
    case PROP_PIN_SUMMARY:
      return &self->pin_summary;
    case PROP_AUTHSERV_ID:
      return &self->authserv_id;
    default:
      return NULL;
    }
}

static void
set_string (char **field, const GValue *value)
{
  const char *text = g_value_get_string (value);
  /* An empty entry means the same as none. */
  char *copy = text != NULL && *text != '\0' ? g_strdup (text) : NULL;

  /* Copied before it is freed: the value may hold the field's own text. */
  g_free (*field);
  *field = copy;
}

/* @problem: (transfer full) (nullable) */
static void
set_problem (PjAccount *self, PjProblem *problem)
{
  g_clear_pointer (&self->problem, pj_problem_unref);
  self->problem = problem;
}

static void
pj_account_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PjAccount *self = PJ_ACCOUNT (object);
  char **text = find_text (self, prop_id);

  if (text != NULL)
    {
      g_value_set_string (value, *text);
      return;
    }

  switch (prop_id)
    {
    case PROP_PORT:
      g_value_set_uint (value, self->port);
      break;
    case PROP_SECURITY:
      g_value_set_enum (value, (int) self->security);
      break;
    case PROP_INTERVAL_S:
      g_value_set_uint (value, self->interval_s);
      break;
    case PROP_MAY_FETCH_WHOLE:
      g_value_set_boolean (value, self->may_fetch_whole);
      break;
    case PROP_IS_CHECKING:
      g_value_set_boolean (value, self->is_checking);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case PROP_HAS_WORKED:
      g_value_set_boolean (value, self->has_worked);
      break;
    case PROP_LAST_SUCCESS:
      g_value_set_int64 (value, self->last_success);
      break;
    case PROP_NEXT_DUE:
      g_value_set_int64 (value, self->next_due);
      break;
    case PROP_MESSAGES:
      g_value_set_uint (value, self->messages);
      break;
    case PROP_OCTETS:
      g_value_set_uint64 (value, self->octets);
      break;
    case PROP_HAS_UIDS:
      g_value_set_boolean (value, self->has_uids);
      break;
    case PROP_NEW_COUNT:
      g_value_set_uint (value, self->new_count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_account_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PjAccount *self = PJ_ACCOUNT (object);
  char **text = find_text (self, prop_id);

  if (text != NULL)
    {
      set_string (text, value);
      return;
    }

  switch (prop_id)
    {
    case PROP_PORT:
      self->port = (guint16) g_value_get_uint (value);
      break;
    case PROP_SECURITY:
      self->security = (PjSecurity) g_value_get_enum (value);
      break;
    case PROP_INTERVAL_S:
      self->interval_s = g_value_get_uint (value);
      break;
    case PROP_MAY_FETCH_WHOLE:
      self->may_fetch_whole = g_value_get_boolean (value);
      break;
    case PROP_IS_CHECKING:
      self->is_checking = g_value_get_boolean (value);
      break;
    case PROP_PROBLEM:
      set_problem (self, g_value_dup_boxed (value));
      break;
    case PROP_HAS_WORKED:
      self->has_worked = g_value_get_boolean (value);
      break;
    case PROP_LAST_SUCCESS:
      self->last_success = g_value_get_int64 (value);
      break;
    case PROP_NEXT_DUE:
      self->next_due = g_value_get_int64 (value);
      break;
    case PROP_MESSAGES:
      self->messages = g_value_get_uint (value);
      break;
    case PROP_OCTETS:
      self->octets = g_value_get_uint64 (value);
      break;
    case PROP_HAS_UIDS:
      self->has_uids = g_value_get_boolean (value);
      break;
    case PROP_NEW_COUNT:
      self->new_count = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_account_finalize (GObject *object)
{
  PjAccount *self = PJ_ACCOUNT (object);

  for (guint prop_id = PROP_0 + 1; prop_id < N_PROPS; prop_id++)
    {
      char **text = find_text (self, prop_id);

      if (text != NULL)
        g_clear_pointer (text, g_free);
    }
  g_clear_pointer (&self->problem, pj_problem_unref);

  G_OBJECT_CLASS (pj_account_parent_class)->finalize (object);
}

static void
pj_account_class_init (PjAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pj_account_get_property;
  object_class->set_property = pj_account_set_property;
  object_class->finalize = pj_account_finalize;

  properties[PROP_ID] = g_param_spec_string (
      "id", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  properties[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 1, 65535, 995, flags);
  properties[PROP_SECURITY] =
      g_param_spec_enum ("security", NULL, NULL, PJ_TYPE_SECURITY, PJ_SECURITY_TLS, flags);
  properties[PROP_USER] = g_param_spec_string ("user", NULL, NULL, NULL, flags);
  properties[PROP_MECHANISM] = g_param_spec_string ("mechanism", NULL, NULL, NULL, flags);
  properties[PROP_PASSWORD_COMMAND] =
      g_param_spec_string ("password-command", NULL, NULL, NULL, flags);
  properties[PROP_TOKEN_COMMAND] = g_param_spec_string ("token-command", NULL, NULL, NULL, flags);
  properties[PROP_CLIENT_CERTIFICATE] =
      g_param_spec_string ("client-certificate", NULL, NULL, NULL, flags);
  properties[PROP_CA_FILE] = g_param_spec_string ("ca-file", NULL, NULL, NULL, flags);
  properties[PROP_PIN] = g_param_spec_string ("pin", NULL, NULL, NULL, flags);
  properties[PROP_PIN_SUMMARY] = g_param_spec_string ("pin-summary", NULL, NULL, NULL, flags);
  properties[PROP_AUTHSERV_ID] = g_param_spec_string ("authserv-id", NULL, NULL, NULL, flags);
  properties[PROP_INTERVAL_S] =
      g_param_spec_uint ("interval-s", NULL, NULL, PJ_ACCOUNT_MIN_INTERVAL_S,
                         PJ_ACCOUNT_MAX_INTERVAL_S, PJ_ACCOUNT_DEFAULT_INTERVAL_S, flags);
  properties[PROP_MAY_FETCH_WHOLE] =
      g_param_spec_boolean ("may-fetch-whole", NULL, NULL, FALSE, flags);
  properties[PROP_IS_CHECKING] = g_param_spec_boolean ("is-checking", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, PJ_TYPE_PROBLEM, flags);
  properties[PROP_HAS_WORKED] = g_param_spec_boolean ("has-worked", NULL, NULL, FALSE, flags);
  properties[PROP_LAST_SUCCESS] =
      g_param_spec_int64 ("last-success", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_NEXT_DUE] = g_param_spec_int64 ("next-due", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_MESSAGES] = g_param_spec_uint ("messages", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_OCTETS] = g_param_spec_uint64 ("octets", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_HAS_UIDS] = g_param_spec_boolean ("has-uids", NULL, NULL, TRUE, flags);
  properties[PROP_NEW_COUNT] = g_param_spec_uint ("new-count", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pj_account_init (PjAccount *self)
{
  self->port = pj_security_get_default_port (PJ_SECURITY_TLS);
  self->interval_s = PJ_ACCOUNT_DEFAULT_INTERVAL_S;
  self->has_uids = TRUE;
}

/**
 * pj_account_new:
 * @id: (nullable): a name for files and tables that never changes, not "";
 *   %NULL makes one that no other account has
 *
 * Returns: (transfer full): an account with nothing set
 */
PjAccount *
pj_account_new (const char *id)
{
  g_autofree char *fresh = id == NULL ? g_uuid_string_random () : NULL;

  return g_object_new (PJ_TYPE_ACCOUNT, "id", id != NULL ? id : fresh, NULL);
}

/**
 * pj_account_new_copy:
 * @other: an account
 *
 * Returns: (transfer full): a draft with the id and settings of @other, to
 *   be edited and then taken over by pj_account_take_settings()
 */
PjAccount *
pj_account_new_copy (PjAccount *other)
{
  PjAccount *self;

  g_return_val_if_fail (PJ_IS_ACCOUNT (other), NULL);

  self = pj_account_new (other->id);
  pj_account_take_settings (self, other);

  return self;
}

/**
 * pj_account_take_settings:
 * @self: an account
 * @other: the one whose settings to copy, the id excepted
 */
void
pj_account_take_settings (PjAccount *self, PjAccount *other)
{
  g_return_if_fail (PJ_IS_ACCOUNT (self));
  g_return_if_fail (PJ_IS_ACCOUNT (other));

  g_object_set (self, "name", other->name, "server", other->server, "port", (guint) other->port,
                "security", other->security, "user", other->user, "mechanism", other->mechanism,
                "password-command", other->password_command, "token-command", other->token_command,
                "client-certificate", other->client_certificate, "ca-file", other->ca_file, "pin",
                other->pin, "pin-summary", other->pin_summary, "interval-s", other->interval_s,
                "may-fetch-whole", other->may_fetch_whole, NULL);
}

/**
 * pj_account_get_id:
 * @self: an account
 *
 * Returns: (transfer none): its name in files and tables
 */
const char *
pj_account_get_id (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->id;
}

/**
 * pj_account_get_name:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the name that the user gave it
 */
const char *
pj_account_get_name (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->name;
}

/**
 * pj_account_get_server:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): host name or address
 */
const char *
pj_account_get_server (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->server;
}

/**
 * pj_account_get_port:
 * @self: an account
 *
 * Returns: TCP port
 */
guint16
pj_account_get_port (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), 0);

  return self->port;
}

/**
 * pj_account_get_security:
 * @self: an account
 *
 * Returns: how the connection is protected
 */
PjSecurity
pj_account_get_security (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), PJ_SECURITY_TLS);

  return self->security;
}

/**
 * pj_account_get_user:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): user name for the login
 */
const char *
pj_account_get_user (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->user;
}

/**
 * pj_account_get_interval_s:
 * @self: an account
 *
 * Returns: seconds between two checks
 */
guint
pj_account_get_interval_s (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), 0);

  return self->interval_s;
}

/**
 * pj_account_may_fetch_whole:
 * @self: an account
 *
 * Returns: whether its owner agreed to have whole mails fetched for a look at a
 *   server without TOP, though that may mark them as read there
 */
gboolean
pj_account_may_fetch_whole (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), FALSE);

  return self->may_fetch_whole;
}
