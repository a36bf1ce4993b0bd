/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-tcp-connect.h"

#include "cancel-call.h"
#include "net/pj-net-error.h"
#include "stuck-resolver.h"

/* A listener whose backlog is full accepts nobody: connecting hangs. */
typedef struct
{
  GSocket *listener;
  GPtrArray *waiting; /* of GSocket: what fills the backlog */
  guint16 port;
} Deaf;

static GSocket *
new_socket (void)
{
  return g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
}

static Deaf *
deaf_new (void)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  Deaf *deaf = g_new0 (Deaf, 1);

  deaf->listener = new_socket ();
  g_socket_set_listen_backlog (deaf->listener, 0);
  g_assert_true (g_socket_bind (deaf->listener, any, FALSE, NULL));
  g_assert_true (g_socket_listen (deaf->listener, NULL));
  bound = g_socket_get_local_address (deaf->listener, NULL);
  deaf->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  deaf->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 8; i++)
    {
      GSocket *socket = new_socket ();

      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, bound, NULL, NULL);
      g_ptr_array_add (deaf->waiting, socket);
    }

  return deaf;
}

static void
deaf_free (Deaf *deaf)
{
  g_ptr_array_unref (deaf->waiting);
  g_object_unref (deaf->listener);
  g_free (deaf);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deaf, deaf_free)

