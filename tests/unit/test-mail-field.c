/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-field.h"

#include <string.h>

#define MAX_CHARS 40

typedef struct
{
  const char *name;
  const char *field;
  const char *raw;
  const char *text;
} Case;

static const Case cases[] = {
  { "text", "X-Any", "=?utf-8?Q?=C5=BC?= x", "ż x" },
  { "control-characters", "X-Any", "a\x1B\tb", "a\uFFFD b" },
  { "too-long", "X-Any", "0123456789012345678901234567890123456789x",
    "0123456789012345678901234567890123456789…" },
  { "address-list", "to", "=?utf-8?Q?=C5=BC?= <z@b.example>,q@b.example",
    "ż <z@b.example>, q@b.example" },
  { "encoded-word-in-address", "From", "=?utf-8?Q?ceo=40bank?=@evil.test",
    "=?utf-8?Q?ceo=40bank?=@evil.test" },
  { "no-address-list", "From", "=?utf-8?Q?a b", "=?utf-8?Q?a b" },
};

static void
test_decode (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  const PjMailRawField field = { (char *) c->field, (char *) c->raw };
  g_autofree char *text = pj_mail_field_decode (options, &field, MAX_CHARS);

  g_assert_cmpstr (text, ==, c->text);
}

static void
test_charset (void)
{
  static const struct
  {
    const char *head;
    const char *charset;
  } heads[] = {
    { "Content-Type: text/plain; charset=ISO-8859-2\n", "ISO-8859-2" },
    { "content-type: text/plain; charset=\"koi8-r\"\n", "koi8-r" },
    { "Content-Type: text/plain\n", NULL },
    { "Subject: x\n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (PjMailHeaderScan) scan =
          pj_mail_header_scan_new (heads[i].head, strlen (heads[i].head));
      g_autofree char *charset = pj_mail_field_dup_charset (scan);

      g_assert_cmpstr (charset, ==, heads[i].charset);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/field/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_decode);
    }
  g_test_add_func ("/mail/field/charset", test_charset);

  return g_test_run ();
}
