/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* What a socket pair takes at once with room to spare. */
#define FUZZ_WIRE_MAX_BYTES 65536

/**
 * FuzzWirePace:
 * @FUZZ_WIRE_AT_ONCE: behind its greeting the server says all at the first
 *   command
 * @FUZZ_WIRE_WHEN_ASKED: each command is answered by as much as is an answer to
 *   it by its form
 *
 * When the server says what it says.
 */
typedef enum
{
  FUZZ_WIRE_AT_ONCE,
  FUZZ_WIRE_WHEN_ASKED,
} FuzzWirePace;

void    fuzz_wire_serve (const uint8_t *data, size_t size, FuzzWirePace pace);
GBytes *fuzz_wire_end (void);
