/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-mail.h"

#include <string.h>

static const char *const folders[] = {
  "home", "work", "club", "arrivals/home", "arrivals/work", "arrivals/club",
};

static void
test_new (void)
{
  static const char wire[] = "Message-ID: <u@x>\r\n\r\n.\r\n";
  g_autoptr (PjDemoMail) mail = pj_demo_mail_new ("u", "Message-ID: <{ID}@x>\n\n.\n", 24, 0);

  g_assert_cmpstr (pj_demo_mail_get_uid (mail), ==, "u");
  g_assert_cmpmem (g_bytes_get_data (pj_demo_mail_get_bytes (mail), NULL),
                   g_bytes_get_size (pj_demo_mail_get_bytes (mail)), wire, strlen (wire));
}

/* RFC 1939 section 7: unique, 1 to 70 characters from 0x21 to 0x7E. */
static void
test_uids (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GPtrArray) mails = pj_demo_mail_list_folder (folders[i], 0);

      g_assert_cmpuint (mails->len, >=, 3);
      for (guint j = 0; j < mails->len; j++)
        {
          const char *uid = pj_demo_mail_get_uid (g_ptr_array_index (mails, j));

          g_assert_cmpuint (strlen (uid), <=, 70);
          for (const char *p = uid; *p != '\0'; p++)
            g_assert_true (g_ascii_isgraph (*p));
          g_assert_true (g_hash_table_add (seen, g_strdup (uid)));
        }
    }
}

/* The list of resources is written by hand: every file must be in it. */
static void
test_all_files_are_in (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path =
          g_test_build_filename (G_TEST_DIST, "..", "src", "demo", "mails", folders[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
      g_autoptr (GPtrArray) mails = pj_demo_mail_list_folder (folders[i], 0);
      const char *name;
      guint n = 0;

      g_assert_no_error (error);
      while ((name = g_dir_read_name (dir)) != NULL)
        n += g_str_has_suffix (name, ".eml") ? 1 : 0;
      g_assert_cmpuint (mails->len, ==, n);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/mail/new", test_new);
  g_test_add_func ("/demo/mail/uids", test_uids);
  g_test_add_func ("/demo/mail/all-files-are-in", test_all_files_are_in);
  return g_test_run ();
}