static void
test_connects (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  connection =
      pj_tcp_connect ("127.0.0.1", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)),
                      pj_deadline_in (10 * 1000, "late"), NULL, &error);

  g_assert_no_error (error);
  g_assert_false (g_socket_get_blocking (g_socket_connection_get_socket (connection)));
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) bound_only = new_socket ();
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  guint16 port;

  g_assert_true (g_socket_bind (bound_only, any, FALSE, NULL));
  address = g_socket_get_local_address (bound_only, NULL);
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));

  g_assert_null (
      pj_tcp_connect ("127.0.0.1", port, pj_deadline_in (10 * 1000, "late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

static void
test_no_such_name (void)
{
  g_autoptr (GError) error = NULL;

  /* RFC 6761: .invalid never resolves. */
  g_assert_null (
      pj_tcp_connect ("popinjay.invalid", 995, pj_deadline_in (10 * 1000, "late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

/* A name with an address of either family. */
#define TYPE_BOTH_RESOLVER (both_resolver_get_type ())
G_DECLARE_FINAL_TYPE (BothResolver, both_resolver, BOTH, RESOLVER, GResolver)

struct _BothResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (BothResolver, both_resolver, G_TYPE_RESOLVER)

static void
both_resolver_lookup_async (GResolver *resolver,
                            const char *name,
                            GResolverNameLookupFlags flags,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  GList *found = NULL;

  if (flags != G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    found = g_list_prepend (found, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  if (flags != G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY)
    found = g_list_prepend (found, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6));
  g_task_return_pointer (task, found, (GDestroyNotify) g_resolver_free_addresses);
}

static GList *
both_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
both_resolver_class_init (BothResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = both_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = both_resolver_lookup_finish;
}

static void
both_resolver_init (BothResolver *self)
{
}

/* Nobody listens on the one of its two addresses that is tried first. */
static void
test_one_address_dead (void)
{
  g_autoptr (GResolver) before = g_resolver_get_default ();
  g_autoptr (GResolver) both = g_object_new (TYPE_BOTH_RESOLVER, NULL);
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  g_resolver_set_default (both);
  connection = pj_tcp_connect ("pop.example.org",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)),
                               pj_deadline_in (10 * 1000, "late"), NULL, &error);
  g_resolver_set_default (before);

  g_assert_no_error (error);
  g_assert_nonnull (connection);
}

/* What the desktop names as the proxy; NULL for none. */
static char *proxy_uri;

#define TYPE_TEST_PROXIES (test_proxies_get_type ())
G_DECLARE_FINAL_TYPE (TestProxies, test_proxies, TEST, PROXIES, GObject)

struct _TestProxies
{
  GObject parent_instance;
};

static void test_proxies_resolver_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestProxies,
                               test_proxies,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      test_proxies_resolver_init))

static gboolean
test_proxies_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
dup_proxies (void)
{
  const char *const proxies[] = { proxy_uri != NULL ? proxy_uri : "direct://", NULL };

  return g_strdupv ((char **) proxies);
}

static char **
test_proxies_lookup (GProxyResolver *resolver,
                     const char *uri,
                     GCancellable *cancellable,
                     GError **error)
{
  return dup_proxies ();
}

static void
test_proxies_lookup_async (GProxyResolver *resolver,
                           const char *uri,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, dup_proxies (), (GDestroyNotify) g_strfreev);
}

static char **
test_proxies_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_proxies_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = test_proxies_is_supported;
  iface->lookup = test_proxies_lookup;
  iface->lookup_async = test_proxies_lookup_async;
  iface->lookup_finish = test_proxies_lookup_finish;
}

static void
test_proxies_class_init (TestProxiesClass *klass)
{
}

static void
test_proxies_init (TestProxies *self)
{
}

static gpointer
refuse_as_proxy (gpointer user_data)
{
  g_autoptr (GSocketConnection) connection =
      g_socket_listener_accept (G_SOCKET_LISTENER (user_data), NULL, NULL, NULL);
  static const char refusal[] = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char *request = g_malloc0 (4096);

  g_input_stream_read (in, request, 4095, NULL, NULL);
  g_output_stream_write_all (out, refusal, strlen (refusal), NULL, NULL, NULL);

  return request;
}

/* A proxy for web pages only. */
static void
test_proxy_refuses (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;
  GThread *proxy;

  g_assert_true (g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  proxy_uri = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  proxy = g_thread_new ("proxy", refuse_as_proxy, listener);
  g_assert_null (
      pj_tcp_connect ("192.0.2.1", 995, pj_deadline_in (10 * 1000, "late"), NULL, &error));
  request = g_thread_join (proxy);
  g_clear_pointer (&proxy_uri, g_free);

  g_assert_true (g_str_has_prefix (request, "CONNECT 192.0.2.1:995 "));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

static void
test_deadline (void)
{
  g_autoptr (Deaf) deaf = deaf_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (
      pj_tcp_connect ("127.0.0.1", deaf->port, pj_deadline_in (100, "Too late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late (limit: 100 ms)");
}

static void
connect_to_deaf (gpointer data, GCancellable *cancellable, GError **error)
{
  const Deaf *deaf = data;

  g_assert_null (pj_tcp_connect ("127.0.0.1", deaf->port, pj_deadline_in (20 * 1000, "late"),
                                 cancellable, error));
}

static void
test_cancel (void)
{
  g_autoptr (Deaf) deaf = deaf_new ();

  assert_call_is_cancelled_soon (connect_to_deaf, deaf);
}

static void
connect_by_name (gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_null (pj_tcp_connect ("pop.example.org", 995, pj_deadline_in (20 * 1000, "late"),
                                 cancellable, error));
}

static void
test_cancel_look_up (void)
{
  g_autoptr (NameTrouble) trouble = name_trouble_new ();

  assert_call_is_cancelled_soon (connect_by_name, NULL);
  stuck_resolver_await (trouble->stuck, 1);
}

static void
test_look_up_deadline (void)
{
  g_autoptr (NameTrouble) trouble = name_trouble_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (
      pj_tcp_connect ("pop.example.org", 995, pj_deadline_in (100, "Too late"), NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too late (limit: 100 ms)");
  stuck_resolver_await (trouble->stuck, 1);
}

static void
test_cancelled_before (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
      pj_tcp_connect ("127.0.0.1", 1, pj_deadline_in (20 * 1000, "late"), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* Makes GIO know its extension points. */
  g_vfs_get_default ();
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TYPE_TEST_PROXIES, "test",
                                  1000);
  g_test_add_func ("/net/tcp-connect/connects", test_connects);
  g_test_add_func ("/net/tcp-connect/refused", test_refused);
  g_test_add_func ("/net/tcp-connect/no-such-name", test_no_such_name);
  g_test_add_func ("/net/tcp-connect/one-address-dead", test_one_address_dead);
  g_test_add_func ("/net/tcp-connect/proxy-refuses", test_proxy_refuses);
  g_test_add_func ("/net/tcp-connect/deadline", test_deadline);
  g_test_add_func ("/net/tcp-connect/cancel", test_cancel);
  g_test_add_func ("/net/tcp-connect/cancel-look-up", test_cancel_look_up);
  g_test_add_func ("/net/tcp-connect/look-up-deadline", test_look_up_deadline);
  g_test_add_func ("/net/tcp-connect/cancelled-before", test_cancelled_before);
  return g_test_run ();
}
