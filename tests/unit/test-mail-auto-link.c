/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-auto-link.h"

/* Name, text, what is found as "SCHEME+TEXT", joined by blanks. */
static const char *const cases[][3] = {
  { "empty", "", "" },
  { "no-link", "http: is a word, www too. a@b", "" },
  { "http", "see http://x.example/ there", "+http://x.example/" },
  { "in-capitals", "HTTPS://X.EXAMPLE", "+HTTPS://X.EXAMPLE" },
  { "www", "www.x.example/a?b=c&d#e", "https://+www.x.example/a?b=c&d#e" },
  { "full-stop", "at http://x.example/a.", "+http://x.example/a" },
  { "many-marks", "http://x.example/a?!...", "+http://x.example/a" },
  { "comma", "http://x.example, or", "+http://x.example" },
  { "in-angles", "<http://x.example/a>", "+http://x.example/a" },
  { "in-brackets", "(see http://x.example/a)", "+http://x.example/a" },
  { "with-brackets", "http://x.example/a_(b)", "+http://x.example/a_(b)" },
  { "with-brackets-in-brackets", "(http://x.example/a_(b)).", "+http://x.example/a_(b)" },
  { "in-square-brackets", "[http://x.example]", "+http://x.example" },
  { "in-quotes", "\"http://x.example\" 'http://y.example'", "+http://x.example +http://y.example" },
  { "in-polish-quotes", "„http://x.example/a”", "+http://x.example/a" },
  { "between-chinese-words", "看http://x.example/a。好", "+http://x.example/a" },
  { "after-chinese-punctuation", "，http://x.example/a。", "+http://x.example/a" },
  { "international", "http://zażółć.example/ł", "+http://zażółć.example/ł" },
  { "two", "http://x.example http://y.example", "+http://x.example +http://y.example" },
  { "one-in-another", "http://x.example/?u=http://y.example",
    "+http://x.example/?u=http://y.example" },
  { "within-a-word", "xhttp://x.example", "" },
  { "mailto", "mailto:ala@x.example?subject=a", "+mailto:ala@x.example?subject=a" },
  { "address", "Ala <ala@x.example>", "mailto:+ala@x.example" },
  { "address-at-the-end", "write to ala@x.example.", "mailto:+ala@x.example" },
  { "address-with-marks", "a.b+c_d%e-f@x-y.example", "mailto:+a.b+c_d%e-f@x-y.example" },
  { "address-behind-a-dash", "--ala@x.example", "mailto:+ala@x.example" },
  { "address-without-a-country", "ala@host", "" },
  { "address-of-a-number", "ala@127.0.0.1", "" },
  { "address-with-two-dots", "ala@x..example", "" },
  { "address-of-nobody", "@x.example", "" },
  { "two-ats", "a@b@x.example", "mailto:+b@x.example" },
  { "only-scheme", "http://. www.", "" },
};

static void
test_case (gconstpointer data)
{
  const char *const *row = data;
  g_autoptr (GString) found = g_string_new (NULL);
  PjMailAutoLink link;

  for (gsize at = 0; pj_mail_auto_link_find (row[1], at, &link); at = link.start + link.len)
    g_string_append_printf (found, "%s%s+%.*s", found->len > 0 ? " " : "", link.scheme,
                            (int) link.len, row[1] + link.start);

  g_assert_cmpstr (found->str, ==, row[2]);
}

/* Each begins what might be a link, and none is. */
static void
test_nothing_but_beginnings (void)
{
  static const char *const beginnings[] = { "www", "http://", "a@", "@a.", "h", "(", "mailto:" };

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      PjMailAutoLink link;
      guint n = 0;

      while (text->len < 1000000)
        g_string_append (text, beginnings[i]);
      for (gsize at = 0; pj_mail_auto_link_find (text->str, at, &link); at = link.start + link.len)
        n++;
      g_assert_cmpuint (n, <=, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/auto-link/%s", cases[i][0]);

      g_test_add_data_func (path, cases[i], test_case);
    }
  g_test_add_func ("/mail/auto-link/nothing-but-beginnings", test_nothing_but_beginnings);

  return g_test_run ();
}
