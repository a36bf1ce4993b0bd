/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-magic.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *bytes;
  gsize len;
  const char *type;
} Case;

#define CASE(name, bytes, type)                                                                    \
  {                                                                                                \
    name, bytes, sizeof bytes - 1, type                                                            \
  }

#define ZEROS_16 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define EXECUTABLE "application/vnd.microsoft.portable-executable"

static const Case cases[] = {
  CASE ("nothing", "", ""),
  CASE ("one-byte", "M", ""),
  CASE ("plain-text", "Dear Ala, the plan is attached.\n", ""),
  CASE ("windows-program",
        "MZ\220\0" ZEROS_16 ZEROS_16 ZEROS_16 "\0\0\0\0\0\0\0\0\x40\0\0\0PE\0\0",
        EXECUTABLE),
  CASE ("dos-program", "MZ\001\0" ZEROS_16 ZEROS_16 ZEROS_16 ZEROS_16, EXECUTABLE),
  CASE ("pointer-out-of-the-file",
        "MZ\220\220" ZEROS_16 ZEROS_16 ZEROS_16 "\0\0\0\0\0\0\0\0\377\377\377\377",
        EXECUTABLE),
  CASE ("text-that-begins-with-mz",
        "MZ is what a program for Windows begins with, as everybody in this room knows by now.",
        ""),
  CASE ("elf", "\177ELF\002\001\001", "application/x-executable"),
  CASE ("appimage", "\177ELF\002\001\001\0AI\002", "application/vnd.appimage"),
  CASE ("mach-o", "\317\372\355\376\007\0\0\001", "application/x-mach-binary"),
  CASE ("mach-o-for-two", "\312\376\272\276\0\0\0\002", "application/x-mach-binary"),
  CASE ("java-class", "\312\376\272\276\0\0\0\075", "application/java-vm"),
  CASE ("shell-script", "#!/bin/sh\n", "text/x-script"),
  CASE ("batch", "\r\n@ECHO OFF\r\ndel *.*\r\n", "application/x-bat"),
  CASE ("shortcut", "L\0\0\0\001\024\002\0\0\0\0\0\300\0\0\0\0\0\0F", "application/x-ms-shortcut"),
  CASE ("internet-shortcut", "[InternetShortcut]\r\nURL=http://x\r\n", "application/x-mswinurl"),
  CASE ("desktop-entry", "[Desktop Entry]\nExec=sh\n", "application/x-desktop"),
  CASE ("debian-package", "!<arch>\ndebian-binary", "application/vnd.debian.binary-package"),
  CASE ("library", "!<arch>\nmain.o/", ""),
  CASE ("zip", "PK\003\004", "application/zip"),
  CASE ("empty-zip", "PK\005\006", "application/zip"),
  CASE ("rar", "Rar!\032\007\001\0", "application/vnd.rar"),
  CASE ("7z", "7z\274\257\047\034", "application/x-7z-compressed"),
  CASE ("ole", "\320\317\021\340\241\261\032\341", "application/x-ole-storage"),
  CASE ("pdf", "%PDF-1.4\n", "application/pdf"),
  CASE ("pdf-behind-something", "junk\n\n%PDF-1.4\n", "application/pdf"),
  CASE ("png", "\211PNG\r\n\032\n", "image/png"),
  CASE ("jpeg", "\377\330\377\340", "image/jpeg"),
  CASE ("gif", "GIF89a", "image/gif"),
  CASE ("webp", "RIFF\1\2\3\4WEBPVP8 ", "image/webp"),
  CASE ("wave", "RIFF\1\2\3\4WAVEfmt ", ""),
  CASE ("html", "\r\n <!DOCTYPE HTML><p>", "text/html"),
  CASE ("html-with-bom", "\357\273\277<html>", "text/html"),
  CASE ("html-in-utf-16", "\377\376<\0h\0t\0m\0l\0>\0", "text/html"),
  CASE ("html-behind-a-comment", "<!-- saved --><script>x</script>", "text/html"),
  CASE ("no-html", "<header>x</header>", ""),
  CASE ("text-about-html", "Write <html> first.", ""),
  CASE ("hta", "<html><head><HTA:APPLICATION ID=x>", "application/hta"),
  CASE ("svg", "<?xml version='1.0'?><svg xmlns='x'>", "image/svg+xml"),
  CASE ("rtf", "{\\rtf1", "application/rtf"),
  CASE ("cabinet", "MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
  CASE ("gzip", "\037\213\010", "application/gzip"),
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree guint8 *exact = g_memdup2 (c->bytes, MAX (c->len, 1));

  g_assert_cmpstr (pj_mail_magic_find_type (exact, c->len), ==, c->type);
}

static void
test_disk_image (void)
{
  g_autofree guint8 *image = g_malloc0 (PJ_MAIL_MAGIC_BYTES);

  g_assert_cmpstr (pj_mail_magic_find_type (image, PJ_MAIL_MAGIC_BYTES), ==, "");
  memcpy (image + 0x8001, "CD001", 5);
  g_assert_cmpstr (pj_mail_magic_find_type (image, PJ_MAIL_MAGIC_BYTES), ==,
                   "application/x-iso9660-image");
  g_assert_cmpstr (pj_mail_magic_find_type (image, 0x8005), ==, "");
}

static void
test_has (void)
{
  static const guint8 bytes[] = "aab\0ab";

  g_assert_true (pj_mail_magic_has (bytes, 6, "ab", 2));
  g_assert_true (pj_mail_magic_has (bytes, 6, "b\0ab", 4));
  g_assert_true (pj_mail_magic_has (bytes, 6, "aab\0ab", 6));
  g_assert_false (pj_mail_magic_has (bytes, 5, "b\0ab", 4));
  g_assert_false (pj_mail_magic_has (bytes, 1, "ab", 2));
  g_assert_false (pj_mail_magic_has (NULL, 0, "a", 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/magic/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/magic/disk-image", test_disk_image);
  g_test_add_func ("/mail/magic/has", test_has);

  return g_test_run ();
}
