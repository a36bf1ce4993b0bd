/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-download.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "test-dir.h"

#define ORIGIN "pop://pop.example.org/"

static void
assert_names (const char *folder, guint n)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint found = 0;

  while (g_dir_read_name (dir) != NULL)
    found++;
  g_assert_cmpuint (found, ==, n);
}

static PjDownload *
write_file (const char *folder, const char *content)
{
  g_autoptr (GError) error = NULL;
  PjDownload *download = pj_download_new (folder, &error);

  g_assert_no_error (error);
  g_output_stream_write_all (pj_download_get_stream (download), content, strlen (content), NULL,
                             NULL, &error);
  g_assert_no_error (error);

  return download;
}

static char *
keep (const char *folder, const char *name, gboolean replaces)
{
  g_autoptr (PjDownload) download = write_file (folder, name);
  g_autoptr (GError) error = NULL;
  char *path = pj_download_keep (download, name, replaces, ORIGIN, NULL, &error);

  g_assert_no_error (error);
  return path;
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_kept (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = keep (dir, "a.sh", FALSE);
  g_autofree char *expected = g_build_filename (dir, "a.sh", NULL);
  GStatBuf status;

  g_assert_cmpstr (path, ==, expected);
  assert_content (path, "a.sh");
  assert_names (dir, 1);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 07777, ==, 0600);
}

static void
test_origin (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = keep (dir, "a", FALSE);
  char value[64] = "";

  if (getxattr (path, "user.xdg.origin.url", value, sizeof value) < 0)
    {
      g_assert_true (errno == ENOTSUP || errno == ENODATA);
      g_test_skip ("the file system keeps no attributes");
      return;
    }
  g_assert_cmpstr (value, ==, ORIGIN);
}

static void
test_taken_name_gets_a_number (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *first = keep (dir, "a.pdf", FALSE);
  g_autofree char *second = keep (dir, "a.pdf", FALSE);
  g_autofree char *third = keep (dir, "a.pdf", FALSE);

  g_assert_true (g_str_has_suffix (first, "/a.pdf"));
  g_assert_true (g_str_has_suffix (second, "/a (2).pdf"));
  g_assert_true (g_str_has_suffix (third, "/a (3).pdf"));
  assert_names (dir, 3);
}

/* A link is replaced itself, and nothing is written to where it points. */
static void
test_replaces (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *target = g_build_filename (dir, "target", NULL);
  g_autofree char *link = g_build_filename (dir, "b.pdf", NULL);
  g_autofree char *path = NULL;

  g_assert_true (g_file_set_contents (target, "kept", -1, NULL));
  g_assert_cmpint (symlink (target, link), ==, 0);
  path = keep (dir, "b.pdf", TRUE);
  g_assert_cmpstr (path, ==, link);
  assert_content (target, "kept");
  assert_content (path, "b.pdf");
  assert_names (dir, 2);
}

static void
test_not_kept (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  PjDownload *download = write_file (dir, "x");

  assert_names (dir, 1);
  pj_download_free (download);
  assert_names (dir, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  PjDownload *download = write_file (dir, "x");

  g_cancellable_cancel (cancellable);
  g_assert_null (pj_download_keep (download, "a", FALSE, ORIGIN, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  pj_download_free (download);
  assert_names (dir, 0);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_download_new ("/nonexistent/folder", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nonexistent/folder"));
}

/* A folder stands where the file should. */
static void
test_cannot_replace (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *folder = g_build_filename (dir, "a", NULL);
  g_autoptr (GError) error = NULL;
  PjDownload *download = write_file (dir, "x");

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_null (pj_download_keep (download, "a", TRUE, ORIGIN, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  pj_download_free (download);
  assert_names (dir, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/download/kept", test_kept);
  g_test_add_func ("/check/download/origin", test_origin);
  g_test_add_func ("/check/download/taken-name-gets-a-number", test_taken_name_gets_a_number);
  g_test_add_func ("/check/download/replaces", test_replaces);
  g_test_add_func ("/check/download/not-kept", test_not_kept);
  g_test_add_func ("/check/download/cancelled", test_cancelled);
  g_test_add_func ("/check/download/no-folder", test_no_folder);
  g_test_add_func ("/check/download/cannot-replace", test_cannot_replace);

  return g_test_run ();
}
