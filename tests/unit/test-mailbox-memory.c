/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-mailbox-memory.h"

#include "pop3/pj-pop3-survey-private.h"

typedef struct
{
  const char *greeting;
  const char *shape;
} Shape;

static const Shape shapes[] = {
  { "", "" },
  { "Dovecot ready.", "Dovecot ready." },
  { "POP3 server ready <1896.697170952@dbc.example>", "# server ready #" },
  { "Gpop ready for requests from 192.0.2.1 f12mb1234567lfj", "Gpop ready for requests from # #" },
  { "The Exchange POP3 service is ready. [TABPADAAUABBA]", "The Exchange # service is ready. #" },
  { "Hello  there", "Hello  there" },
  { "<stamp@without.digits>", "#" },
};

static void
test_shapes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *shape = pj_mailbox_memory_shape_greeting (shapes[i].greeting);

      g_assert_cmpstr (shape, ==, shapes[i].shape);
    }
}

#define DAY_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

static void
test_fits (void)
{
  g_autoptr (PjMailboxMemory) memory = pj_mailbox_memory_new ();

  /* It has not heard a greeting yet. */
  g_assert_false (pj_mailbox_memory_fits (memory, "", 0));

  memory->greeting = pj_mailbox_memory_shape_greeting ("Dovecot ready. <1.2@example.org>");
  memory->learned_at = 1000;
  g_assert_true (pj_mailbox_memory_fits (memory, "Dovecot ready. <3.4@example.org>", 2000));
  g_assert_true (
      pj_mailbox_memory_fits (memory, "Dovecot ready. <3.4@example.org>", 1000 + DAY_US));
  g_assert_false (
      pj_mailbox_memory_fits (memory, "Dovecot ready. <3.4@example.org>", 1001 + DAY_US));
  g_assert_false (pj_mailbox_memory_fits (memory, "Cyrus ready. <3.4@example.org>", 2000));
}

static void
test_voucher (void)
{
  g_autoptr (PjMailboxMemory) memory = pj_mailbox_memory_new ();

  g_assert_null (pj_mailbox_memory_get_voucher (memory));
  memory->survey = pj_pop3_survey_new (0, 0);
  for (guint i = 0; i < 19; i++, memory->n_vouched++)
    g_assert_true (pj_mailbox_memory_get_voucher (memory) == memory->survey);
  g_assert_null (pj_mailbox_memory_get_voucher (memory));
}

static void
test_cautious (void)
{
  g_autoptr (PjMailboxMemory) memory = pj_mailbox_memory_new ();
  g_autoptr (PjMailboxMemory) blank = pj_mailbox_memory_new_cautious (NULL);
  g_autoptr (PjMailboxMemory) cautious = NULL;

  g_assert_true (blank->is_sequential);
  g_assert_null (blank->survey);

  memory->greeting = g_strdup ("ready");
  memory->survey = pj_pop3_survey_new (0, 0);
  cautious = pj_mailbox_memory_new_cautious (memory);
  g_assert_true (cautious->is_sequential);
  g_assert_false (pj_mailbox_memory_fits (cautious, "ready", 0));
  g_assert_null (pj_mailbox_memory_get_voucher (cautious));

  /* Which messages are not new is still known. */
  g_assert_true (cautious->survey == memory->survey);
}

static void
test_references (void)
{
  PjMailboxMemory *memory = pj_mailbox_memory_new ();

  g_assert_true (pj_mailbox_memory_ref (memory) == memory);
  pj_mailbox_memory_unref (memory);
  pj_mailbox_memory_unref (memory);
  pj_mailbox_memory_unref (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/mailbox-memory/shapes", test_shapes);
  g_test_add_func ("/check/mailbox-memory/fits", test_fits);
  g_test_add_func ("/check/mailbox-memory/voucher", test_voucher);
  g_test_add_func ("/check/mailbox-memory/cautious", test_cautious);
  g_test_add_func ("/check/mailbox-memory/references", test_references);

  return g_test_run ();
}
