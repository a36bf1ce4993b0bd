/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-attachment-save.h"

#include "mailbox-fixture.h"
#include "model/pj-problem.h"

#define LISTING "C: STAT\nS: +OK 1 40\nC: UIDL\nS: +OK\nS: 1 aa\nS: .\n"

/* Part 0 is the mail, 1 its text, 2 the file. */
#define MAIL                                                                                       \
  "C: RETR 1\nS: +OK\nS: Content-Type: multipart/mixed; boundary=a\nS:\nS: --a\nS:\nS: Hi\n"       \
  "S: --a\nS: Content-Type: image/gif; name=.hidden.gif\n"                                         \
  "S: Content-Transfer-Encoding: base64\nS:\nS: R0lGODlh\nS: --a--\nS: .\n"

#define GOOD SCRIPT_LOGIN LISTING MAIL SCRIPT_QUIT

/* @name: (nullable): as it was listed */
static PjAttachmentSaveRequest *
new_request (PjMailbox *mailbox, guint part, const char *name, const char *path)
{
  PjAttachmentSaveRequest *request = g_new0 (PjAttachmentSaveRequest, 1);

  request->fetch = g_new0 (PjMessageFetchRequest, 1);
  request->fetch->mailbox = mailbox;
  request->fetch->uid = g_strdup ("aa");
  request->fetch->max_lines = G_MAXUINT;
  request->part = part;
  request->name = g_strdup (name);
  request->path = g_strdup (path);

  return request;
}

static PjSavedAttachment *
save (PjAttachmentSaveRequest *request, GError **error)
{
  PjSavedAttachment *saved = pj_attachment_save_run (request, NULL, error);

  pj_attachment_save_request_free (request);
  return saved;
}

static void
assert_gif (const PjSavedAttachment *saved, const char *dir, const char *name)
{
  g_autofree char *expected = g_build_filename (dir, name, NULL);
  g_autofree char *content = NULL;

  g_assert_cmpstr (saved->path, ==, expected);
  g_assert_true (g_file_get_contents (saved->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "GIF89a");
  g_assert_cmpuint (saved->place, ==, 0);
  g_assert_cmpuint (saved->mail->attachments->len, ==, 1);
}

static void
assert_empty (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);

  g_assert_null (g_dir_read_name (entries));
}

static void
test_into_a_folder (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autoptr (ScriptFixture) fixture = script_fixture_new (GOOD);
  g_autoptr (GError) error = NULL;
  g_autoptr (PjSavedAttachment) saved =
      save (new_request (script_fixture_open (fixture), 2, ".hidden.gif", dir), &error);

  g_assert_no_error (error);
  assert_gif (saved, dir, "hidden.gif");
}

static void
test_into_a_file_that_is_there (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autofree char *path = g_build_filename (dir, ".mine", NULL);
  g_autoptr (ScriptFixture) fixture = script_fixture_new (GOOD);
  g_autoptr (GError) error = NULL;
  g_autoptr (PjSavedAttachment) saved = NULL;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  saved = save (new_request (script_fixture_open (fixture), 2, NULL, path), &error);
  g_assert_no_error (error);
  assert_gif (saved, dir, ".mine");
}

static void
test_by_place (void)
{
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autoptr (ScriptFixture) fixture = script_fixture_new (GOOD);
  g_autoptr (GError) error = NULL;
  g_autoptr (PjSavedAttachment) saved =
      save (new_request (script_fixture_open (fixture), PJ_ATTACHMENT_ANY_PART, NULL, dir), &error);

  g_assert_no_error (error);
  assert_gif (saved, dir, "hidden.gif");
}

typedef struct
{
  const char *path;
  const char *script;
  guint part;
  const char *name;
  PjProblemCode code;
} BadCase;

static const BadCase bad_cases[] = {
  { "another-name", GOOD, 2, "other.gif", PJ_PROBLEM_UNSUPPORTED },
  { "another-part", GOOD, 1, NULL, PJ_PROBLEM_UNSUPPORTED },
  { "no-attachments-any-more",
    SCRIPT_LOGIN LISTING "C: RETR 1\nS: +OK\nS: A: b\nS:\nS: text\nS: .\n" SCRIPT_QUIT, 2, NULL,
    PJ_PROBLEM_UNSUPPORTED },
  { "gone", SCRIPT_LOGIN "C: STAT\nS: +OK 1 40\nC: UIDL\nS: +OK\nS: 1 bb\nS: .\n", 2, NULL,
    PJ_PROBLEM_UNSUPPORTED },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *c = data;
  g_autoptr (TestDir) dir = test_dir_new ();
  g_autoptr (ScriptFixture) fixture = script_fixture_new (c->script);
  g_autoptr (GError) error = NULL;

  g_assert_null (save (new_request (script_fixture_open (fixture), c->part, c->name, dir), &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, (int) c->code);
  assert_empty (dir);
}

static void
test_no_folder (void)
{
  g_autoptr (ScriptFixture) fixture = script_fixture_new (GOOD);
  g_autoptr (GError) error = NULL;

  g_assert_null (
      save (new_request (script_fixture_open (fixture), 2, NULL, "/nonexistent/a/b"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_free (void)
{
  pj_attachment_save_request_free (NULL);
  pj_saved_attachment_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/attachment-save/into-a-folder", test_into_a_folder);
  g_test_add_func ("/check/attachment-save/into-a-file-that-is-there",
                   test_into_a_file_that_is_there);
  g_test_add_func ("/check/attachment-save/by-place", test_by_place);
  g_test_add_func ("/check/attachment-save/no-folder", test_no_folder);
  g_test_add_func ("/check/attachment-save/free-nothing", test_free);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/check/attachment-save/", bad_cases[i].path, NULL);

      g_test_add_data_func (path, &bad_cases[i], test_bad);
    }

  return g_test_run ();
}
