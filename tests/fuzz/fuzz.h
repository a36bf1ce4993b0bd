/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* What libFuzzer, or the driver that replays a corpus, calls. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
