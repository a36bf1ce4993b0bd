/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PJ_TYPE_PIN_ROW (pj_pin_row_get_type ())
G_DECLARE_FINAL_TYPE (PjPinRow, pj_pin_row, PJ, PIN_ROW, AdwActionRow)

const char *pj_pin_row_get_pin (PjPinRow *self);
const char *pj_pin_row_get_summary (PjPinRow *self);
void        pj_pin_row_set_pin (PjPinRow *self, const char *pin, const char *summary);

G_END_DECLS
