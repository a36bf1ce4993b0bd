/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A service on a profile of its own, with passwords in memory and a clock
 * that stands still. */

#include "app/pj-account-edit.h"
#include "app/pj-check-run.h"
#include "app/pj-service.h"
#include "mailbox-fixture.h"
#include "test-await.h"

/* 2023-11-14 22:13:20 UTC */
#define START_S G_GINT64_CONSTANT (1700000000)

typedef struct
{
  PjProfile     *profile;
  PjSecretStore *secrets;
  PjFakeClock   *clock;
  PjService     *service;
} ServiceFixture;

static inline void
service_load (PjService *service)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  pj_service_load_async (service, await_ready, &slot);
  result = await_result (&slot);
  pj_service_load_finish (service, result, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): a service on what lies in @profile */
static inline ServiceFixture *
service_fixture_new_on (PjProfile *profile)
{
  g_autoptr (GError) error = NULL;
  ServiceFixture *self = g_new0 (ServiceFixture, 1);

  self->profile = g_object_ref (profile);
  self->secrets = pj_secret_store_new_memory ();
  self->clock = pj_fake_clock_new (START_S * G_USEC_PER_SEC);
  self->service = pj_service_new (profile, self->secrets, PJ_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  service_load (self->service);

  return self;
}

static inline ServiceFixture *
service_fixture_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjProfile) profile = pj_profile_new_throw_away (&error);

  g_assert_no_error (error);
  return service_fixture_new_on (profile);
}

/* Ends the service and asserts that nothing holds it any more. */
static inline void
service_fixture_free (ServiceFixture *self)
{
  g_assert_finalize_object (self->service);
  g_assert_finalize_object (self->secrets);
  g_assert_finalize_object (self->clock);
  g_object_unref (self->profile);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServiceFixture, service_fixture_free)

static inline void
service_fixture_set_password (ServiceFixture *self, PjAccount *account, const char *password)
{
  g_autoptr (PjSecret) secret = pj_secret_new (password);

  pj_secret_store_keep_in_memory (self->secrets, account, secret);
}

/* Returns: (transfer full): an account that is not in the list */
static inline PjAccount *
draft_new (const char *name, guint16 port, PjSecurity security, const char *user)
{
  PjAccount *draft = pj_account_new (NULL);

  g_object_set (draft, "name", name, "server", "127.0.0.1", "port", (guint) port, "security",
                security, "user", user, NULL);

  return draft;
}

static inline gboolean
edit_finish (GAsyncResult **slot, GError **error)
{
  g_autoptr (GAsyncResult) result = await_result (slot);

  return pj_account_edit_finish (result, error);
}

/* Returns: (transfer none): @draft, which the list has from here on */
static inline PjAccount *
service_fixture_add (ServiceFixture *self, PjAccount *draft, const char *password)
{
  g_autoptr (PjAccount) added = draft;
  g_autoptr (PjSecret) secret = pj_secret_new (password);
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  pj_account_edit_add_async (self->service, added, secret, NULL, await_ready, &slot);
  edit_finish (&slot, &error);
  g_assert_no_error (error);

  return draft;
}

/* Returns: (transfer none): an account for a mailbox of the demo */
static inline PjAccount *
service_fixture_add_demo (ServiceFixture *self, DemoFixture *demo, const char *user)
{
  PjAccount *draft =
      draft_new (user, demo_fixture_get_port (demo, PJ_SECURITY_TLS), PJ_SECURITY_TLS, user);

  g_object_set (draft, "ca-file", pj_demo_server_get_ca_file (demo->server), NULL);
  return service_fixture_add (self, draft, demo_fixture_get_password (demo, user));
}

/* Returns: (transfer none): an account for the mailbox of a script */
static inline PjAccount *
service_fixture_add_script (ServiceFixture *self, ScriptFixture *script)
{
  guint16 port = pj_script_server_get_port (script->server);

  return service_fixture_add (self, draft_new ("script", port, PJ_SECURITY_NONE, "ann"), "secret");
}

/* Returns: (transfer none): an account whose server does not answer */
static inline PjAccount *
service_fixture_add_silent (ServiceFixture *self, SilentServer *silent)
{
  guint16 port = silent_server_get_port (silent);

  return service_fixture_add (self, draft_new ("silent", port, PJ_SECURITY_NONE, "ann"), "secret");
}

/* Returns: (transfer full): the report; NULL with @error set */
static inline PjCheckReport *
service_check (PjService *service, PjAccount *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  pj_check_run_async (service, account, NULL, await_ready, &slot);
  result = await_result (&slot);

  return pj_check_run_finish (result, error);
}

static inline PjCheckReport *
service_check_well (PjService *service, PjAccount *account)
{
  g_autoptr (GError) error = NULL;
  PjCheckReport *report = service_check (service, account, &error);

  g_assert_no_error (error);
  return report;
}

/* Runs the main context until the check that is running has ended. */
static inline void
await_check (PjAccount *account)
{
  while (pj_account_is_checking (account))
    g_main_context_iteration (NULL, TRUE);
}
