/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-mail.h"

#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>

#include "base/pj-tsan.h"
#include "demo/pj-demo-lines.h"
#include "demo/pj-demo-resources.h"
#include "demo/pj-demo-template.h"

#define ROOT "/io/github/popinjay/demo/"

/**
 * PjDemoMail:
 *
 * One mail of the demo server as it goes over the wire, with its UIDL.
 * Immutable and shared by reference. Any thread.
 */
struct _PjDemoMail
{
  gatomicrefcount references;
  char *uid;
  GBytes *bytes; /* CRLF line ends, not dot-stuffed */
};

G_DEFINE_BOXED_TYPE (PjDemoMail, pj_demo_mail, pj_demo_mail_ref, pj_demo_mail_unref)

/**
 * pj_demo_mail_new:
 * @uid: the UIDL: 1 to 70 printable ASCII characters (RFC 1939 section 7)
 * @text: the mail with LF or CRLF line ends and place-holders
 * @len: its bytes
 * @now_s: seconds since 1970-01-01 UTC, for the place-holders
 *
 * Returns: (transfer full): the mail
 */
PjDemoMail *
pj_demo_mail_new (const char *uid, const char *text, gsize len, gint64 now_s)
{
  g_autoptr (GString) filled = NULL;
  PjDemoMail *self;

  g_return_val_if_fail (uid != NULL && uid[0] != '\0', NULL);
  g_return_val_if_fail (text != NULL, NULL);

  filled = pj_demo_template_fill (text, len, uid, now_s);
  self = g_new0 (PjDemoMail, 1);
  g_atomic_ref_count_init (&self->references);
  self->uid = g_strdup (uid);
  self->bytes = pj_demo_lines_to_crlf (filled->str, filled->len);

  return self;
}

/**
 * pj_demo_mail_new_from_resource:
 * @path: a path that pj_demo_mail_list_paths() gave
 * @uid: the UIDL
 * @now_s: seconds since 1970-01-01 UTC, for the place-holders
 *
 * Returns: (transfer full): the mail
 */
PjDemoMail *
pj_demo_mail_new_from_resource (const char *path, const char *uid, gint64 now_s)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize len;

  g_return_val_if_fail (path != NULL, NULL);

  bytes = g_resource_lookup_data (pj_demo_resources_get_resource (), path,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  text = g_bytes_get_data (bytes, &len);

  return pj_demo_mail_new (uid, text, len, now_s);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * pj_demo_mail_list_paths:
 * @folder: a folder of src/demo/mails, such as "home"
 *
 * Returns: (transfer full): where its mails are among the resources, in the
 *   order of their names
 */
char **
pj_demo_mail_list_paths (const char *folder)
{
  g_autofree char *root = NULL;
  char **names;

  g_return_val_if_fail (folder != NULL, NULL);

  root = g_strconcat (ROOT, folder, "/", NULL);
  names = g_resource_enumerate_children (pj_demo_resources_get_resource (), root,
                                         G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_return_val_if_fail (names != NULL, NULL);

  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (char **name = names; *name != NULL; name++)
    {
      char *path = g_strconcat (root, *name, NULL);

      g_free (*name);
      *name = path;
    }

  return names;
}

/* "/…/demo/home/03-photos.eml" becomes "home-03-photos". */
static char *
make_uid (const char *path)
{
  char *uid = g_strdelimit (g_strdup (path + strlen (ROOT)), "/", '-');

  if (g_str_has_suffix (uid, ".eml"))
    uid[strlen (uid) - strlen (".eml")] = '\0';

  return uid;
}

/**
 * pj_demo_mail_list_folder:
 * @folder: a folder of src/demo/mails, such as "home"
 * @now_s: seconds since 1970-01-01 UTC, for the place-holders
 *
 * The UIDL of a mail comes from the name of its file, so it is the same at
 * each start.
 *
 * Returns: (transfer full) (element-type PjDemoMail): its mails
 */
GPtrArray *
pj_demo_mail_list_folder (const char *folder, gint64 now_s)
{
  g_auto (GStrv) paths = NULL;
  GPtrArray *mails;

  g_return_val_if_fail (folder != NULL, NULL);

  mails = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_demo_mail_unref);
  paths = pj_demo_mail_list_paths (folder);
  for (gsize i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *uid = make_uid (paths[i]);

      g_ptr_array_add (mails, pj_demo_mail_new_from_resource (paths[i], uid, now_s));
    }

  return mails;
}

/**
 * pj_demo_mail_ref:
 * @self: the mail
 *
 * Returns: (transfer full): @self
 */
PjDemoMail *
pj_demo_mail_ref (PjDemoMail *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_demo_mail_unref:
 * @self: (transfer full): the mail
 */
void
pj_demo_mail_unref (PjDemoMail *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_free (self->uid);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * pj_demo_mail_get_uid:
 * @self: the mail
 *
 * Returns: (transfer none): its UIDL
 */
const char *
pj_demo_mail_get_uid (PjDemoMail *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->uid;
}

/**
 * pj_demo_mail_get_bytes:
 * @self: the mail
 *
 * Returns: (transfer none): the mail with CRLF line ends, not dot-stuffed
 */
GBytes *
pj_demo_mail_get_bytes (PjDemoMail *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}
