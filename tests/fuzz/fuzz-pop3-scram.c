/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "fuzz-assert.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-scram.h"

/* The client of the example in RFC 7677 section 3. */
#define NONCE "rOprNGfwEbeRWgbNEkqO"

/* Takes one step of an exchange in which the client's random number is known,
 * so that an input can be answered with a proof. */
static gboolean
step (PjPop3Scram *scram, const uint8_t *message, size_t len)
{
  g_autofree char *copy = g_strndup ("", len);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  if (len > 0)
    memcpy (copy, message, len);
  answer = pj_pop3_scram_step (scram, copy, len, &error);
  fuzz_assert_outcome (answer != NULL, error);
  if (answer == NULL)
    g_assert_true (error->domain == PJ_POP3_ERROR);
  else
    g_assert_null (strpbrk (answer, "\r\n"));

  return answer != NULL;
}

/* Each line is a message of the server's. Only a third answer can come of a
 * server that has proved that it knows the password. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("pencil");
  g_autoptr (PjPop3Scram) scram =
      pj_pop3_scram_new (G_CHECKSUM_SHA256, "user", secret, "n", NULL, NONCE);
  gboolean is_good = step (scram, NULL, 0);
  guint answers = 1;

  g_assert_true (is_good);
  while (is_good && size > 0)
    {
      const uint8_t *end = memchr (data, '\n', size);
      size_t len = end != NULL ? (size_t) (end - data) : size;

      is_good = step (scram, data, len);
      answers += is_good ? 1 : 0;
      g_assert_true (pj_pop3_scram_is_verified (scram) == (answers == 3));
      len += end != NULL ? 1 : 0;
      data += len;
      size -= len;
    }

  return 0;
}
