/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-stub.h"

#include <string.h>

#include "mail/pj-mail-html.h"
#include "mail/pj-mail-plain.h"

#include "case-table.h"

typedef struct
{
  const char *name;
  const char *plain;
  const char *html;
  gboolean is_stub;
} Case;

#define WORDS "one of the many words that a letter of this kind is made of, which nobody reads. "
#define LETTER "<p>" WORDS WORDS "<p>" WORDS WORDS "<p>" WORDS WORDS "<p>" WORDS WORDS

static const Case cases[] = {
  { "empty", "", "<p>Hello", TRUE },
  { "blank", " \n\n ", "<p>Hello", TRUE },
  { "same", "Hello Ala", "<p>Hello Ala", FALSE },
  { "same-with-a-picture", "Hello Ala", "<p>Hello Ala<img src=cid:1 alt=logo>", FALSE },
  { "needs-a-viewer", "This message requires an HTML viewer.", "<p>Hi", TRUE },
  { "not-supported", "Your e-mail program does not support HTML messages", "<p>Hi", TRUE },
  { "not-supported-in-german", "Ihr Programm unterstützt kein HTML.", "<p>Hi", TRUE },
  { "not-supported-in-polish", "Twój program nie obsługuje HTML", "<p>Hi", TRUE },
  { "look-in-your-browser", "View this email in your browser: https://x.example/v", LETTER, TRUE },
  { "talks-of-browsers", "Which browser do you use, Firefox?",
    "<p>Which browser do you use, Firefox?", FALSE },
  { "only-an-address", "https://x.example/view?id=1", "<p>Hello Ala, how are you?", TRUE },
  { "only-an-address-in-both", "https://x.example/view",
    "<a href=https://x.example/view>"
    "https://x.example/view</a>",
    FALSE },
  { "a-line-before-a-letter", "Weekly digest", LETTER, TRUE },
  { "a-line-and-a-signature", "See you at five, bring the parrot and something to eat.",
    "<p>See you at five, bring the parrot and something to eat.<p>-- <p>Ann, " WORDS, FALSE },
  { "a-line-before-hidden-words", "See you at five",
    "<p>See you at five<div style='display:none'>" LETTER "</div>", FALSE },
  { "a-letter", WORDS WORDS WORDS, LETTER LETTER LETTER LETTER, FALSE },
  { "html-is-empty", "Hi", "<p></p>", FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gboolean is_cut;
  g_autoptr (PjMailDocument) plain =
      pj_mail_plain_to_document (c->plain, PJ_MAIL_PLAIN_FIXED, 100000, &is_cut);
  g_autoptr (PjMailDocument) html =
      pj_mail_html_to_document (c->html, strlen (c->html), 100000, &is_cut);

  g_assert_cmpint (pj_mail_stub_is_stub (plain, html), ==, c->is_stub);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  CASE_TABLE_ADD ("/mail/stub/", cases, test_case);

  return g_test_run ();
}
