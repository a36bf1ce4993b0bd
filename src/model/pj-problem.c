/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-problem.h"

#include "base/pj-text.h"
#include "base/pj-tsan.h"

G_DEFINE_ENUM_TYPE (PjProblemCode,
                    pj_problem_code,
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_AUTH, "auth"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_BUSY, "busy"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_TURNED_AWAY, "turned-away"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_NETWORK, "network"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_TIMEOUT, "timeout"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_TLS, "tls"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_CERTIFICATE, "certificate"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_PROTOCOL, "protocol"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_UNSUPPORTED, "unsupported"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_LOCKED_KEYRING, "locked-keyring"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (PJ_PROBLEM_INTERNAL, "internal"))

typedef struct
{
  char *fingerprint; /* (owned) (nullable) */
  gboolean needs_whole;
  char *certificate; /* (owned) (nullable) */
} PjProblemErrorPrivate;

static void
pj_problem_error_private_init (PjProblemErrorPrivate *private)
{
}

static void
pj_problem_error_private_copy (const PjProblemErrorPrivate *from, PjProblemErrorPrivate *to)
{
  to->fingerprint = g_strdup (from->fingerprint);
  to->needs_whole = from->needs_whole;
  to->certificate = g_strdup (from->certificate);
}

static void
pj_problem_error_private_clear (PjProblemErrorPrivate *private)
{
  g_free (private->fingerprint);
  g_free (private->certificate);
}

/* GLib's macro steps back in front of the error by bytes; it keeps to the alignment. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-align"
G_DEFINE_EXTENDED_ERROR (PjProblemError, pj_problem_error)
#pragma GCC diagnostic pop

/**
 * pj_problem_error_set_certificate:
 * @error: an error of %PJ_PROBLEM_ERROR
 * @fingerprint: (nullable): SHA-256 of the certificate it is about, "AB:CD:…"
 * @certificate: (nullable): what that says of itself, in English
 */
void
pj_problem_error_set_certificate (GError *error, const char *fingerprint, const char *certificate)
{
  PjProblemErrorPrivate *private;

  g_return_if_fail (error != NULL && error->domain == PJ_PROBLEM_ERROR);

  private = pj_problem_error_get_private (error);
  pj_problem_error_private_clear (private);
  private->fingerprint = g_strdup (fingerprint);
  private->certificate = g_strdup (certificate);
}

/**
 * pj_problem_error_get_fingerprint:
 * @error: any error
 *
 * Returns: (transfer none) (nullable): SHA-256 of the certificate that
 *   @error is about, to be offered for pinning; %NULL for other errors
 */
const char *
pj_problem_error_get_fingerprint (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == PJ_PROBLEM_ERROR ? pj_problem_error_get_private (error)->fingerprint
                                           : NULL;
}

/**
 * pj_problem_error_set_needs_whole:
 * @error: an error of %PJ_PROBLEM_ERROR
 *
 * Marks that the mailbox's owner can mend it: by agreeing to have whole mails
 * fetched.
 */
void
pj_problem_error_set_needs_whole (GError *error)
{
  g_return_if_fail (error != NULL && error->domain == PJ_PROBLEM_ERROR);

  pj_problem_error_get_private (error)->needs_whole = TRUE;
}

/**
 * pj_problem_error_needs_whole:
 * @error: any error
 *
 * Returns: whether it is one that was marked so
 */
gboolean
pj_problem_error_needs_whole (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  return error->domain == PJ_PROBLEM_ERROR && pj_problem_error_get_private (error)->needs_whole;
}

/**
 * PjProblem:
 *
 * Why the last look into a mailbox failed: a code to act on and a detail in
 * English for the curious. Not the sentence for the user, which is made from
 * the code where it is shown. Immutable; any thread.
 */
struct _PjProblem
{
  gatomicrefcount references;
  PjProblemCode code;
  char *detail;
  char *fingerprint; /* (nullable) */
  char *certificate; /* (nullable) */
};

G_DEFINE_BOXED_TYPE (PjProblem, pj_problem, pj_problem_ref, pj_problem_unref)

/**
 * pj_problem_code_to_string:
 * @code: a code
 *
 * Returns: (transfer none): its word for the command line and the database
 */
const char *
pj_problem_code_to_string (PjProblemCode code)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (PJ_TYPE_PROBLEM_CODE);
  GEnumValue *value = g_enum_get_value (klass, (int) code);

  g_return_val_if_fail (value != NULL, NULL);

  return value->value_nick;
}

/**
 * pj_problem_code_from_string:
 * @text: (nullable): a word
 * @code: (out): set on success
 *
 * Returns: whether @text names a code
 */
