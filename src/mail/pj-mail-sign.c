/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-sign.h"

static void
sign_free (gpointer data)
{
  PjMailSign *sign = data;

  g_free (sign->reason);
  g_free (sign);
}

/**
 * pj_mail_sign_list_new:
 *
 * Returns: (transfer full) (element-type PjMailSign): an empty list
 */
GPtrArray *
pj_mail_sign_list_new (void)
{
  return g_ptr_array_new_with_free_func (sign_free);
}

/**
 * pj_mail_sign_list_has:
 * @signs: (element-type PjMailSign): a list
 * @code: one of PJ_MAIL_WARNING_…
 *
 * Returns: whether it has that sign
 */
gboolean
pj_mail_sign_list_has (GPtrArray *signs, const char *code)
{
  g_return_val_if_fail (signs != NULL && code != NULL, FALSE);

  for (guint i = 0; i < signs->len; i++)
    {
      const PjMailSign *sign = g_ptr_array_index (signs, i);

      if (g_str_equal (sign->code, code))
        return TRUE;
    }

  return FALSE;
}

/**
 * pj_mail_sign_list_take:
 * @signs: (element-type PjMailSign): a list
 * @code: one of PJ_MAIL_WARNING_…; the first of its kind stays
 * @reason: (transfer full) (nullable): what was seen
 */
void
pj_mail_sign_list_take (GPtrArray *signs, const char *code, char *reason)
{
  PjMailSign *sign;

  g_return_if_fail (signs != NULL && code != NULL);

  if (pj_mail_sign_list_has (signs, code))
    {
      g_free (reason);
      return;
    }

  sign = g_new0 (PjMailSign, 1);
  sign->code = code;
  sign->reason = reason;
  g_ptr_array_add (signs, sign);
}
