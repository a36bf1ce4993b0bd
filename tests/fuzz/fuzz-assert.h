/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

void fuzz_assert_printable (const char *text);
void fuzz_assert_clean (const char *text);
void fuzz_assert_outcome (gboolean is_good, const GError *error);
