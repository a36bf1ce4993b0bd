/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-danger.h"

#include <glib/gi18n.h>

#include "mail/pj-mail-file-kind.h"
#include "mail/pj-mail-file-name.h"
#include "mail/pj-mail-warning.h"

/* A reason names a few; each attachment is marked where it is listed. */
#define MAX_NAMED 3

typedef struct
{
  const char *code;
  PjMailCertainty certainty;
  const char *text;
} Danger;

/* The worst first: it stands for the others where there is room for one. */
static const Danger dangers[] = {
  { PJ_MAIL_DANGER_DISGUISED, PJ_MAIL_CERTAINTY_SURE,
    N_ ("It is not what its name or its type says.") },
  { PJ_MAIL_DANGER_DOUBLE_EXTENSION, PJ_MAIL_CERTAINTY_SURE,
    N_ ("Its name has two endings, and only the last one counts.") },
  { PJ_MAIL_DANGER_PROGRAM, PJ_MAIL_CERTAINTY_LIKELY, N_ ("It is a program: opening it runs it.") },
  { PJ_MAIL_DANGER_SCRIPT, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("It is a script: opening it may run commands.") },
  { PJ_MAIL_DANGER_SHORTCUT, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("It is a shortcut: opening it starts something else.") },
  { PJ_MAIL_DANGER_MACROS, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("It is a document that may bring programs along (macros).") },
  { PJ_MAIL_DANGER_DISK_IMAGE, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("It is a disk image, which hides what it holds from many virus scanners.") },
  { PJ_MAIL_DANGER_PROGRAM_INSIDE, PJ_MAIL_CERTAINTY_LIKELY,
    N_ ("It is an archive that holds a program, a script or a shortcut.") },
  { PJ_MAIL_DANGER_ENCRYPTED_ARCHIVE, PJ_MAIL_CERTAINTY_HINT,
    N_ ("It is locked with a password, so no virus scanner can look inside.") },
  { PJ_MAIL_DANGER_HTML_FILE, PJ_MAIL_CERTAINTY_HINT,
    N_ ("It is a web page. Pages sent by mail often imitate a place to sign in.") },
};

/* By PjMailFileKind. */
static const char *const code_of_kind[] = {
  [PJ_MAIL_FILE_PROGRAM] = PJ_MAIL_DANGER_PROGRAM,
  [PJ_MAIL_FILE_SCRIPT] = PJ_MAIL_DANGER_SCRIPT,
  [PJ_MAIL_FILE_SHORTCUT] = PJ_MAIL_DANGER_SHORTCUT,
  [PJ_MAIL_FILE_MACROS] = PJ_MAIL_DANGER_MACROS,
  [PJ_MAIL_FILE_DISK_IMAGE] = PJ_MAIL_DANGER_DISK_IMAGE,
  [PJ_MAIL_FILE_WEB_PAGE] = PJ_MAIL_DANGER_HTML_FILE,
};

/* What can be told of one attachment. */
typedef struct
{
  PjMailFileKind name;     /* by the ending of its name */
  PjMailFileKind other;    /* by the ending of the other name that it gives */
  PjMailFileKind inner;    /* by the ending in front of the last */
  PjMailFileKind declared; /* by its type */
  PjMailFileKind sniffed;  /* by its bytes */
} Kinds;

static const Danger *
find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dangers); i++)
    {
      if (g_str_equal (dangers[i].code, code))
        return &dangers[i];
    }

  return NULL;
}

static PjMailFileKind
kind_of_name (const char *name)
{
  return pj_mail_file_kind_of_extension (pj_mail_file_name_get_extension (name));
}

static gboolean
is_tame (PjMailFileKind kind)
{
  return kind == PJ_MAIL_FILE_TEXT || kind == PJ_MAIL_FILE_DOCUMENT;
}

/* An editor opens a text whatever it begins with: "#!" and tags run nothing
 * there. */
static gboolean
is_opened_as_text (const Kinds *kinds)
{
  PjMailFileKind shown = kinds->name != PJ_MAIL_FILE_UNKNOWN ? kinds->name : kinds->declared;

  return shown == PJ_MAIL_FILE_TEXT &&
         (kinds->sniffed == PJ_MAIL_FILE_SCRIPT || kinds->sniffed == PJ_MAIL_FILE_WEB_PAGE);
}

/* Whoever unpacks an archive that is named so runs nothing of it, though Java
 * and Android could. */
static gboolean
is_named_zip (const char *name, const char *sniffed)
{
  return g_ascii_strcasecmp (pj_mail_file_name_get_extension (name), "zip") == 0 &&
         (g_str_equal (sniffed, "application/java-archive") ||
          g_str_equal (sniffed, "application/vnd.android.package-archive"));
}

static Kinds
tell_kinds (const char *name, const char *other_name, const char *type, const char *sniffed)
{
  g_autofree char *inner = pj_mail_file_name_dup_inner_extension (name);
  Kinds kinds = {
    .name = kind_of_name (name),
    .other = kind_of_name (other_name),
    .inner = pj_mail_file_kind_of_extension (inner),
    .declared = pj_mail_file_kind_of_type (type),
    .sniffed = pj_mail_file_kind_of_type (sniffed),
  };

  if (is_opened_as_text (&kinds) || is_named_zip (name, sniffed))
    kinds.sniffed = PJ_MAIL_FILE_UNKNOWN;

  return kinds;
}

/* One says that it may be looked at, another that it runs. Patches and scripts
 * are honestly declared as text. */