gboolean
pj_problem_code_from_string (const char *text, PjProblemCode *code)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (PJ_TYPE_PROBLEM_CODE);
  GEnumValue *value;

  g_return_val_if_fail (code != NULL, FALSE);

  value = text != NULL ? g_enum_get_value_by_nick (klass, text) : NULL;
  if (value == NULL)
    return FALSE;

  *code = (PjProblemCode) value->value;
  return TRUE;
}

/**
 * pj_problem_new:
 * @code: the kind
 * @detail: (nullable): what happened, in English; cleaned and cut here
 *
 * Returns: (transfer full): the problem
 */
PjProblem *
pj_problem_new (PjProblemCode code, const char *detail)
{
  PjProblem *self = g_new0 (PjProblem, 1);

  g_atomic_ref_count_init (&self->references);
  self->code = code;
  self->detail =
      pj_text_clean_line (detail != NULL ? detail : "", -1, 2 * PJ_TEXT_MAX_SERVER_CHARS);

  return self;
}

/**
 * pj_problem_new_with_certificate:
 * @code: the kind
 * @detail: (nullable): as for pj_problem_new()
 * @fingerprint: (nullable): SHA-256 of the certificate that was not accepted,
 *   "AB:CD:…"
 * @certificate: (nullable): what that says of itself, in English
 *
 * Returns: (transfer full): the problem
 */
PjProblem *
pj_problem_new_with_certificate (PjProblemCode code,
                                 const char *detail,
                                 const char *fingerprint,
                                 const char *certificate)
{
  PjProblem *self = pj_problem_new (code, detail);

  self->fingerprint = g_strdup (fingerprint);
  self->certificate = g_strdup (certificate);

  return self;
}

/**
 * pj_problem_new_from_error:
 * @error: an error of %PJ_PROBLEM_ERROR
 *
 * Returns: (transfer full): the same as a problem
 */
PjProblem *
pj_problem_new_from_error (const GError *error)
{
  const PjProblemErrorPrivate *private;

  g_return_val_if_fail (error != NULL && error->domain == PJ_PROBLEM_ERROR, NULL);

  private = pj_problem_error_get_private (error);
  return pj_problem_new_with_certificate ((PjProblemCode) error->code, error->message,
                                          private->fingerprint, private->certificate);
}

/**
 * pj_problem_ref:
 * @self: the problem
 *
 * Returns: (transfer full): @self
 */
PjProblem *
pj_problem_ref (PjProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_problem_unref:
 * @self: (transfer full): the problem
 */
void
pj_problem_unref (PjProblem *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_free (self->detail);
  g_free (self->fingerprint);
  g_free (self->certificate);
  g_free (self);
}

/**
 * pj_problem_get_code:
 * @self: the problem
 *
 * Returns: its kind
 */
PjProblemCode
pj_problem_get_code (const PjProblem *self)
{
  g_return_val_if_fail (self != NULL, PJ_PROBLEM_INTERNAL);

  return self->code;
}

/**
 * pj_problem_is_refusal:
 * @self: the problem
 *
 * Returns: whether there is now a doubt about what the account signs in with;
 *   other problems say nothing about it
 */
gboolean
pj_problem_is_refusal (const PjProblem *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->code == PJ_PROBLEM_AUTH || self->code == PJ_PROBLEM_TURNED_AWAY;
}

/**
 * pj_problem_get_detail:
 * @self: the problem
 *
 * Returns: (transfer none): English, one line, may quote the server; "" when
 *   there is nothing to add
 */
const char *
pj_problem_get_detail (const PjProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->detail;
}

/**
 * pj_problem_get_fingerprint:
 * @self: the problem
 *
 * Returns: (transfer none) (nullable): SHA-256 of the certificate that was
 *   not accepted, "AB:CD:…", which the user may pin; %NULL for other problems
 */
const char *
pj_problem_get_fingerprint (const PjProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fingerprint;
}

/**
 * pj_problem_describe_certificate:
 * @self: (nullable): a problem
 * @fingerprint: (nullable): SHA-256 of a certificate, "AB:CD:…"
 *
 * Returns: (transfer none) (nullable): what that certificate says of itself,
 *   in English, to be kept with the pin; %NULL when @self is about another
 *   one or about none
 */
const char *
pj_problem_describe_certificate (const PjProblem *self, const char *fingerprint)
{
  if (self == NULL || fingerprint == NULL || g_strcmp0 (self->fingerprint, fingerprint) != 0)
    return NULL;

  return self->certificate;
}
