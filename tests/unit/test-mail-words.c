/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-words.h"

typedef struct
{
  const char *name;
  const char *raw;
  const char *joined; /* NULL: nothing to join */
} Case;

static const Case cases[] = {
  { "none", "Hello", NULL },
  { "one", "=?utf-8?Q?=C5=BC?= and text", NULL },
  { "two-of-base64", "a =?utf-8?B?xA==?= =?UTF-8?b?hw==?= b", "a =?utf-8?B?xIc=?= b" },
  { "three-of-both-kinds",
    "=?utf-8?Q?a_=C4?= \t=?utf-8?B?hw==?= =?utf-8?Q?=5?=", "=?utf-8?B?YSDEhz01?=" },
  { "of-two-charsets", "=?utf-8?Q?a?= =?iso-8859-2?Q?b?=", "=?utf-8?Q?a?= =?iso-8859-2?Q?b?=" },
  { "of-two-languages", "=?utf-8*en?Q?a?= =?utf-8*pl?Q?b?=", "=?utf-8?B?YWI=?=" },
  { "text-between", "=?utf-8?Q?a?= x =?utf-8?Q?b?=", "=?utf-8?Q?a?= x =?utf-8?Q?b?=" },
  { "no-blank-between", "=?utf-8?Q?a?==?utf-8?Q?b?=@x", "=?utf-8?Q?a?==?utf-8?Q?b?=@x" },
  { "not-closed", "=?utf-8?Q?a?= =?utf-8?Q?b", "=?utf-8?Q?a?= =?utf-8?Q?b" },
  { "no-words", "=? =?? =?x?Q =?=?=", "=? =?? =?x?Q =?=?=" },
  { "unknown-encoding", "=?utf-8?X?a?= =?utf-8?X?b?=", "=?utf-8?X?a?= =?utf-8?X?b?=" },
  { "empty-payloads",
    "=?utf-8?B?"
    "?= =?utf-8?Q?"
    "?=",
    "=?utf-8?B?"
    "?=" },
  { "two-runs", "=?u?Q?a?= =?u?Q?b?= <x@y>, =?u?Q?c?= =?u?Q?d?= <z@y>",
    "=?u?B?YWI=?= <x@y>, =?u?B?Y2Q=?= <z@y>" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *joined = pj_mail_words_join (c->raw);

  g_assert_cmpstr (joined, ==, c->joined);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/words/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
