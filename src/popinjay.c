/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pj-config.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "app/pj-demo-profile.h"
#include "base/pj-loop-watch.h"
#include "demo/pj-demo-server.h"
#include "ui/pj-application.h"

/* Seldom enough to read one mail before the next comes, often enough to be seen. */
#define DEMO_ARRIVAL_INTERVAL_S 30

/* What the program runs on, as long as it runs. */
typedef struct
{
  char *dir; /* NULL: the XDG folders */
  gboolean is_demo;
  gboolean wants_version;
  PjProfile *profile;
  PjDemoServer *server; /* NULL unless it is a demonstration */
} Setting;

static void
setting_clear (Setting *setting)
{
  g_clear_object (&setting->server);
  g_clear_object (&setting->profile);
  g_clear_pointer (&setting->dir, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setting, setting_clear)

static PjService *
make_service (gpointer user_data, GError **error)
{
  Setting *setting = user_data;
  g_autoptr (PjSecretStore) secrets = NULL;
  g_autoptr (PjClock) clock = NULL;

  setting->profile = pj_profile_new (setting->dir, error);
  if (setting->profile == NULL)
    return NULL;

  secrets = pj_secret_store_new ();
  clock = pj_clock_new_system ();

  return pj_service_new (setting->profile, secrets, clock, error);
}

static PjService *
make_demo (gpointer user_data, GError **error)
{
  Setting *setting = user_data;
  PjDemoAccess access;

  setting->profile = pj_profile_new_throw_away (error);
  if (setting->profile == NULL)
    return NULL;
  setting->server = pj_demo_server_new (pj_profile_get_dir (setting->profile), error);
  if (setting->server == NULL)
    return NULL;

  pj_demo_server_start_arrivals (setting->server, DEMO_ARRIVAL_INTERVAL_S);
  access = pj_demo_server_get_access (setting->server);
  return pj_demo_profile_make_service (setting->profile, &access, error);
}

static gboolean
parse (Setting *setting, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &setting->dir,
      N_ ("Keep configuration, state and cache below DIR"), N_ ("DIR") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &setting->is_demo,
      N_ ("Show mailboxes made up for a demonstration"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &setting->wants_version, N_ ("Print the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context,
                                _ ("Looks into your POP3 mailboxes and tells you what is there."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("popinjay: %s\n", error->message);
      return FALSE;
    }
  if (*argc > 1)
    {
      g_printerr (_ ("popinjay: unexpected argument “%s”\n"), (*argv)[1]);
      return FALSE;
    }
  if (setting->is_demo && setting->dir != NULL)
    {
      g_printerr (_ ("popinjay: --demo has a profile of its own; --profile does not go with it\n"));
      return FALSE;
    }

  return TRUE;
}

static void
on_long_iteration (gint64 start, guint took_ms, guint queued_ms, gpointer user_data)
{
  g_printerr ("loop: %u ms, %u ms of it waiting for a processor, at %.3f s\n", took_ms, queued_ms,
              (double) start / G_USEC_PER_SEC);
}

/* For tests, and for whoever looks for what makes the window stutter. */
static void
watch_loop_if_asked (void)
{
  const char *limit = g_getenv ("POPINJAY_LOOP_WATCH");
  g_autoptr (PjClock) clock = NULL;
  g_autoptr (GSource) watch = NULL;
  guint64 limit_ms;

  if (limit == NULL || !g_ascii_string_to_unsigned (limit, 10, 0, G_MAXUINT, &limit_ms, NULL))
    return;

  clock = pj_clock_new_system ();
  watch = pj_loop_watch_new (clock, (guint) limit_ms, on_long_iteration, NULL);
  g_source_attach (watch, NULL);
}

int
main (int argc, char *argv[])
{
  g_auto (Setting) setting = { NULL, FALSE, FALSE, NULL, NULL };
  g_autoptr (PjApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, PJ_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!parse (&setting, &argc, &argv))
    return 2;

  if (setting.wants_version)
    {
      g_print ("popinjay %s\n", PJ_VERSION);
      return 0;
    }

  application = pj_application_new (setting.is_demo ? make_demo : make_service, &setting,
                                    setting.is_demo || setting.dir != NULL);
  watch_loop_if_asked ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
