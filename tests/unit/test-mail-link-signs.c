/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-link-signs.h"

#include <string.h>

#include "mail/pj-mail-link-reader.h"
#include "mail/pj-mail-warning.h"

static void
add_link (PjMailDocument *document, const char *target, const char *text)
{
  const PjMailBlock paragraph = { .kind = PJ_MAIL_BLOCK_PARAGRAPH };
  g_autoptr (PjMailLink) link = pj_mail_link_read (target, text);
  int index = pj_mail_document_add_link (document, link);

  pj_mail_document_add_block (document, &paragraph);
  pj_mail_document_add_text (document, "Dear reader, ", strlen ("Dear reader, "), 0, -1);
  pj_mail_document_add_text (document, text, strlen (text), 0, index);
}

typedef struct
{
  const char *name;
  const char *targets[4];
  const char *texts[4];
  const char *code; /* NULL: no warning */
  const char *reason;
  PjMailCertainty certainty;
} Case;

static const Case cases[] = {
  { "no-links", { NULL }, { NULL }, NULL, NULL, PJ_MAIL_CERTAINTY_HINT },
  { "honest",
    { "https://www.bank.com/", "mailto:a@bank.com", "#top" },
    { "bank.com", "Write", "Top" },
    NULL,
    NULL,
    PJ_MAIL_CERTAINTY_HINT },
  { "mismatch",
    { "https://www.bank.com/", "https://evil.test/", "https://evil.example/" },
    { "bank.com", "www.bank.com", "www.bank.com" },
    PJ_MAIL_WARNING_LINK_MISMATCH,
    "“www.bank.com” leads to evil.test",
    PJ_MAIL_CERTAINTY_HINT },
  { "look-alike",
    { "https://www.paypa1.com/" },
    { "Your account" },
    PJ_MAIL_WARNING_LINK_LOOK_ALIKE,
    "“Your account” leads to www.paypa1.com",
    PJ_MAIL_CERTAINTY_LIKELY },
  { "number",
    { "http://0x7f.1/" },
    { "Your account" },
    PJ_MAIL_WARNING_LINK_OBSCURED,
    "“Your account” leads to 127.0.0.1",
    PJ_MAIL_CERTAINTY_LIKELY },
  { "user",
    { "http://bank.com@evil.test/" },
    { "Your account" },
    PJ_MAIL_WARNING_LINK_OBSCURED,
    "“Your account” leads to evil.test",
    PJ_MAIL_CERTAINTY_LIKELY },
  { "percent",
    { "http://b%61nk.com/" },
    { "Your account" },
    PJ_MAIL_WARNING_LINK_OBSCURED,
    "“Your account” leads to bank.com",
    PJ_MAIL_CERTAINTY_LIKELY },
  { "without-text",
    { "http://b%61nk.com/" },
    { "" },
    PJ_MAIL_WARNING_LINK_OBSCURED,
    "bank.com",
    PJ_MAIL_CERTAINTY_LIKELY },
};

static PjMailText *
make_mail (const Case *c)
{
  PjMailText *mail = pj_mail_text_new ();
  PjMailDocument *document = pj_mail_document_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (c->targets) && c->targets[i] != NULL; i++)
    add_link (document, c->targets[i], c->texts[i]);
  pj_mail_text_take_document (mail, document);

  return mail;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailText) mail = make_mail (c);
  const PjMailWarning *warning;

  pj_mail_link_signs_add (mail);
  g_assert_cmpuint (mail->warnings->len, ==, c->code != NULL ? 1 : 0);
  if (c->code == NULL)
    return;

  warning = g_ptr_array_index (mail->warnings, 0);
  g_assert_cmpstr (warning->code, ==, c->code);
  g_assert_cmpstr (warning->reason, ==, c->reason);
  g_assert_cmpint (warning->certainty, ==, c->certainty);
}

static void
test_one_link_for_all (void)
{
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  PjMailDocument *document = pj_mail_document_new ();

  add_link (document, "http://a@paypa1.com/", "paypal.com");
  pj_mail_text_take_document (mail, document);
  pj_mail_link_signs_add (mail);

  g_assert_cmpuint (mail->warnings->len, ==, 3);
  g_assert_true (pj_mail_text_has_warning (mail, PJ_MAIL_WARNING_LINK_MISMATCH));
  g_assert_true (pj_mail_text_has_warning (mail, PJ_MAIL_WARNING_LINK_LOOK_ALIKE));
  g_assert_true (pj_mail_text_has_warning (mail, PJ_MAIL_WARNING_LINK_OBSCURED));
}

/* A link goes on where its style changes. */
static void
test_several_spans (void)
{
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  PjMailDocument *document = pj_mail_document_new ();
  const PjMailWarning *warning;

  add_link (document, "http://evil.test/", "www.bank");
  pj_mail_document_add_text (document, ".com", 4, PJ_MAIL_SPAN_STRONG, 0);
  pj_mail_document_add_text (document, " is yours", 9, PJ_MAIL_SPAN_STRONG, -1);
  g_ptr_array_remove_index (document->links, 0);
  g_ptr_array_add (document->links, pj_mail_link_read ("http://evil.test/", "www.bank.com"));
  pj_mail_text_take_document (mail, document);
  pj_mail_link_signs_add (mail);

  g_assert_cmpuint (mail->warnings->len, ==, 1);
  warning = g_ptr_array_index (mail->warnings, 0);
  g_assert_cmpstr (warning->reason, ==, "“www.bank.com” leads to evil.test");
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (100000, 'a');
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  PjMailDocument *document = pj_mail_document_new ();
  const PjMailWarning *warning;

  add_link (document, "http://192.0.2.1/", text);
  pj_mail_text_take_document (mail, document);
  pj_mail_link_signs_add (mail);

  warning = g_ptr_array_index (mail->warnings, 0);
  g_assert_cmpuint (strlen (warning->reason), <, 200);
  g_assert_true (g_str_has_suffix (warning->reason, "192.0.2.1"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mail/link-signs/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/link-signs/long-text", test_long_text);
  g_test_add_func ("/mail/link-signs/one-link-for-all", test_one_link_for_all);
  g_test_add_func ("/mail/link-signs/several-spans", test_several_spans);

  return g_test_run ();
}
