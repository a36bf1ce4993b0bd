/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-signs-private.h"

#include <glib/gi18n.h>

#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-look-alike.h"
#include "mail/pj-mail-warning.h"

/* Domains that the user has had mail from, by what they look like.
 * Returns: (transfer full) (element-type utf8 utf8): look to domain in ASCII */
static gpointer
index_domains (const PjMailContext *context)
{
  g_autoptr (GPtrArray) domains = pj_sender_book_list_domains (context->senders);
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < domains->len; i++)
    {
      char *ascii = pj_mail_domain_to_ascii (g_ptr_array_index (domains, i));

      if (ascii != NULL)
        g_hash_table_replace (index, pj_mail_look_alike_dup_look (ascii), ascii);
    }

  return index;
}

/* Returns: (transfer none) (nullable): the domain that the user knows and takes it for */
static const char *
find_known_twin (PjMailCase *self)
{
  PjMailContext *context = self->facts->context;
  g_autofree char *look = NULL;
  GHashTable *index;
  const char *twin;

  if (context == NULL || context->senders == NULL ||
      pj_sender_book_count_domain (context->senders, self->domain) > (context->is_listed ? 1 : 0))
    return NULL;

  index = pj_mail_context_get_memo (context, index_domains, (GDestroyNotify) g_hash_table_unref);
  look = pj_mail_look_alike_dup_look (self->domain);
  twin = g_hash_table_lookup (index, look);

  return twin != NULL && pj_mail_look_alike_is_pair (twin, self->domain) ? twin : NULL;
}

/**
 * pj_mail_signs_judge_domain:
 * @self: the case
 *
 * Looks whether the sender's domain is made to be taken for another one.
 */
void
pj_mail_signs_judge_domain (PjMailCase *self)
{
  g_autofree char *shown = NULL;
  const char *twin;

  if (self->domain == NULL)
    return;

  if (pj_mail_domain_is_mixed (self->domain))
    {
      pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_MIXED_SCRIPT_DOMAIN,
                              g_strdup (self->domain));
      return;
    }

  twin = pj_mail_look_alike_find_imitated (self->domain);
  if (twin == NULL)
    twin = find_known_twin (self);
  if (twin != NULL)
    /* TRANSLATORS: host of an address, and what it looks like */
    pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_LOOK_ALIKE_DOMAIN,
                            g_strdup_printf (_ ("%s looks like %s"), self->domain, twin));
  else if (pj_mail_look_alike_is_homograph (self->domain))
    {
      shown = pj_mail_domain_to_unicode (self->domain);
      pj_mail_sign_list_take (self->signs, PJ_MAIL_WARNING_LOOK_ALIKE_DOMAIN,
                              g_strdup_printf (_ ("%s looks like %s"), self->domain, shown));
    }
}
