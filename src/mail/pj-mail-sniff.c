/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-sniff.h"

#include <string.h>

#include "mail/pj-mail-file-kind.h"
#include "mail/pj-mail-file-name.h"
#include "mail/pj-mail-magic.h"

/* What is looked for may lie across two pieces: so much is looked at twice.
 * The header of a ZIP entry with a name as long as archives have it. */
#define OVERLAP_BYTES 512

/* Header of a ZIP entry (APPNOTE.TXT 4.3.7). */
#define ZIP_HEADER_BYTES 30
#define ZIP_FLAGS_AT 6
#define ZIP_NAME_LEN_AT 26
#define ZIP_FLAG_LOCKED 1

typedef enum
{
  MARK_OOXML = 1 << 0,
  MARK_WORD = 1 << 1,
  MARK_EXCEL = 1 << 2,
  MARK_POWERPOINT = 1 << 3,
  MARK_MACROS = 1 << 4,
  MARK_JAR = 1 << 5,
  MARK_APK = 1 << 6,
  MARK_LOCKED = 1 << 7,
  MARK_PROGRAM = 1 << 8,
  MARK_MSI = 1 << 9,
  MARK_OUTLOOK = 1 << 10,
  MARK_ODF = 1 << 11,
  MARK_EPUB = 1 << 12,
} Mark;

/**
 * PjMailSniff:
 *
 * Looks at a file as it passes by, so that what stands at its end counts as
 * well and no more than its beginning is kept. One owner, any thread.
 */
struct _PjMailSniff
{
  /* Owned */
  GByteArray *head;   /* the first PJ_MAIL_MAGIC_BYTES */
  GByteArray *window; /* the end of what was fed, and then the next piece */

  /* Plain */
  const char *container; /* NULL: not told yet; "" when it is none */
  guint marks;           /* of Mark */
};

typedef struct
{
  const char *bytes;
  gsize len;
  Mark mark;
} Needle;

#define NEEDLE(bytes, mark)                                                                        \
  {                                                                                                \
    bytes, sizeof bytes - 1, mark                                                                  \
  }

/* Names of streams in an OLE file, in UTF-16 ([MS-CFB] section 2.6.1), and the
 * class of a Windows Installer package. */
static const Needle ole_needles[] = {
  NEEDLE ("_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0", MARK_MACROS),
  NEEDLE ("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", MARK_LOCKED),
  NEEDLE ("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", MARK_WORD),
  NEEDLE ("W\0o\0r\0k\0b\0o\0o\0k\0", MARK_EXCEL),
  NEEDLE ("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c\0u\0m\0e\0n\0t\0", MARK_POWERPOINT),
  NEEDLE ("_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s\0_\0v\0e\0r\0s\0i\0o\0n\0", MARK_OUTLOOK),
  NEEDLE ("\204\020\014\0\0\0\0\0\300\0\0\0\0\0\0F", MARK_MSI),
};

/* How names of ZIP entries begin, and what that makes of the archive. */
static const Needle entry_needles[] = {
  NEEDLE ("[Content_Types].xml", MARK_OOXML),
  NEEDLE ("word/", MARK_WORD),
  NEEDLE ("xl/", MARK_EXCEL),
  NEEDLE ("ppt/", MARK_POWERPOINT),
  NEEDLE ("META-INF/MANIFEST.MF", MARK_JAR),
  NEEDLE ("AndroidManifest.xml", MARK_APK),
};

/* Archive formats whose names tell, by what they are made of. The first that
 * fits counts. */
