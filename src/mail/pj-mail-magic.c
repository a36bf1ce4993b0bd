/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-magic.h"

#include <string.h>

/* Readers accept what stands in front of these: a PDF within the first
 * kilobyte (ISO 32000-1 annex H, note 13), a page behind comments. */
#define TEXT_BYTES 1024

/* A program for Windows tells at this place where its true header begins. */
#define PE_POINTER 0x3C

/* Mach-O for several processors and Java classes begin alike. What follows is
 * the number of processors here, and a version from 45 there. */
#define MAX_MACH_PROCESSORS 44

typedef struct
{
  const char *magic;
  guint len;
  guint at;
  const char *type;
} Magic;

#define MAGIC(bytes, at, type)                                                                     \
  {                                                                                                \
    bytes, sizeof bytes - 1, at, type                                                              \
  }

static const Magic magics[] = {
  MAGIC ("AI\001", 8, "application/vnd.appimage"),
  MAGIC ("AI\002", 8, "application/vnd.appimage"),
  MAGIC ("\177ELF", 0, "application/x-executable"),
  MAGIC ("\376\355\372\316", 0, "application/x-mach-binary"),
  MAGIC ("\376\355\372\317", 0, "application/x-mach-binary"),
  MAGIC ("\316\372\355\376", 0, "application/x-mach-binary"),
  MAGIC ("\317\372\355\376", 0, "application/x-mach-binary"),
  MAGIC ("#!", 0, "text/x-script"),
  MAGIC ("\357\273\277#!", 0, "text/x-script"),
  MAGIC ("\320\317\021\340\241\261\032\341", 0, PJ_MAIL_MAGIC_OLE),
  MAGIC ("PK\003\004", 0, PJ_MAIL_MAGIC_ZIP),
  MAGIC ("PK\005\006", 0, PJ_MAIL_MAGIC_ZIP),
  MAGIC ("Rar!\032\007", 0, PJ_MAIL_MAGIC_RAR),
  MAGIC ("7z\274\257\047\034", 0, PJ_MAIL_MAGIC_7Z),
  MAGIC ("L\0\0\0\001\024\002\0\0\0\0\0\300\0\0\0\0\0\0F", 0, "application/x-ms-shortcut"),
  MAGIC ("!<arch>\ndebian", 0, "application/vnd.debian.binary-package"),
  MAGIC ("\355\253\356\333", 0, "application/x-rpm"),
  MAGIC ("MSCF\0\0\0\0", 0, "application/vnd.ms-cab-compressed"),
  MAGIC ("ITSF\003\0\0\0", 0, "application/vnd.ms-htmlhelp"),
  MAGIC (
      "\344\122\134\173\214\330\247\115\256\261\123\170\320\051\226\323", 0, "application/onenote"),
  MAGIC ("CD001", 0x8001, "application/x-iso9660-image"),
  MAGIC ("BEA01", 0x8001, "application/x-iso9660-image"),
  MAGIC ("conectix", 0, "application/x-vhd-disk"),
  MAGIC ("vhdxfile", 0, "application/x-vhdx-disk"),
  MAGIC ("{\\rt", 0, "application/rtf"),
  MAGIC ("\211PNG\r\n\032\n", 0, "image/png"),
  MAGIC ("\377\330\377", 0, "image/jpeg"),
  MAGIC ("GIF87a", 0, "image/gif"),
  MAGIC ("GIF89a", 0, "image/gif"),
  MAGIC ("WEBP", 8, "image/webp"),
  MAGIC ("II*\0", 0, "image/tiff"),
  MAGIC ("MM\0*", 0, "image/tiff"),
  MAGIC ("\037\213\010", 0, "application/gzip"),
  MAGIC ("BZh", 0, "application/x-bzip2"),
  MAGIC ("\3757zXZ\0", 0, "application/x-xz"),
  MAGIC ("\050\265\057\375", 0, "application/zstd"),
};

/* Marks within the first text of a file, in lower case; the first that is
 * there counts, so what runs stands before what shows. */
static const Magic marks[] = {
  MAGIC ("<hta:application", 0, "application/hta"),
  MAGIC ("<!doctype html", 0, "text/html"),
  MAGIC ("<html", 0, "text/html"),
  MAGIC ("<svg", 0, "image/svg+xml"),
  MAGIC ("<head", 0, "text/html"),
  MAGIC ("<body", 0, "text/html"),
  MAGIC ("<iframe", 0, "text/html"),
  MAGIC ("<meta http-equiv", 0, "text/html"),
  MAGIC ("<script", 0, "text/html"),
};

