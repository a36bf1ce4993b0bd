/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjMailCssVisit:
 * @property: name, lower case
 * @value: lower case, white space as one blank, without "!important"
 * @user_data: what the caller gave along
 */
typedef void (*PjMailCssVisit) (const char *property, const char *value, gpointer user_data);

void     pj_mail_css_for_each (const char *style, PjMailCssVisit visit, gpointer user_data);
gboolean pj_mail_css_read_length (const char *text, double *px);
gboolean pj_mail_css_read_color (const char *text, guint32 *rgba);

G_END_DECLS
