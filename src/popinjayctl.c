/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pj-config.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "app/pj-demo-profile.h"
#include "cli/pj-cli.h"
#include "demo/pj-demo-server.h"

/* The demonstration as long as the program runs. */
typedef struct
{
  PjProfile *profile;
  PjDemoServer *server;
} Demo;

static void
demo_clear (Demo *demo)
{
  g_clear_object (&demo->server);
  g_clear_object (&demo->profile);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

static PjService *
make_demo (gpointer user_data, GError **error)
{
  Demo *demo = user_data;
  PjDemoAccess access;

  demo->profile = pj_profile_new_throw_away (error);
  if (demo->profile == NULL)
    return NULL;
  demo->server = pj_demo_server_new (pj_profile_get_dir (demo->profile), error);
  if (demo->server == NULL)
    return NULL;

  access = pj_demo_server_get_access (demo->server);
  return pj_demo_profile_make_service (demo->profile, &access, error);
}

int
main (int argc, char *argv[])
{
  g_auto (Demo) demo = { NULL, NULL };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, PJ_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  return pj_cli_run (argc, argv, make_demo, &demo);
}