static const struct
{
  guint marks;
  const char *type;
} zip_types[] = {
  { MARK_OOXML | MARK_WORD | MARK_MACROS, "application/vnd.ms-word.document.macroEnabled.12" },
  { MARK_OOXML | MARK_EXCEL | MARK_MACROS, "application/vnd.ms-excel.sheet.macroEnabled.12" },
  { MARK_OOXML | MARK_POWERPOINT | MARK_MACROS,
    "application/vnd.ms-powerpoint.presentation.macroEnabled.12" },
  { MARK_OOXML | MARK_WORD,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  { MARK_OOXML | MARK_EXCEL, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { MARK_OOXML | MARK_POWERPOINT,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
  { MARK_APK, "application/vnd.android.package-archive" },
  { MARK_ODF, "application/vnd.oasis.opendocument.text" },
  { MARK_EPUB, "application/epub+zip" },
  { MARK_JAR, "application/java-archive" },
};

static const struct
{
  guint mark;
  const char *type;
} ole_types[] = {
  { MARK_WORD, "application/msword" },
  { MARK_EXCEL, "application/vnd.ms-excel" },
  { MARK_POWERPOINT, "application/vnd.ms-powerpoint" },
  { MARK_OUTLOOK, "application/vnd.ms-outlook" },
  { MARK_MSI, "application/x-msi" },
};

/* OpenDocument and EPUB say what they are in the first entry, as plain text. */
#define MIMETYPE_AT ZIP_HEADER_BYTES

/**
 * pj_mail_sniff_new:
 *
 * Returns: (transfer full): to be fed with one file
 */
PjMailSniff *
pj_mail_sniff_new (void)
{
  PjMailSniff *self = g_new0 (PjMailSniff, 1);

  self->head = g_byte_array_new ();
  self->window = g_byte_array_new ();

  return self;
}

/**
 * pj_mail_sniff_free:
 * @self: (transfer full): what was fed
 */
void
pj_mail_sniff_free (PjMailSniff *self)
{
  g_return_if_fail (self != NULL);

  g_byte_array_unref (self->head);
  g_byte_array_unref (self->window);
  g_free (self);
}

static void
look_for (PjMailSniff *self, const Needle *needles, gsize n_needles)
{
  for (gsize i = 0; i < n_needles; i++)
    {
      if ((self->marks & needles[i].mark) == 0 &&
          pj_mail_magic_has (self->window->data, self->window->len, needles[i].bytes,
                             needles[i].len))
        self->marks |= needles[i].mark;
    }
}

static void
note_entry_name (PjMailSniff *self, const char *name)
{
  g_autofree char *clean = pj_mail_file_name_clean (name);
  PjMailFileKind kind = pj_mail_file_kind_of_extension (pj_mail_file_name_get_extension (clean));

  if (kind >= PJ_MAIL_FILE_PROGRAM && kind <= PJ_MAIL_FILE_SHORTCUT)
    self->marks |= MARK_PROGRAM;
  if (g_ascii_strcasecmp (clean, "vbaProject.bin") == 0)
    self->marks |= MARK_MACROS;

  for (gsize i = 0; i < G_N_ELEMENTS (entry_needles); i++)
    {
      if (g_str_has_prefix (name, entry_needles[i].bytes))
        self->marks |= entry_needles[i].mark;
    }
}

/* An entry that is not whole in @len bytes comes again with the next piece. */
static void
note_entry (PjMailSniff *self, const guint8 *entry, gsize len)
{
  g_autofree char *name = NULL;
  gsize name_len;

  if (len < ZIP_HEADER_BYTES)
    return;

  name_len = (gsize) entry[ZIP_NAME_LEN_AT] | (gsize) entry[ZIP_NAME_LEN_AT + 1] << 8;
  if (name_len == 0 || name_len > OVERLAP_BYTES - ZIP_HEADER_BYTES ||
      len < ZIP_HEADER_BYTES + name_len)
    return;

  if ((entry[ZIP_FLAGS_AT] & ZIP_FLAG_LOCKED) != 0)
    self->marks |= MARK_LOCKED;
  name = g_strndup ((const char *) entry + ZIP_HEADER_BYTES, name_len);
  note_entry_name (self, name);
}

/* The entries themselves are gone through, not the directory at the end: that
 * one may be beyond what was fetched. */
static void
note_entries (PjMailSniff *self)
{
  const guint8 *p = self->window->data;
  const guint8 *end = p + self->window->len;

  while ((p = memchr (p, 'P', (gsize) (end - p))) != NULL)
    {
      if (end - p >= 4 && memcmp (p, "PK\003\004", 4) == 0)
        note_entry (self, p, (gsize) (end - p));
      p++;
    }
}

static void
note_mimetype (PjMailSniff *self)
{
  static const char odf[] = "mimetypeapplication/vnd.oasis.opendocument.";
  static const char epub[] = "mimetypeapplication/epub+zip";
  const guint8 *at = self->head->data + MIMETYPE_AT;

  if (self->head->len >= MIMETYPE_AT + strlen (odf) && memcmp (at, odf, strlen (odf)) == 0)
    self->marks |= MARK_ODF;
  if (self->head->len >= MIMETYPE_AT + strlen (epub) && memcmp (at, epub, strlen (epub)) == 0)
    self->marks |= MARK_EPUB;
}

static void
tell_container (PjMailSniff *self)
{
  const char *type = pj_mail_magic_find_type (self->head->data, self->head->len);

  self->container = "";
  if (g_str_equal (type, PJ_MAIL_MAGIC_ZIP) || g_str_equal (type, PJ_MAIL_MAGIC_OLE))
    self->container = type;
}

/**
 * pj_mail_sniff_feed:
 * @self: what was fed so far
 * @bytes: the next piece of the file
 * @len: bytes
 *
 * Looks at one more piece. Linear in it.
 */
void
pj_mail_sniff_feed (PjMailSniff *self, gconstpointer bytes, gsize len)
{
  gsize room;

  g_return_if_fail (self != NULL && (bytes != NULL || len == 0));

  if (len == 0)
    return;

  room = PJ_MAIL_MAGIC_BYTES - self->head->len;
  g_byte_array_append (self->head, bytes, (guint) MIN (room, len));
  g_byte_array_append (self->window, bytes, (guint) len);

  if (self->container == NULL && self->head->len >= ZIP_HEADER_BYTES)
    tell_container (self);
  if (g_strcmp0 (self->container, PJ_MAIL_MAGIC_OLE) == 0)
    look_for (self, ole_needles, G_N_ELEMENTS (ole_needles));
  else if (g_strcmp0 (self->container, PJ_MAIL_MAGIC_ZIP) == 0)
    note_entries (self);

  if (self->container != NULL && self->window->len > OVERLAP_BYTES)
    g_byte_array_remove_range (self->window, 0, self->window->len - OVERLAP_BYTES);
}

/* Returns: %TRUE when the headers of the archive, or the data of its first
 * file, are encrypted. RAR 5 (type of the first block) and RAR 4 (flags of the
 * archive and of the first file). */
static gboolean
is_locked_rar (const guint8 *head, gsize len)
{
  if (len > 12 && memcmp (head, "Rar!\032\007\001\0", 8) == 0)
    {
      /* Checksum, then a size of one byte for so short a block, then its type. */
      return (head[12] & 0x80) == 0 && len > 13 && head[13] == 4;
    }

  if (len < 20 + 5 || head[6] != 0 || head[9] != 0x73)
    return FALSE;

  return (head[10] & 0x80) != 0 || (head[22] == 0x74 && (head[23] & 0x04) != 0);
}

/* The list of methods stands at the end of the file when the names are
 * encrypted; number of the AES method by 7-Zip's Methods.txt. */
static gboolean
is_locked_7z (PjMailSniff *self)
{
  static const char aes[] = "\006\361\007\001";

  return pj_mail_magic_has (self->window->data, self->window->len, aes, strlen (aes));
}

static const char *
find_zip_type (guint marks)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zip_types); i++)
    {
      if ((marks & zip_types[i].marks) == zip_types[i].marks)
        return zip_types[i].type;
    }

  return PJ_MAIL_MAGIC_ZIP;
}

