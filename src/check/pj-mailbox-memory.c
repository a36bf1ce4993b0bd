/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-mailbox-memory.h"

#include <string.h>

#include "base/pj-tsan.h"

/* A server is asked again what it can do after a day: it may have been updated. */
#define MAX_AGE_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/* Every twentieth survey asks for all messages. */
#define MAX_VOUCHED 19

/**
 * pj_mailbox_memory_new: (skip)
 *
 * Returns: (transfer full): an empty one, for its maker to fill
 */
PjMailboxMemory *
pj_mailbox_memory_new (void)
{
  PjMailboxMemory *self = g_new0 (PjMailboxMemory, 1);

  g_atomic_ref_count_init (&self->references);

  return self;
}

/**
 * pj_mailbox_memory_new_cautious: (skip)
 * @self: (nullable): a memory that may have misled
 *
 * Returns: (transfer full): one that makes the next session ask for
 *   everything and send one command at a time
 */
PjMailboxMemory *
pj_mailbox_memory_new_cautious (const PjMailboxMemory *self)
{
  PjMailboxMemory *cautious = pj_mailbox_memory_new ();

  cautious->is_sequential = TRUE;
  cautious->n_vouched = MAX_VOUCHED;
  if (self != NULL && self->survey != NULL)
    cautious->survey = pj_pop3_survey_ref (self->survey);

  return cautious;
}

/**
 * pj_mailbox_memory_ref: (skip)
 * @self: the memory
 *
 * Returns: (transfer full): the same
 */
PjMailboxMemory *
pj_mailbox_memory_ref (PjMailboxMemory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

/**
 * pj_mailbox_memory_unref: (skip)
 * @self: (transfer full) (nullable): the memory
 */
void
pj_mailbox_memory_unref (PjMailboxMemory *self)
{
  if (self == NULL)
    return;

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_free (self->greeting);
  g_clear_pointer (&self->before_login, pj_pop3_capabilities_free);
  g_clear_pointer (&self->after_login, pj_pop3_capabilities_free);
  g_clear_pointer (&self->tls_session, g_bytes_unref);
  g_clear_pointer (&self->survey, pj_pop3_survey_unref);
  g_free (self);
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

/**
 * pj_mailbox_memory_shape_greeting:
 * @greeting: a server's greeting
 *
 * Leaves out what differs from session to session: the stamp of APOP (RFC 1939
 * section 7), addresses, times and serial numbers, which have digits, and what
 * Exchange puts in brackets.
 *
 * Returns: (transfer full): what is left, by which an update or another
 *   server shows
 */
char *
pj_mailbox_memory_shape_greeting (const char *greeting)
{
  g_auto (GStrv) words = NULL;
  GString *shape = g_string_new (NULL);

  g_return_val_if_fail (greeting != NULL, NULL);

  words = g_strsplit (greeting, " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      gboolean differs = has_digit (words[i]) || words[i][0] == '<' || words[i][0] == '[';

      g_string_append_printf (shape, "%s%s", i > 0 ? " " : "", differs ? "#" : words[i]);
    }

  return g_string_free (shape, FALSE);
}

/**
 * pj_mailbox_memory_fits:
 * @self: the memory
 * @greeting: the server's greeting in this session
 * @now: monotonic microseconds
 *
 * Returns: whether what the server told about itself can still be believed
 */
gboolean
pj_mailbox_memory_fits (const PjMailboxMemory *self, const char *greeting, gint64 now)
{
  g_autofree char *shape = NULL;

  g_return_val_if_fail (self != NULL && greeting != NULL, FALSE);

  if (self->greeting == NULL || now - self->learned_at > MAX_AGE_US)
    return FALSE;

  shape = pj_mailbox_memory_shape_greeting (greeting);
  return g_str_equal (shape, self->greeting);
}

/**
 * pj_mailbox_memory_get_voucher:
 * @self: the memory
 *
 * Returns: (transfer none) (nullable): what the next survey may be compared
 *   with; %NULL when it shall ask for everything
 */
PjPop3Survey *
pj_mailbox_memory_get_voucher (const PjMailboxMemory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->n_vouched < MAX_VOUCHED ? self->survey : NULL;
}
