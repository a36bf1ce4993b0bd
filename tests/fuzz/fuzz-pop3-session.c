/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "fuzz.h"

#include <string.h>

#include "base/pj-security.h"
#include "check/pj-check-visit.h"
#include "fuzz-assert.h"
#include "fuzz-wire.h"
#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-listing.h"

#define SECRET "kot i pies"

/* Between what the server says in one session and what it says in the next. */
#define NEXT_SESSION "\n==\n"

/* RFC 4954 section 4, for the longest SASL answers. */
#define MAX_COMMAND_BYTES 12288

/* A server that does everything right; from it comes the memory with which
 * the next session sends login and survey together. */
static const char good_session[] = "+OK POP3 ready\r\n"
                                   "+OK\r\nUSER\r\nTOP\r\nUIDL\r\nPIPELINING\r\n.\r\n"
                                   "+OK\r\n"
                                   "+OK\r\n"
                                   "+OK\r\nUSER\r\nTOP\r\nUIDL\r\nPIPELINING\r\n.\r\n"
                                   "+OK 2 300\r\n"
                                   "+OK\r\n1 ala\r\n2 ola\r\n.\r\n"
                                   "+OK\r\n1 100\r\n2 200\r\n.\r\n"
                                   "+OK\r\nSubject: kot\r\n\r\n.\r\n"
                                   "+OK\r\nSubject: pies\r\n\r\n.\r\n"
                                   "+OK 2 300\r\n"
                                   "+OK\r\n";

static PjMailbox *
new_mailbox (void)
{
  PjMailbox *mailbox = pj_mailbox_new ("pop.example.org", 110, PJ_SECURITY_NONE);

  mailbox->account_id = g_strdup ("account");
  mailbox->user = g_strdup ("ala");
  mailbox->secret = pj_secret_new (SECRET);

  return mailbox;
}

/* A check asks; whatever a server says, nothing is deleted or marked as read,
 * and no line carries more than one command. */
static void
assert_harmless (GBytes *said)
{
  gsize len;
  const char *at = g_bytes_get_data (said, &len);

  while (len > 0)
    {
      const char *end = memchr (at, '\n', len);
      gsize line_len;

      g_assert_nonnull (end);
      line_len = (gsize) (end - at) + 1;
      g_assert_cmpuint (line_len, >=, 2);
      g_assert_cmpuint (line_len, <=, MAX_COMMAND_BYTES + 2);
      g_assert_cmpint (at[line_len - 2], ==, '\r');
      g_assert_null (memchr (at, '\r', line_len - 2));
      g_assert_null (memchr (at, '\0', line_len));
      g_assert_false (g_ascii_strncasecmp (at, "DELE", 4) == 0);
      g_assert_false (g_ascii_strncasecmp (at, "RETR", 4) == 0);
      at += line_len;
      len -= line_len;
    }
}

static void
assert_result (PjCheckResult *result)
{
  g_assert_cmpuint (result->messages, <=, PJ_POP3_MAX_MESSAGES);
  g_assert_cmpuint (result->octets, <=, G_MAXINT64);
  g_assert_cmpuint (result->uids->len, <=, result->messages);
  g_assert_cmpuint (result->fresh->len, <=, result->uids->len);
  for (guint i = 0; i < result->uids->len; i++)
    {
      const char *uid = g_ptr_array_index (result->uids, i);

      fuzz_assert_printable (uid);
      g_assert_cmpuint (strlen (uid), <=, PJ_POP3_MAX_UID_BYTES);
    }
  for (guint i = 0; i < result->fresh->len; i++)
    {
      PjMessage *message = g_ptr_array_index (result->fresh, i);

      fuzz_assert_clean (pj_message_get_from_name (message));
      fuzz_assert_clean (pj_message_get_from_address (message));
      fuzz_assert_clean (pj_message_get_subject (message));
    }
}

/* All that the server will say is there, so no deadline is ever met. */
static void
assert_error (const GError *error, const uint8_t *data, size_t size)
{
  g_assert_true (error->domain == PJ_POP3_ERROR || error->domain == PJ_NET_ERROR);
  g_assert_false (g_error_matches (error, PJ_NET_ERROR, PJ_NET_ERROR_TIMEOUT));
  if (memmem (data, size, SECRET, strlen (SECRET)) == NULL)
    g_assert_null (strstr (error->message, SECRET));
}

/* Returns: what the session leaves to the next one; NULL when it failed. */
static PjMailboxMemory *
look (const uint8_t *data, size_t size, FuzzWirePace pace, PjMailboxMemory *memory)
{
  g_autoptr (PjMailbox) mailbox = new_mailbox ();
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) said = NULL;
  PjCheckVisit visit = { .mailbox = mailbox, .memory = memory };

  fuzz_wire_serve (data, size, pace);
  result = pj_check_visit_run (&visit, NULL, &error);
  said = fuzz_wire_end ();

  assert_harmless (said);
  fuzz_assert_outcome (result != NULL, error);
  g_assert_true ((result != NULL) == (visit.learned != NULL));
  if (result != NULL)
    assert_result (result);
  else
    assert_error (error, data, size);

  return visit.learned;
}

static size_t
first_len (const uint8_t *data, size_t size)
{
  const uint8_t *end = memmem (data, size, NEXT_SESSION, strlen (NEXT_SESSION));

  return end != NULL ? (size_t) (end - data) + 1 : size;
}

/* One session after the other, each with what the last one has left. */
static void
look_repeatedly (const uint8_t *data, size_t size)
{
  g_autoptr (PjMailboxMemory) memory = NULL;

  while (size > 0)
    {
      size_t len = first_len (data, size);
      PjMailboxMemory *learned = look (data, len, FUZZ_WIRE_WHEN_ASKED, memory);

      if (learned != NULL)
        {
          g_clear_pointer (&memory, pj_mailbox_memory_unref);
          memory = learned;
        }
      if (len < size)
        len += strlen (NEXT_SESSION) - 1;
      data += len;
      size -= len;
    }
}

/* What every session with a memory begins with. */
static PjMailboxMemory *
get_memory (void)
{
  static PjMailboxMemory *memory = NULL;

  if (memory == NULL)
    memory =
        look ((const uint8_t *) good_session, strlen (good_session), FUZZ_WIRE_WHEN_ASKED, NULL);
  g_assert_nonnull (memory);
  g_assert_true (memory->can_fly);
  g_assert_true (memory->survey->can_vouch);

  return memory;
}

/* A check ends, whatever the server says, when it says it, and whatever it has
 * said before, and leaves a result or an error that can be shown. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  size_t len;

  size = MIN (size, FUZZ_WIRE_MAX_BYTES);
  len = first_len (data, size);
  look_repeatedly (data, size);
  for (guint pace = FUZZ_WIRE_AT_ONCE; pace <= FUZZ_WIRE_WHEN_ASKED; pace++)
    {
      g_autoptr (PjMailboxMemory) learned = look (data, len, pace, get_memory ());
    }

  return 0;
}
