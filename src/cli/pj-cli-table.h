/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PjCliTable PjCliTable;

PjCliTable *pj_cli_table_new (const char *const *titles);
void        pj_cli_table_free (PjCliTable *self);
void        pj_cli_table_align_right (PjCliTable *self, guint column);
void        pj_cli_table_keep_whole (PjCliTable *self, guint column);
void        pj_cli_table_add_row (PjCliTable *self, const char *const *cells);
char       *pj_cli_table_to_string (const PjCliTable *self, guint max_width);
guint       pj_cli_table_measure (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjCliTable, pj_cli_table_free)

G_END_DECLS
