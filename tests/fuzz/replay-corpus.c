/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

/* Stands in for libFuzzer where a target is built as an ordinary test: gives
 * it each file of the folder named by the first argument. */
int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  if (argc != 2)
    g_error ("Usage: %s CORPUS", argv[0]);

  dir = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *bytes = NULL;
      gsize len;

      g_file_get_contents (path, &bytes, &len, &error);
      g_assert_no_error (error);

      g_print ("%s\n", name);
      LLVMFuzzerTestOneInput ((const uint8_t *) bytes, len);
      n++;
    }

  /* An empty corpus would prove nothing. */
  g_assert_cmpuint (n, >, 0);
  return 0;
}
