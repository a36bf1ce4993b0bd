/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-fingerprint.h"

#define TWENTY_EIGHT                                                                               \
  "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67"
#define SHA256 TWENTY_EIGHT ":89:AB:CD:EF"

typedef struct
{
  const char *name;
  const char *text;
  const char *fingerprint; /* NULL: refused */
} Case;

static const Case cases[] = {
  { "as-shown", SHA256, SHA256 },
  { "no-colons", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF", SHA256 },
  { "lower-case", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", SHA256 },
  { "blanks-around", "  " SHA256 "\n", SHA256 },
  { "empty", "", NULL },
  { "short", TWENTY_EIGHT ":89:AB:CD", NULL },
  { "half-a-byte-short", TWENTY_EIGHT ":89:AB:CD:E", NULL },
  { "long", SHA256 ":00", NULL },
  { "not-hexadecimal", TWENTY_EIGHT ":89:AB:CD:EG", NULL },
  { "label-in-front", "SHA256:" SHA256, NULL },
};

static void
test_parse (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *fingerprint = pj_fingerprint_parse (c->text);

  g_assert_cmpstr (fingerprint, ==, c->fingerprint);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/base/fingerprint/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_parse);
    }
  return g_test_run ();
}
