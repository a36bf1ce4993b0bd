/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-survey-private.h"

#include "base/pj-tsan.h"

static void
entry_clear (gpointer data)
{
  PjPop3Entry *entry = data;

  g_free (entry->uid);
}

/**
 * pj_pop3_survey_new: (skip)
 * @count: messages by STAT
 * @octets: their size by STAT
 *
 * Returns: (transfer full): a survey to be filled and finished
 */
PjPop3Survey *
pj_pop3_survey_new (guint count, guint64 octets)
{
  PjPop3Survey *self = g_new0 (PjPop3Survey, 1);

  g_atomic_ref_count_init (&self->references);
  self->count = count;
  self->octets = octets;
  self->has_uids = TRUE;
  self->entries = g_array_new (FALSE, TRUE, sizeof (PjPop3Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  g_array_set_size (self->entries, count);

  return self;
}

/**
 * pj_pop3_survey_ref: (skip)
 * @self: a survey
 *
 * Returns: (transfer full): the same
 */
PjPop3Survey *
pj_pop3_survey_ref (PjPop3Survey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

/**
 * pj_pop3_survey_unref: (skip)
 * @self: (transfer full) (nullable): a survey
 */
void
pj_pop3_survey_unref (PjPop3Survey *self)
{
  if (self == NULL)
    return;

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_array_unref (self->entries);
  g_free (self);
}

static PjPop3Entry *
get_entry (const PjPop3Survey *self, guint number)
{
  return &g_array_index (self->entries, PjPop3Entry, number - 1);
}

/**
 * pj_pop3_survey_set_uid: (skip)
 * @self: a survey that is being filled
 * @number: 1 to its count
 * @uid: unique id
 *
 * The first id for a number stands: a second one cannot be meant.
 */
void
pj_pop3_survey_set_uid (PjPop3Survey *self, guint number, const char *uid)
{
  PjPop3Entry *entry = get_entry (self, number);

  if (entry->uid == NULL)
    entry->uid = g_strdup (uid);
}

/**
 * pj_pop3_survey_set_octets: (skip)
 * @self: a survey that is being filled
 * @number: 1 to its count
 * @octets: size
 */
void
pj_pop3_survey_set_octets (PjPop3Survey *self, guint number, guint64 octets)
{
  get_entry (self, number)->octets = octets;
}

/* Where each message has an id that no other has and STAT is the sum of the
 * sizes, any message that goes or changes is seen in the last id or in the
 * sum. A server whose figures never agree is asked for everything each time. */
static gboolean
can_vouch (const PjPop3Survey *self)
{
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 sum = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const PjPop3Entry *entry = &g_array_index (self->entries, PjPop3Entry, i);

      if (entry->uid == NULL || entry->octets == 0 || !g_hash_table_add (met, entry->uid) ||
          sum + entry->octets < sum)
        return FALSE;

      sum += entry->octets;
    }

  return self->has_uids && sum == self->octets;
}

/**
 * pj_pop3_survey_finish: (skip)
 * @self: a survey that has been filled
 *
 * Decides whether it can vouch; nothing is changed afterwards.
 */
void
pj_pop3_survey_finish (PjPop3Survey *self)
{
  self->can_vouch = can_vouch (self);
}

/**
 * pj_pop3_survey_extend: (skip)
 * @known: a survey
 * @count: messages by STAT now, at least as many
 * @octets: their size by STAT now
 *
 * Returns: (transfer full): what @known has, with room for what was added, to
 *   be filled and finished
 */
PjPop3Survey *
pj_pop3_survey_extend (const PjPop3Survey *known, guint count, guint64 octets)
{
  PjPop3Survey *self = pj_pop3_survey_new (count, octets);

  for (guint number = 1; number <= known->count; number++)
    {
      const PjPop3Entry *entry = get_entry (known, number);

      pj_pop3_survey_set_uid (self, number, entry->uid);
      pj_pop3_survey_set_octets (self, number, entry->octets);
    }
  self->n_old = known->count;

  return self;
}

/**
 * pj_pop3_survey_find:
 * @self: a survey
 * @uid: a unique id
 *
 * Returns: number of the first message with @uid; 0 when there is none
 */
guint
pj_pop3_survey_find (const PjPop3Survey *self, const char *uid)
{
  g_return_val_if_fail (self != NULL && uid != NULL, 0);

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (g_strcmp0 (g_array_index (self->entries, PjPop3Entry, i).uid, uid) == 0)
        return i + 1;
    }

  return 0;
}
