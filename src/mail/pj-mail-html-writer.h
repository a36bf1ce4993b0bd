/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-document.h"

G_BEGIN_DECLS

typedef struct _PjMailHtmlWriter PjMailHtmlWriter;

PjMailHtmlWriter *pj_mail_html_writer_new (gsize max_bytes);
PjMailDocument   *pj_mail_html_writer_finish (PjMailHtmlWriter *self);
gboolean          pj_mail_html_writer_is_full (const PjMailHtmlWriter *self);
gboolean          pj_mail_html_writer_is_cut (const PjMailHtmlWriter *self);
void              pj_mail_html_writer_set_style (PjMailHtmlWriter *self, PjMailSpanStyle style);
void pj_mail_html_writer_add_text (PjMailHtmlWriter *self, const char *text, gsize len);
void pj_mail_html_writer_add_image (PjMailHtmlWriter *self, const char *alt);
void pj_mail_html_writer_add_rule (PjMailHtmlWriter *self);
void pj_mail_html_writer_add_blank (PjMailHtmlWriter *self);
void pj_mail_html_writer_break_line (PjMailHtmlWriter *self);
void pj_mail_html_writer_need_lines (PjMailHtmlWriter *self, guint n);
void pj_mail_html_writer_start_heading (PjMailHtmlWriter *self, guint8 level);
void pj_mail_html_writer_end_heading (PjMailHtmlWriter *self);
void pj_mail_html_writer_start_row (PjMailHtmlWriter *self);
void pj_mail_html_writer_end_row (PjMailHtmlWriter *self);
void pj_mail_html_writer_start_cell (PjMailHtmlWriter *self);
void pj_mail_html_writer_start_link (PjMailHtmlWriter *self, const char *target);
void pj_mail_html_writer_end_link (PjMailHtmlWriter *self);
void pj_mail_html_writer_start_list (PjMailHtmlWriter *self, guint first_number);
void pj_mail_html_writer_end_list (PjMailHtmlWriter *self);
void pj_mail_html_writer_start_item (PjMailHtmlWriter *self, guint number);
void pj_mail_html_writer_start_quote (PjMailHtmlWriter *self);
void pj_mail_html_writer_end_quote (PjMailHtmlWriter *self);
void pj_mail_html_writer_start_pre (PjMailHtmlWriter *self);
void pj_mail_html_writer_end_pre (PjMailHtmlWriter *self);

G_END_DECLS
