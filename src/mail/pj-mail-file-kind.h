/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjMailFileKind:
 * @PJ_MAIL_FILE_UNKNOWN: nothing can be told
 * @PJ_MAIL_FILE_TEXT: opened in an editor, whatever it holds
 * @PJ_MAIL_FILE_DOCUMENT: looked at, heard or unpacked; what people expect
 * @PJ_MAIL_FILE_PROGRAM: machine code, or a package of it
 * @PJ_MAIL_FILE_SCRIPT: commands for an interpreter
 * @PJ_MAIL_FILE_SHORTCUT: opens something else, which may be a program
 * @PJ_MAIL_FILE_MACROS: a document of a kind that brings programs along
 * @PJ_MAIL_FILE_DISK_IMAGE: a file system; what lies in it has no mark of
 *   having come from the network
 * @PJ_MAIL_FILE_WEB_PAGE: opened in a browser, scripts and all
 *
 * What opening a file comes to, on whatever system it is opened.
 */
typedef enum
{
  PJ_MAIL_FILE_UNKNOWN,
  PJ_MAIL_FILE_TEXT,
  PJ_MAIL_FILE_DOCUMENT,
  PJ_MAIL_FILE_PROGRAM,
  PJ_MAIL_FILE_SCRIPT,
  PJ_MAIL_FILE_SHORTCUT,
  PJ_MAIL_FILE_MACROS,
  PJ_MAIL_FILE_DISK_IMAGE,
  PJ_MAIL_FILE_WEB_PAGE,
} PjMailFileKind;

PjMailFileKind pj_mail_file_kind_of_extension (const char *extension);
PjMailFileKind pj_mail_file_kind_of_type (const char *type);
gboolean       pj_mail_file_kind_is_dangerous (PjMailFileKind kind);

G_END_DECLS
