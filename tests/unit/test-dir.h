/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>

/* A folder that a test has for itself. */
typedef char TestDir;

static inline TestDir *
test_dir_new (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("pj-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

static inline void
test_dir_remove (TestDir *self)
{
  g_autoptr (GDir) dir = g_dir_open (self, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self), ==, 0);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestDir, test_dir_remove)
