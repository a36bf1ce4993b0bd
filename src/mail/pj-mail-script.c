/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-script.h"

#include <string.h>

#include <unicode/uspoof.h>

/* A character becomes at most 18 others in a skeleton (Unicode UTS 39, confusables.txt). */
#define MAX_SKELETON_BYTES (16 * PJ_MAIL_SCRIPT_MAX_BYTES)

/* Opened once and only read afterwards: ICU lets any thread ask them then. */
static const USpoofChecker *
open_checker (int32_t checks, gboolean only_usual_chars)
{
  UErrorCode status = U_ZERO_ERROR;
  USpoofChecker *checker = uspoof_open (&status);

  if (U_SUCCESS (status))
    uspoof_setRestrictionLevel (checker, USPOOF_MODERATELY_RESTRICTIVE);
  if (only_usual_chars && U_SUCCESS (status))
    {
      USet *usual = uset_openEmpty ();

      uset_addAll (usual, uspoof_getRecommendedSet (&status));
      uset_addAll (usual, uspoof_getInclusionSet (&status));
      uspoof_setAllowedChars (checker, usual, &status);
      uset_close (usual);
    }
  uspoof_setChecks (checker, checks, &status);
  if (U_FAILURE (status))
    g_error ("ICU has no data to compare scripts with: %s", u_errorName (status));

  return checker;
}

static gpointer
open_mix_checker (gpointer data)
{
  return (gpointer) open_checker (USPOOF_RESTRICTION_LEVEL, FALSE);
}

static gpointer
open_usual_checker (gpointer data)
{
  return (gpointer) open_checker (USPOOF_RESTRICTION_LEVEL | USPOOF_CHAR_LIMIT | USPOOF_INVISIBLE |
                                      USPOOF_MIXED_NUMBERS | USPOOF_HIDDEN_OVERLAY,
                                  TRUE);
}

static gboolean
passes (const USpoofChecker *checker, const char *name)
{
  gsize len = strlen (name);
  UErrorCode status = U_ZERO_ERROR;

  if (len > PJ_MAIL_SCRIPT_MAX_BYTES)
    return FALSE;

  return uspoof_check2UTF8 (checker, name, (int32_t) len, NULL, &status) == 0 && U_SUCCESS (status);
}

/**
 * pj_mail_script_is_mixed:
 * @name: UTF-8
 *
 * Finds scripts side by side that no language writes so, such as Latin and
 * Cyrillic; Latin beside Japanese or Arabic is not mixed. Any thread.
 *
 * Reference: Unicode UTS 39 section 5.2, "moderately restrictive"
 *
 * Returns: whether @name is mixed, or longer than %PJ_MAIL_SCRIPT_MAX_BYTES
 */
gboolean
pj_mail_script_is_mixed (const char *name)
{
  static GOnce once = G_ONCE_INIT;

  g_return_val_if_fail (name != NULL, TRUE);

  return !passes (g_once (&once, open_mix_checker, NULL), name);
}

/**
 * pj_mail_script_is_usual:
 * @name: UTF-8
 *
 * Any thread.
 *
 * Reference: Unicode UTS 39 sections 3.1, 5.2 and 5.3
 *
 * Returns: whether @name is not mixed and has only characters that living
 *   languages write names with: no signs, no pictures, nothing invisible, no
 *   digits of several scripts
 */
gboolean
pj_mail_script_is_usual (const char *name)
{
  static GOnce once = G_ONCE_INIT;

  g_return_val_if_fail (name != NULL, FALSE);

  return passes (g_once (&once, open_usual_checker, NULL), name);
}

static gpointer
open_any_checker (gpointer data)
{
  return (gpointer) open_checker (USPOOF_CONFUSABLE, FALSE);
}

/**
 * pj_mail_script_dup_skeleton:
 * @name: UTF-8
 *
 * Two names whose skeletons are equal look alike. A skeleton is for comparing
 * only, not for showing. Any thread.
 *
 * Reference: Unicode UTS 39 section 4
 *
 * Returns: (transfer full): UTF-8, decomposed; a copy of @name when that is
 *   longer than %PJ_MAIL_SCRIPT_MAX_BYTES
 */
char *
pj_mail_script_dup_skeleton (const char *name)
{
  static GOnce once = G_ONCE_INIT;
  char skeleton[MAX_SKELETON_BYTES];
  UErrorCode status = U_ZERO_ERROR;
  gsize len;
  int32_t n;

  g_return_val_if_fail (name != NULL, NULL);

  len = strlen (name);
  if (len > PJ_MAIL_SCRIPT_MAX_BYTES)
    return g_strdup (name);

  n = uspoof_getSkeletonUTF8 (g_once (&once, open_any_checker, NULL), 0, name, (int32_t) len,
                              skeleton, MAX_SKELETON_BYTES, &status);
  if (U_FAILURE (status) || n > MAX_SKELETON_BYTES)
    return g_strdup (name);

  return g_strndup (skeleton, (gsize) n);
}

/**
 * pj_mail_script_passes_for_ascii:
 * @name: UTF-8
 *
 * Any thread.
 *
 * Returns: whether @name has letters of other scripts or with marks, and yet
 *   looks as if it were ASCII throughout
 */
gboolean
pj_mail_script_passes_for_ascii (const char *name)
{
  g_autofree char *skeleton = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  if (g_str_is_ascii (name))
    return FALSE;

  skeleton = pj_mail_script_dup_skeleton (name);
  return g_str_is_ascii (skeleton);
}
