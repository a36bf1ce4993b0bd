/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/pj-tsan.h"

/* A cancel takes effect within this time, wherever a session stands. A
 * sanitizer slows the program, and more so beside others. */
#if defined(__SANITIZE_ADDRESS__) || defined(PJ_TSAN)
#define CANCEL_LIMIT_US (1000 * 1000)
#else
#define CANCEL_LIMIT_US (100 * 1000)
#endif

/* The machine may be busy with something else at the moment of one try. */
#define CANCEL_TRIES 5

/* @cancel: cancels something and returns how long it took, in microseconds */
static inline void
assert_cancels_soon (gint64 (*cancel) (gpointer data), gpointer data)
{
  gint64 best_us = G_MAXINT64;

  for (guint i = 0; i < CANCEL_TRIES && best_us >= CANCEL_LIMIT_US; i++)
    best_us = MIN (best_us, cancel (data));

  g_assert_cmpint (best_us, <, CANCEL_LIMIT_US);
}
