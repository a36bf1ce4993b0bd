/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-uid-diff.h"

/**
 * pj_uid_diff_list_fresh:
 * @survey: what is in the mailbox
 * @known: (nullable): set of UIDs seen before; not changed
 *
 * Decides which messages have not been seen. Identical mails may share a UID
 * (RFC 1939 section 7; popa3d, solid-pop3d): only the first of them counts,
 * as nothing tells them apart. A message without a UID is never fresh.
 *
 * Returns: (transfer full) (element-type guint): their numbers, ascending
 */
GArray *
pj_uid_diff_list_fresh (const PjPop3Survey *survey, GHashTable *known)
{
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *fresh = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (survey != NULL, fresh);

  for (guint i = 0; i < survey->entries->len; i++)
    {
      char *uid = g_array_index (survey->entries, PjPop3Entry, i).uid;
      guint number = i + 1;

      if (uid == NULL || (known != NULL && g_hash_table_contains (known, uid)))
        continue;

      if (g_hash_table_add (met, uid))
        g_array_append_val (fresh, number);
    }

  return fresh;
}
