/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "mail/pj-mail-danger.h"

static PjMailSniffed
sniff_in_pieces (const uint8_t *data, size_t size, size_t piece)
{
  g_autoptr (PjMailSniff) sniff = pj_mail_sniff_new ();

  for (size_t at = 0; at < size; at += piece)
    pj_mail_sniff_feed (sniff, data + at, MIN (piece, size - at));

  return pj_mail_sniff_finish (sniff);
}

/* What a file is taken for does not depend on how it came in pieces. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  PjMailSniffed whole = sniff_in_pieces (data, size, MAX (size, 1));
  PjMailSniffed pieces = sniff_in_pieces (data, size, 1 + size % 61);
  g_autoptr (GPtrArray) dangers = pj_mail_danger_find ("a.pdf", "", "application/pdf", &whole);

  g_assert_cmpstr (whole.type, ==, pieces.type);
  g_assert_cmpint (whole.has_macros, ==, pieces.has_macros);
  g_assert_cmpint (whole.holds_program, ==, pieces.holds_program);
  if (g_strcmp0 (whole.type, "application/x-7z-compressed") != 0)
    g_assert_cmpint (whole.is_locked, ==, pieces.is_locked);
  g_assert_null (g_ptr_array_index (dangers, dangers->len - 1));

  return 0;
}