static gboolean
is_disguised (const Kinds *kinds)
{
  gboolean has_dangerous_name = pj_mail_file_kind_is_dangerous (kinds->name);

  if (pj_mail_file_kind_is_dangerous (kinds->sniffed) &&
      (is_tame (kinds->name) || (kinds->name == PJ_MAIL_FILE_UNKNOWN && is_tame (kinds->declared))))
    return TRUE;
  if (has_dangerous_name && kinds->declared == PJ_MAIL_FILE_DOCUMENT)
    return TRUE;

  return is_tame (kinds->name) && pj_mail_file_kind_is_dangerous (kinds->other);
}

static gboolean
is_of_kind (const Kinds *kinds, const char *code)
{
  const PjMailFileKind said[] = { kinds->name, kinds->other, kinds->declared, kinds->sniffed };

  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    {
      if (g_strcmp0 (code_of_kind[said[i]], code) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has (const char *code, const Kinds *kinds, const PjMailSniffed *sniffed)
{
  if (g_str_equal (code, PJ_MAIL_DANGER_DISGUISED))
    return is_disguised (kinds);
  if (g_str_equal (code, PJ_MAIL_DANGER_DOUBLE_EXTENSION))
    return is_tame (kinds->inner) && pj_mail_file_kind_is_dangerous (kinds->name);
  if (g_str_equal (code, PJ_MAIL_DANGER_PROGRAM_INSIDE))
    return sniffed->holds_program;
  if (g_str_equal (code, PJ_MAIL_DANGER_ENCRYPTED_ARCHIVE))
    return sniffed->is_locked;
  if (g_str_equal (code, PJ_MAIL_DANGER_MACROS) && sniffed->has_macros)
    return TRUE;

  return is_of_kind (kinds, code);
}

/**
 * pj_mail_danger_find:
 * @name: its clean name; may be ""
 * @other_name: another clean name that it gives itself, as its type and its
 *   disposition may each have one and programs differ in which they take; or ""
 * @type: its media type as declared
 * @sniffed: what its bytes show
 *
 * Finds what is dangerous about an attachment. Nothing found proves nothing.
 *
 * Returns: (transfer full) (element-type utf8) (array zero-terminated=1): codes
 *   that are static, the worst first, and %NULL at the end
 */
GPtrArray *
pj_mail_danger_find (const char *name,
                     const char *other_name,
                     const char *type,
                     const PjMailSniffed *sniffed)
{
  GPtrArray *codes = g_ptr_array_new ();
  Kinds kinds;

  g_return_val_if_fail (name != NULL && other_name != NULL && type != NULL, codes);
  g_return_val_if_fail (sniffed != NULL, codes);

  kinds = tell_kinds (name, other_name, type, sniffed->type);
  for (gsize i = 0; i < G_N_ELEMENTS (dangers); i++)
    {
      if (has (dangers[i].code, &kinds, sniffed))
        g_ptr_array_add (codes, (gpointer) dangers[i].code);
    }
  g_ptr_array_add (codes, NULL);

  return codes;
}

/**
 * pj_mail_danger_get_text:
 * @code: one of PJ_MAIL_DANGER_…
 *
 * Returns: (transfer none): a sentence about the attachment in the user's
 *   language
 */
const char *
pj_mail_danger_get_text (const char *code)
{
  const Danger *danger;

  g_return_val_if_fail (code != NULL, NULL);
  danger = find (code);
  g_return_val_if_fail (danger != NULL, code);

  return _ (danger->text);
}

/**
 * pj_mail_danger_get_certainty:
 * @code: one of PJ_MAIL_DANGER_…
 *
 * Returns: how sure it is that something is wrong with a mail that has it
 */
PjMailCertainty
pj_mail_danger_get_certainty (const char *code)
{
  const Danger *danger;

  g_return_val_if_fail (code != NULL, PJ_MAIL_CERTAINTY_HINT);
  danger = find (code);
  g_return_val_if_fail (danger != NULL, PJ_MAIL_CERTAINTY_HINT);

  return danger->certainty;
}

static void
append_reason (GString *reason, const PjMailAttachment *attachment)
{
  const char *name = *attachment->name != '\0' ? attachment->name : attachment->type;

  if (reason->len > 0)
    g_string_append_c (reason, ' ');
  /* TRANSLATORS: name of an attachment, and a sentence about it */
  g_string_append_printf (reason, _ ("“%s”: %s"), name,
                          pj_mail_danger_get_text (attachment->dangers[0]));
}

/**
 * pj_mail_danger_warn:
 * @mail: a text in the making that has its attachments
 *
 * Warns of its dangerous attachments, if it has any: as sure as the surest,
 * with the first names and the worst of each for a reason.
 */
void
pj_mail_danger_warn (PjMailText *mail)
{
  g_autoptr (GString) reason = g_string_new (NULL);
  PjMailCertainty certainty = PJ_MAIL_CERTAINTY_HINT;
  PjMailWarning warning;
  guint n_dangerous = 0;

  g_return_if_fail (mail != NULL);

  for (guint i = 0; i < mail->attachments->len; i++)
    {
      const PjMailAttachment *attachment = g_ptr_array_index (mail->attachments, i);

      if (attachment->dangers[0] == NULL)
        continue;
      if (n_dangerous++ < MAX_NAMED)
        append_reason (reason, attachment);
      for (gsize j = 0; attachment->dangers[j] != NULL; j++)
        certainty = MAX (certainty, pj_mail_danger_get_certainty (attachment->dangers[j]));
    }
  if (n_dangerous == 0)
    return;

  warning = pj_mail_warning_make (PJ_MAIL_WARNING_DANGEROUS_ATTACHMENT, reason->str);
  warning.certainty = certainty;
  pj_mail_text_add_warning (mail, &warning);
}
