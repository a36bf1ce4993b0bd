/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-announcer.h"

#include "notification-server.h"
#include "service-fixture.h"

static const char *const capabilities[] = { "actions", "body", NULL };

/* As the service does after a check. */
static void
let_arrive (ServiceFixture *fixture, const char *uid, gboolean is_baseline)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PjAccount) account = draft_new ("home", 995, PJ_SECURITY_TLS, "ann");

  g_ptr_array_add (messages, pj_message_new (&(PjMessageFields){
                                 .account_id = pj_account_get_id (account),
                                 .uid = uid,
                                 .from_name = "Ala",
                                 .from_address = "ala@example.org",
                                 .subject = "Tea",
                             }));
  g_signal_emit_by_name (fixture->service, "arrived", account, messages, is_baseline);
}

static void
test_arrived_is_shown (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (capabilities);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAnnouncer) next = NULL;
  PjAnnouncer *announcer = pj_announcer_new (fixture->service);

  let_arrive (fixture, "aa", FALSE);
  notification_server_assert_shown (server,
                                    "0|Ala (example.org)|Tea|" NOTIFICATION_HINTS "|default,Open");
  let_arrive (fixture, "bb", TRUE);
  notification_server_assert_shown (server, "0|home|1 message already there|" NOTIFICATION_HINTS
                                            "|default,Open");

  /* An announcer that went is silent: what is shown next is another's. */
  g_assert_finalize_object (announcer);
  let_arrive (fixture, "cc", FALSE);
  next = pj_announcer_new (fixture->service);
  let_arrive (fixture, "dd", TRUE);
  notification_server_assert_shown (server, "0|home|1 message already there|" NOTIFICATION_HINTS
                                            "|default,Open");
}

static void
test_switched_off (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (capabilities);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAnnouncer) announcer = pj_announcer_new (fixture->service);
  GSettings *settings = pj_settings_get_gsettings (pj_service_get_settings (fixture->service));

  g_assert_nonnull (settings);
  g_settings_set_boolean (settings, "notify", FALSE);
  let_arrive (fixture, "aa", FALSE);
  g_settings_set_boolean (settings, "notify", TRUE);
  let_arrive (fixture, "bb", TRUE);
  notification_server_assert_shown (server, "0|home|1 message already there|" NOTIFICATION_HINTS
                                            "|default,Open");
}

static void
on_activated (PjAnnouncer *announcer, const char *account_id, const char *uid, gpointer user_data)
{
  char **activated = user_data;

  g_assert_nonnull (account_id);
  *activated = g_strdup (uid);
}

static void
test_click (void)
{
  g_autoptr (NotificationServer) server = notification_server_start (capabilities);
  g_autoptr (ServiceFixture) fixture = service_fixture_new ();
  g_autoptr (PjAnnouncer) announcer = pj_announcer_new (fixture->service);
  g_autofree char *activated = NULL;

  g_signal_connect (announcer, "activated", G_CALLBACK (on_activated), &activated);
  let_arrive (fixture, "aa", FALSE);
  notification_server_assert_shown (server,
                                    "0|Ala (example.org)|Tea|" NOTIFICATION_HINTS "|default,Open");
  notification_server_emit (server, "ActionInvoked", g_variant_new ("(us)", 1, "default"));
  while (activated == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (activated, ==, "aa");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/announcer/arrived-is-shown", test_arrived_is_shown);
  g_test_add_func ("/app/announcer/switched-off", test_switched_off);
  g_test_add_func ("/app/announcer/click-tells-which", test_click);

  return notification_server_run_tests ();
}
