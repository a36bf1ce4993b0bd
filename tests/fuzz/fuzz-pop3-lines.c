/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memrchr */
#include "fuzz.h"

#include <string.h>

#include "fuzz-assert.h"
#include "fuzz-wire.h"
#include "net/pj-line-reader.h"
#include "pop3/pj-pop3-fetch.h"

#define GREETING "+OK\r\n+OK\r\n"

/* What a multi-line answer holds by RFC 1939 section 3, told the simple way.
 * Returns: NULL when it has no end. */
static GByteArray *
undot (const uint8_t *data, size_t size)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  const uint8_t *end;

  while ((end = size > 0 ? memchr (data, '\n', size) : NULL) != NULL)
    {
      size_t len = (size_t) (end - data) + 1;
      gboolean is_dot = data[0] == '.';

      if (is_dot && (len == 2 || (len == 3 && data[1] == '\r')))
        return g_steal_pointer (&whole);

      g_byte_array_append (whole, data + (is_dot ? 1 : 0), (guint) (len - (is_dot ? 1 : 0)));
      data += len;
      size -= len;
    }

  return NULL;
}

/* A message comes out of the session as it is by the plain rule. */
static void
assert_message (const uint8_t *data, size_t size)
{
  static const PjNetLimits limits = {
    .connect_ms = 10000,
    .handshake_ms = 10000,
    .login_ms = 10000,
    .idle_ms = 10000,
    .total_ms = 10000,
  };
  g_autoptr (GByteArray) wanted = undot (data, size);
  g_autoptr (GByteArray) served = g_byte_array_new ();
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (GBytes) got = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_cut;

  g_byte_array_append (served, (const guint8 *) GREETING, strlen (GREETING));
  g_byte_array_append (served, data, (guint) size);
  fuzz_wire_serve (served->data, served->len, FUZZ_WIRE_WHEN_ASKED);
  session = pj_pop3_session_new (pj_connection_open ("pop.example.org", 110, &limits, NULL, NULL),
                                 PJ_SECURITY_NONE);
  g_assert_true (pj_pop3_session_greet (session, NULL, NULL));
  got = pj_pop3_fetch (session, 1, PJ_POP3_FETCH_WHOLE, &is_cut, NULL, &error);
  g_bytes_unref (fuzz_wire_end ());

  fuzz_assert_outcome (got != NULL, error);
  g_assert_true ((got != NULL) == (wanted != NULL));
  if (got != NULL)
    {
      gsize len;
      const void *bytes = g_bytes_get_data (got, &len);

      g_assert_false (is_cut);
      g_assert_cmpmem (bytes, len, wanted->data, wanted->len);
    }
}

/* Puts the lines together again that came in pieces of @step bytes. */
static void
assert_lines (const uint8_t *data, size_t size, gsize step, gsize max_line_bytes)
{
  g_autoptr (PjLineReader) reader = pj_line_reader_new (max_line_bytes);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  const uint8_t *last = size > 0 ? memrchr (data, '\n', size) : NULL;
  PjLine line;

  for (size_t i = 0; i < size; i += step)
    {
      pj_line_reader_push (reader, data + i, MIN (step, size - i));
      while (pj_line_reader_take (reader, &line))
        {
          static const guint8 ends[] = { '\r', '\n' };

          g_assert_cmpuint (line.len, <=, max_line_bytes);
          g_assert_cmpuint (line.end_len, <=, 2);
          g_assert_null (memchr (line.bytes, '\n', line.len));
          if (line.len > 0)
            g_byte_array_append (whole, (const guint8 *) line.bytes, (guint) line.len);
          g_byte_array_append (whole, ends + 2 - line.end_len, line.end_len);
        }
    }

  g_assert_cmpuint (whole->len, >=, last != NULL ? (size_t) (last - data) + 1 : 0);
  g_assert_cmpuint (size - whole->len, <=, max_line_bytes);
  g_assert_cmpmem (whole->data, whole->len, data, whole->len);
  g_assert_true (pj_line_reader_is_empty (reader) == (whole->len == size));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  size = MIN (size, FUZZ_WIRE_MAX_BYTES - strlen (GREETING));
  assert_message (data, size);
  if (size >= 2)
    assert_lines (data + 2, size - 2, 1u + data[0], 2u + data[1]);

  return 0;
}
