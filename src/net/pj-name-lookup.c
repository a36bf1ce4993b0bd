/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-name-lookup.h"

#include "net/pj-blocking-call.h"
#include "net/pj-net-error.h"

typedef struct
{
  GResolver *resolver;
  const char *host;
} Question;

static void
start (gpointer data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const Question *question = data;

  g_resolver_lookup_by_name_async (question->resolver, question->host, cancellable, callback,
                                   user_data);
}

/**
 * pj_name_lookup_run: (skip)
 * @host: name or address
 * @deadline: until when there must be an answer
 * @cancellable: (nullable): ends it
 * @error: return location; %PJ_NET_ERROR_NETWORK, %PJ_NET_ERROR_TIMEOUT,
 *   %G_IO_ERROR_CANCELLED
 *
 * Asks for the addresses of a name. Blocks.
 *
 * Returns: (transfer full) (element-type utf8): addresses as text, at least one
 */
GPtrArray *
pj_name_lookup_run (const char *host,
                    PjDeadline deadline,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) failure = NULL;
  Question question = { resolver, host };
  GPtrArray *texts;
  GList *addresses;

  g_return_val_if_fail (host != NULL, NULL);

  result = pj_blocking_call_run (start, &question, deadline, cancellable, error);
  if (result == NULL)
    return NULL;

  addresses = g_resolver_lookup_by_name_finish (resolver, result, &failure);
  if (addresses == NULL)
    {
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK, failure->message);
      return NULL;
    }

  texts = g_ptr_array_new_with_free_func (g_free);
  for (GList *link = addresses; link != NULL; link = link->next)
    g_ptr_array_add (texts, g_inet_address_to_string (link->data));
  g_resolver_free_addresses (addresses);

  return texts;
}