static const char *
find_ole_type (guint marks)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ole_types); i++)
    {
      if ((marks & ole_types[i].mark) != 0)
        return ole_types[i].type;
    }

  return PJ_MAIL_MAGIC_OLE;
}

/**
 * pj_mail_sniff_finish:
 * @self: a file that was fed as far as there is any of it
 *
 * Returns: what its bytes show
 */
PjMailSniffed
pj_mail_sniff_finish (PjMailSniff *self)
{
  const char *type;
  PjMailSniffed found = { "", FALSE, FALSE, FALSE };

  g_return_val_if_fail (self != NULL, found);

  type = pj_mail_magic_find_type (self->head->data, self->head->len);
  found.type = type;
  if (g_str_equal (type, PJ_MAIL_MAGIC_ZIP))
    {
      note_mimetype (self);
      found.type = find_zip_type (self->marks);
      found.holds_program =
          g_str_equal (found.type, PJ_MAIL_MAGIC_ZIP) && (self->marks & MARK_PROGRAM) != 0;
    }
  else if (g_str_equal (type, PJ_MAIL_MAGIC_OLE))
    {
      found.type = find_ole_type (self->marks);
    }

  found.has_macros = (self->marks & MARK_MACROS) != 0;
  found.is_locked = (self->marks & MARK_LOCKED) != 0;
  if (g_str_equal (type, PJ_MAIL_MAGIC_RAR))
    found.is_locked = is_locked_rar (self->head->data, self->head->len);
  else if (g_str_equal (type, PJ_MAIL_MAGIC_7Z))
    found.is_locked = is_locked_7z (self);

  return found;
}
