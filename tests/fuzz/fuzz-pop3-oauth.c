/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "fuzz-assert.h"
#include "pop3/pj-pop3-oauth.h"

/* Why a token is refused is always told in our own words. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *reason = pj_pop3_oauth_explain_failure ((const char *) data, size);

  fuzz_assert_clean (reason);
  g_assert_true (g_str_is_ascii (reason));
  g_assert_nonnull (strstr (reason, "access token"));

  return 0;
}
