/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * What a listener on the wire may not learn. Base64 is looked into, wherever
 * in a word it begins.
 */

gboolean session_plain_holds (GBytes *plain, const char *needle);
gboolean session_plain_logs_in (GBytes *plain);
