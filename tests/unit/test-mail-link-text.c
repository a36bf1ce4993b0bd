/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-link-text.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *hosts;
} Case;

static const Case cases[] = {
  { "empty", "", "" },
  { "words", "Click here", "" },
  { "url", "http://www.bank.com/login", "www.bank.com" },
  { "url-of-one-label", "http://localhost", "localhost" },
  { "url-in-capitals", "HTTPS://BANK.COM", "bank.com" },
  { "url-of-number", "http://192.0.2.1/", "192.0.2.1" },
  { "url-with-user", "http://bank.com@evil.test/", "evil.test" },
  { "url-in-prose", "The whole story is told for you at https://bank.com/a, as ever.", "bank.com" },
  { "www", "www.bank.com", "www.bank.com" },
  { "www-in-prose", "All that there is to be said stands on www.bank.com today.", "www.bank.com" },
  { "www-alone", "www", "" },
  { "www-of-nothing", "www.nosuch", "" },
  { "bare", "bank.com", "bank.com" },
  { "bare-of-poland", "mbank.pl", "mbank.pl" },
  { "bare-with-port", "bank.com:443", "bank.com" },
  { "bare-with-path", "bank.com/login", "bank.com" },
  { "bare-with-slash", "bank.com/", "bank.com" },
  { "bare-in-call", "Log in to paypal.com", "paypal.com" },
  { "bare-in-headline", "Why Booking.com may have to pay a fine", "" },
  { "path-in-prose", "Read what there is to be said at bank.com/news and think", "bank.com" },
  { "in-brackets", "<bank.com>", "bank.com" },
  { "in-quotes", "„bank.com”", "bank.com" },
  { "with-arrow", "→ bank.com »", "bank.com" },
  { "with-full-stop", "See bank.com.", "bank.com" },
  { "with-exclamation", "bank.com!!!", "bank.com" },
  { "two", "bank.com, shop.org", "bank.com shop.org" },
  { "other-script", "żółw.pl", "xn--w-uga1v8h.pl" },
  { "one-cyrillic-letter", "pаypal.com", "xn--pypal-4ve.com" },
  { "full-width", "ｗｗｗ．ｂａｎｋ．ｃｏｍ", "www.bank.com" },
  { "ideographic-dot", "bank。com", "bank.com" },
  { "one-dot-leader", "bank․com", "bank.com" },
  { "zero-width", "ba\u200Bnk.c\u00ADom", "bank.com" },
  { "word-joiner-for-dot", "www\u2060.bank.com", "www.bank.com" },
  { "address", "ala@bank.com", "bank.com" },
  { "address-with-scheme", "mailto:ala@bank.com", "bank.com" },
  { "address-in-call", "Write to ala@bank.com", "bank.com" },
  { "address-in-prose", "You get this since ala@bank.com is on our list", "" },
  { "handle-in-path", "bank.com/@ala", "bank.com" },
  { "of-it", "Bank.com’s", "bank.com" },
  { "of-it-in-ascii", "bank.com's", "bank.com" },
  { "handle", "@ala.com", "" },
  { "address-of-nothing", "ala@bank", "" },
  { "node-js", "Node.js", "" },
  { "asp-net", "ASP.NET", "" },
  { "for-example", "e.g.", "" },
  { "among-others", "m.in.", "" },
  { "version", "1.2.3", "" },
  { "version-with-letter", "v2.1", "" },
  { "number-of-a-host", "192.168.1.1", "" },
  { "price", "19.99", "" },
  { "file", "report.pdf", "" },
  { "archive", "photos.zip", "" },
  { "film", "holiday.mov", "" },
  { "script", "install.sh", "" },
  { "readme", "README.md", "" },
  { "archive-with-scheme", "https://photos.zip/", "photos.zip" },
  { "archive-with-path", "photos.zip/a", "photos.zip" },
  { "missing-blank", "here.Click", "" },
  { "capital-com", "PayPal.Com", "paypal.com" },
  { "all-capitals", "PAYPAL.COM", "paypal.com" },
  { "letter-and-com", "x.com", "x.com" },
  { "ellipsis", "Read more...", "" },
  { "and-or", "and/or", "" },
  { "date", "22.11.2026", "" },
  { "scheme-alone", "http://", "" },
  { "empty-labels", "bank..com", "" },
  { "phone", "+48 22 123.45.67", "" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto (GStrv) hosts = pj_mail_link_text_list_hosts (c->text);
  g_autofree char *joined = g_strjoinv (" ", hosts);

  g_assert_cmpstr (joined, ==, c->hosts);
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) hosts = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "http://a.com/ ");
  hosts = pj_mail_link_text_list_hosts (text->str);
  g_assert_cmpuint (g_strv_length (hosts), ==, PJ_MAIL_LINK_TEXT_MAX_HOSTS);
}

/* Blanks do not push a host out of sight. */
static void
test_behind_blanks (void)
{
  g_autofree char *blanks = g_strnfill (1000000, ' ');
  g_autofree char *text = g_strconcat ("a", blanks, "bank.com", NULL);
  g_auto (GStrv) hosts = pj_mail_link_text_list_hosts (text);

  g_assert_cmpstr (hosts[0], ==, "bank.com");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mail/link-text/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/link-text/behind-blanks", test_behind_blanks);
  g_test_add_func ("/mail/link-text/many", test_many);

  return g_test_run ();
}