/* Formats of lines that begin with a word in brackets. */
static const Magic sections[] = {
  MAGIC ("[internetshortcut]", 0, "application/x-mswinurl"),
  MAGIC ("[desktop entry]", 0, "application/x-desktop"),
  MAGIC ("@echo off", 0, "application/x-bat"),
};

static gboolean
has_at (const guint8 *bytes, gsize len, const Magic *magic)
{
  return len >= magic->at + magic->len && memcmp (bytes + magic->at, magic->magic, magic->len) == 0;
}

static guint32
read_le32 (const guint8 *bytes)
{
  return (guint32) bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16 |
         (guint32) bytes[3] << 24;
}

/* "MZ" alone may begin a text; a program has a header of numbers behind it. */
static gboolean
is_windows_program (const guint8 *head, gsize len)
{
  gsize at;

  if (len < PE_POINTER + 4 || memcmp (head, "MZ", 2) != 0)
    return FALSE;

  at = read_le32 (head + PE_POINTER);
  if (at <= len - 4 && memcmp (head + at, "PE\0\0", 4) == 0)
    return TRUE;

  return memchr (head, '\0', PE_POINTER) != NULL;
}

static const char *
tell_cafebabe (const guint8 *head, gsize len)
{
  if (len < 8 || memcmp (head, "\312\376\272\276", 4) != 0)
    return NULL;

  return head[4] == 0 && head[5] == 0 && head[6] == 0 && head[7] <= MAX_MACH_PROCESSORS
             ? "application/x-mach-binary"
             : "application/java-vm";
}

/* Returns: (transfer full): the beginning of a text in ASCII and lower case,
 * without byte order mark and blanks in front; what is not a text comes out as
 * something that no mark matches */
static char *
dup_beginning (const guint8 *head, gsize len)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean is_wide =
      len >= 2 && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF));

  for (gsize i = 0; i < len && text->len < TEXT_BYTES; i++)
    {
      guint8 c = head[i];

      if (c >= 0x80 && text->len == 0)
        continue;
      if (c == '\0' && is_wide)
        continue;
      if (g_ascii_isspace (c) && text->len == 0)
        continue;
      g_string_append_c (text, c == '\0' ? '\177' : g_ascii_tolower ((char) c));
    }

  return g_strdup (text->str);
}

/* Returns: whether @text has the whole word, "<head" but not "<header" */
static gboolean
has_mark (const char *text, const Magic *mark)
{
  while ((text = strstr (text, mark->magic)) != NULL)
    {
      text += mark->len;
      if (!g_ascii_isalnum (*text))
        return TRUE;
    }

  return FALSE;
}

static const char *
find_mark (const guint8 *head, gsize len)
{
  g_autofree char *text = dup_beginning (head, len);

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (g_str_has_prefix (text, sections[i].magic))
        return sections[i].type;
    }
  if (strstr (text, "%pdf-") != NULL)
    return "application/pdf";
  if (*text != '<')
    return "";
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (has_mark (text, &marks[i]))
        return marks[i].type;
    }

  return "";
}

/**
 * pj_mail_magic_find_type:
 * @head: how a file begins
 * @len: bytes; more than %PJ_MAIL_MAGIC_BYTES tell nothing more
 *
 * Tells a file by its first bytes. The table is our own, and short: GIO's
 * depends on what is installed, goes by the name as well, and knows a thousand
 * types of which none runs; here two machines must give one mail one answer.
 *
 * Returns: (transfer none): its media type; "" when they show none
 */
const char *
pj_mail_magic_find_type (const guint8 *head, gsize len)
{
  const char *type;

  g_return_val_if_fail (head != NULL || len == 0, "");

  if (is_windows_program (head, len))
    return "application/vnd.microsoft.portable-executable";

  type = tell_cafebabe (head, len);
  if (type != NULL)
    return type;

  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      if (has_at (head, len, &magics[i]))
        return magics[i].type;
    }

  return find_mark (head, len);
}

/**
 * pj_mail_magic_has:
 * @bytes: where to look
 * @len: bytes
 * @sought: (array length=sought_len): what to look for, of any bytes
 * @sought_len: bytes, 1 or more
 *
 * Returns: whether @sought is within @bytes
 */
gboolean
pj_mail_magic_has (const guint8 *bytes, gsize len, const char *sought, gsize sought_len)
{
  const guint8 *end = bytes + len;

  g_return_val_if_fail (sought != NULL && sought_len > 0, FALSE);

  while (len >= sought_len)
    {
      const guint8 *p = memchr (bytes, sought[0], len - sought_len + 1);

      if (p == NULL)
        return FALSE;
      if (memcmp (p, sought, sought_len) == 0)
        return TRUE;
      bytes = p + 1;
      len = (gsize) (end - bytes);
    }

  return FALSE;
}
