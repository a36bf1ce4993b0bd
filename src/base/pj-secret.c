/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-secret.h"

#include <string.h>

#include "base/pj-tsan.h"

/**
 * PjSecret:
 *
 * A password. It is no string property, prints nowhere, and its memory is
 * wiped when the last reference goes. Immutable and shared by reference, so
 * there is one copy to wipe. Any thread.
 */
struct _PjSecret
{
  gatomicrefcount references;
  gsize len;
  char text[]; /* with a closing NUL */
};

G_DEFINE_BOXED_TYPE (PjSecret, pj_secret, pj_secret_ref, pj_secret_unref)

/**
 * pj_secret_new:
 * @text: a password; the caller wipes its own copy
 *
 * Returns: (transfer full): the secret
 */
PjSecret *
pj_secret_new (const char *text)
{
  PjSecret *self;
  gsize len;

  g_return_val_if_fail (text != NULL, NULL);

  len = strlen (text);
  self = g_malloc (sizeof *self + len + 1);
  g_atomic_ref_count_init (&self->references);
  self->len = len;
  memcpy (self->text, text, len + 1);

  return self;
}

/**
 * pj_secret_ref:
 * @self: the secret
 *
 * Returns: (transfer full): @self
 */
PjSecret *
pj_secret_ref (PjSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_secret_unref:
 * @self: (transfer full): the secret; wiped with its last reference
 */
void
pj_secret_unref (PjSecret *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  explicit_bzero (self->text, self->len);
  g_free (self);
}

/**
 * pj_secret_peek:
 * @self: the secret
 *
 * Returns: (transfer none): the password; for the login alone, never for a
 *   log, an error or a file
 */
const char *
pj_secret_peek (const PjSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

/**
 * pj_secret_is_empty:
 * @self: the secret
 *
 * Returns: whether it has no character
 */
gboolean
pj_secret_is_empty (const PjSecret *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->len == 0;
}

/**
 * pj_secret_wipe_string:
 * @text: (nullable) (transfer full): a heap string that held a secret
 *
 * Overwrites, then frees.
 */
void
pj_secret_wipe_string (char *text)
{
  if (text == NULL)
    return;

  explicit_bzero (text, strlen (text));
  g_free (text);
}
