/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-download.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>

#include "mail/pj-mail-file-name.h"

/* Files of one name in one folder after which to give up. */
#define MAX_NUMBER 1000

/* What came from elsewhere is for its owner to read, and not to be run. */
#define MODE 0600

/* freedesktop.org, "Common extended attributes": where a file came from. */
#define ORIGIN_ATTRIBUTE "user.xdg.origin.url"

/**
 * PjDownload:
 *
 * A file in the making, under a name of its own in the folder where it is to
 * lie: whoever looks there sees all of it or nothing, and nothing is left of one
 * that is not kept. Never executable. Any one thread; all its calls block.
 */
struct _PjDownload
{
  /* Owned */
  char *folder;
  char *path; /* where it is now; NULL once it is kept */
  GOutputStream *stream;

  /* Plain */
  int fd; /* closed with @stream */
};

static void
set_error (GError **error, int number, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "%s: %s", name,
               g_strerror (number));
}

/**
 * pj_download_new:
 * @folder: folder in which it is to lie
 * @error: return location; #GIOErrorEnum of the file system
 *
 * Returns: (transfer full): an empty file in the making
 */
PjDownload *
pj_download_new (const char *folder, GError **error)
{
  g_autofree char *path = NULL;
  PjDownload *self;
  int fd;

  g_return_val_if_fail (folder != NULL, NULL);

  path = g_build_filename (folder, ".popinjay-XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, MODE);
  if (fd < 0)
    {
      set_error (error, errno, folder);
      return NULL;
    }

  self = g_new0 (PjDownload, 1);
  self->folder = g_strdup (folder);
  self->path = g_steal_pointer (&path);
  self->fd = fd;
  self->stream = g_unix_output_stream_new (fd, TRUE);

  return self;
}

/**
 * pj_download_free:
 * @self: (transfer full): the file; removed unless it was kept
 */
void
pj_download_free (PjDownload *self)
{
  g_return_if_fail (self != NULL);

  g_object_unref (self->stream);
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

/**
 * pj_download_get_stream:
 * @self: a file that is not kept yet
 *
 * Returns: (transfer none): where its bytes go
 */
GOutputStream *
pj_download_get_stream (PjDownload *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->stream;
}

/* Takes a name that is free, so that no file that another program makes at
 * this moment is lost. Returns: (transfer full): its path */
static char *
reserve (PjDownload *self, const char *name, GError **error)
{
  for (guint number = 1; number <= MAX_NUMBER; number++)
    {
      g_autofree char *numbered =
          number > 1 ? pj_mail_file_name_number (name, number) : g_strdup (name);
      g_autofree char *path = g_build_filename (self->folder, numbered, NULL);
      int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, MODE);

      if (fd >= 0)
        {
          close (fd);
          return g_steal_pointer (&path);
        }
      if (errno != EEXIST || number == MAX_NUMBER)
        {
          set_error (error, errno, path);
          break;
        }
    }

  return NULL;
}

/* The name of a new file is safe on disk when its folder is. Not all file
 * systems can do it, and the file is there all the same. */
static void
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;

  fsync (fd);
  close (fd);
}

static gboolean
finish_content (PjDownload *self, const char *origin, GCancellable *cancellable, GError **error)
{
  /* Nothing depends on it, and FAT, say, has no attributes. */
  if (origin != NULL && fsetxattr (self->fd, ORIGIN_ATTRIBUTE, origin, strlen (origin), 0) != 0)
    g_debug ("No mark of where the file is from: %s", g_strerror (errno));

  if (fsync (self->fd) != 0)
    {
      set_error (error, errno, self->path);
      return FALSE;
    }

  return g_output_stream_close (self->stream, cancellable, error);
}

/**
 * pj_download_keep:
 * @self: a file that is complete
 * @name: what to call it; a name from pj_mail_file_name_to_save() unless
 *   @replaces
 * @replaces: whether it takes the place of a file of that name; otherwise it
 *   gets a number where there is one
 * @origin: (nullable): URL to be noted with it where the file system can
 * @cancellable: (nullable): stops it
 * @error: return location; #GIOErrorEnum of the file system
 *
 * Gives the file its name once its bytes are on the disk. To be called once.
 *
 * Returns: (transfer full): its path; %NULL with @error set, and nothing is left
 */
char *
pj_download_keep (PjDownload *self,
                  const char *name,
                  gboolean replaces,
                  const char *origin,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL && self->path != NULL && name != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !finish_content (self, origin, cancellable, error))
    return NULL;

  path = replaces ? g_build_filename (self->folder, name, NULL) : reserve (self, name, error);
  if (path == NULL)
    return NULL;

  if (g_rename (self->path, path) != 0)
    {
      set_error (error, errno, path);
      if (!replaces)
        g_unlink (path);
      return NULL;
    }

  g_clear_pointer (&self->path, g_free);
  sync_folder (self->folder);

  return g_steal_pointer (&path);
}
