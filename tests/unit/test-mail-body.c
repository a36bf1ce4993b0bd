/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-body.h"

#include <string.h>
#include <sys/resource.h>

typedef struct
{
  const char *name;
  const char *mail;
  const char *text;
  const char *attachments; /* "name|type|octets" a line */
  const char *warnings;    /* joined by commas */
} Case;

#define MIXED "Content-Type: multipart/mixed; boundary=b\n\n"
#define ALTERNATIVE "Content-Type: multipart/alternative; boundary=b\n\n"

static const Case cases[] = {
  { "empty", "", "", "", "" },
  { "plain", "Subject: x\r\n\r\nHello\r\nthere\r\n", "Hello\nthere\n", "", "" },
  { "no-header", "Hello there\n", "Hello there\n", "", "" },
  { "latin2-quoted-printable",
    "Content-Type: text/plain; charset=ISO-8859-2\nContent-Transfer-Encoding: quoted-printable\n\n"
    "=B6=F3=\n=BF\n",
    "śóż\n", "", "" },
  { "base64", "Content-Transfer-Encoding: base64\n\nSGVsbG8K\n", "Hello\n", "", "" },
  { "base64-cut", "Content-Transfer-Encoding: base64\n\nSGVsbG8KSGV", "Hello\n", "", "" },
  { "flowed", "Content-Type: text/plain; format=flowed\n\none \ntwo\n", "one two\n", "", "" },
  { "html", "Content-Type: text/html; charset=utf-8\n\n<p>a<p>b", "a\n\nb\n", "", "" },
  { "html-that-names-its-charset",
    "Content-Type: text/html\n\n<meta charset=\"iso-8859-2\">\xB6\xF3\xBF", "śóż\n", "", "" },
  { "plain-preferred",
    ALTERNATIVE "--b\nContent-Type: text/html\n\n<b>html</b>\n--b\n\nplain\n--b--\n", "plain\n", "",
    "" },
  { "html-when-plain-is-empty",
    ALTERNATIVE "--b\n\n \n\n--b\nContent-Type: text/html\n\n<b>html</b>\n--b--\n", "html\n", "",
    "" },
  { "html-with-its-images",
    ALTERNATIVE
    "--b\nContent-Type: multipart/related; boundary=c\n\n--c\nContent-Type: "
    "text/html\n\nhtml\n--c\nContent-Type: image/png; name=a.png\n\nxyz\n--c--\n--b--\n",
    "html\n", "a.png|image/png|3", "" },
  { "attachment-beside-html-alternative",
    ALTERNATIVE
    "--b\n\nplain\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: "
    "text/html\n\nhtml\n--c\nContent-Type: application/pdf; name=a.pdf\n\nxyz\n--c\nContent-Type: "
    "text/html\n\nhtml\n--c--\n--b--\n",
    "plain\n", "a.pdf|application/pdf|3", "" },
  { "no-images-of-html-alternative",
    ALTERNATIVE
    "--b\n\nplain\n--b\nContent-Type: multipart/related; boundary=c\n\n--c\nContent-Type: "
    "text/html\n\nhtml\n--c\nContent-Type: image/png; name=a.png\n\nxyz\n--c\nContent-Type: "
    "application/pdf\nContent-Disposition: attachment; filename=b.pdf\n\nxyz\n--c--\n--b--\n",
    "plain\n", "b.pdf|application/pdf|3", "" },
  { "html-when-plain-is-a-stub",
    ALTERNATIVE "--b\n\nThis message requires an HTML viewer.\n--b\nContent-Type: "
                "multipart/related; boundary=c\n\n--c\nContent-Type: "
                "text/html\n\n<p>html\n--c--\n--b--\n",
    "html\n", "", "" },
  { "plain-when-html-says-the-same",
    ALTERNATIVE "--b\n\nAsk HTML Ala\n--b\nContent-Type: text/html\n\n<p>Ask HTML Ala\n--b--\n",
    "Ask HTML Ala\n", "", "" },
  { "cr-for-line-ends-in-the-body", "Subject: x\n\none\rtwo\r", "one\ntwo\n", "", "" },
  { "invitation",
    ALTERNATIVE "--b\n\nCome\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--b--\n",
    "Come\n", "|text/calendar|15", "" },
  { "attachments",
    MIXED "--b\n\nSee\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; "
          "filename=a.pdf\nContent-Transfer-Encoding: base64\n\nQUJD\n--b\nContent-Type: "
          "text/plain\nContent-Disposition: attachment; filename=n.txt\n\nnote\n--b--\n",
    "See\n", "a.pdf|application/pdf|3\nn.txt|text/plain|4", "" },
  { "two-texts", MIXED "--b\n\none\n--b\n\ntwo\n--b--\n", "one\n\ntwo\n", "", "" },
  { "attachment-name-without-folders",
    "Content-Type: image/png\nContent-Disposition: attachment; "
    "filename=\"../../x\\\\\\\\y.png\"\n\nx",
    "", "y.png|image/png|1", "" },
  { "attachment-name-without-disguise",
    "Content-Disposition: attachment; filename=\"invoice\xE2\x80\xAE"
    "fdp.exe\"\n\nx",
    "", "invoicefdp.exe|text/plain|1", "dangerous-attachment" },
  { "attachment-name-encoded",
    "Content-Type: image/png\nContent-Disposition: attachment; filename*=utf-8''%C5%BC.png\n\nx",
    "", "ż.png|image/png|1", "" },
  { "attached-message",
    MIXED "--b\n\nlook\n--b\nContent-Type: message/rfc822\n\nSubject: Inner\n\ndeep\n--b--\n",
    "look\n\nAttached message: Inner\n\ndeep\n", "Inner|message/rfc822|-1", "" },
  { "boundary-never-comes", MIXED "just text\n", "just text\n", "", "" },
  { "no-boundary-named", "Content-Type: multipart/mixed\n\njust text\n", "just text\n", "", "" },
  { "end-never-comes", MIXED "--b\n\none", "one\n", "", "" },
  { "no-such-type", "Content-Type: rubbish\n\nx", "", "|application/octet-stream|1", "" },
  { "control-characters", "\n\na\x1B[31mb\x07\n", "a\uFFFD[31mb\uFFFD\n", "", "" },
  { "odd-first-header-line", " From: a@b.example\nContent-Type: text/html\n\n<p>x", "x\n", "", "" },
  { "several-from", "From: a@b.example\nFrom: c@d.example\n\nx", "x\n", "", "several-from" },
  { "address-in-name", "From: \"a@b.example\" <c@d.example>\n\nx", "x\n", "", "name-has-address" },
};

static PjMailText *
parse (const char *mail, gboolean is_cut)
{
  g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));

  return pj_mail_body_parse (bytes, is_cut, NULL);
}

static char *
join_attachments (const PjMailText *mail)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < mail->attachments->len; i++)
    {
      const PjMailAttachment *attachment = g_ptr_array_index (mail->attachments, i);

      g_string_append_printf (joined, "%s%s|%s|%" G_GINT64_FORMAT, i > 0 ? "\n" : "",
                              attachment->name, attachment->type, attachment->octets);
    }

  return g_strdup (joined->str);
}

static char *
join_warnings (const PjMailText *mail)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < mail->warnings->len; i++)
    {
      const PjMailWarning *warning = g_ptr_array_index (mail->warnings, i);

      g_assert_cmpstr (warning->text, !=, "");
      g_string_append_printf (joined, "%s%s", i > 0 ? "," : "", warning->code);
    }

  return g_strdup (joined->str);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailText) mail = parse (c->mail, FALSE);
  g_autofree char *attachments = join_attachments (mail);
  g_autofree char *warnings = join_warnings (mail);

  g_assert_cmpstr (mail->text, ==, c->text);
  g_assert_cmpstr (attachments, ==, c->attachments);
  g_assert_cmpstr (warnings, ==, c->warnings);
  g_assert_false (mail->is_cut);
}

static void
test_headers_in_order (void)
{
  g_autoptr (PjMailText) mail = parse ("Received: one\r\n two\r\nReceived: three\r\n"
                                       "Subject: =?utf-8?Q?=C5=BC?=\r\n"
                                       "To: =?utf-8?Q?=C5=BB?= <z@b.example>, q@b.example\r\n"
                                       "From: =?utf-8?Q?ceo?=@evil.test\r\n\r\n",
                                       FALSE);
  static const char *const expected[] = {
    "Received", "one two",
    "Received", "three",
    "Subject",  "ż",
    "To",       "Ż <z@b.example>, q@b.example",
    "From",     "=?utf-8?Q?ceo?=@evil.test",
  };

  g_assert_cmpuint (mail->headers->len, ==, G_N_ELEMENTS (expected) / 2);
  for (guint i = 0; i < mail->headers->len; i++)
    {
      const PjMailHeader *header = g_ptr_array_index (mail->headers, i);

      g_assert_cmpstr (header->name, ==, expected[2 * i]);
      g_assert_cmpstr (header->value, ==, expected[2 * i + 1]);
    }
}

static const char several[] =
    MIXED "--b\n\nHello\n--b\nContent-Type: image/png; name=a.png\n\nabc\n--b\n"
          "Content-Type: image/png; name=b.png\nContent-Transfer-Encoding: base64\n\n"
          "QUJDQUJDQUJD\nQUJDQUJDQUJD\n--b--\n";

static void
test_cut_attachment_has_no_size (void)
{
  g_autofree char *start = g_strndup (several, strlen (several) - 20);
  g_autoptr (PjMailText) mail = parse (start, TRUE);
  g_autofree char *attachments = join_attachments (mail);

  g_assert_true (mail->is_cut);
  g_assert_cmpstr (attachments, ==, "a.png|image/png|3\nb.png|image/png|-1");
}

static void
test_cut_anywhere (void)
{
  for (gsize len = 0; len < sizeof several; len++)
    {
      g_autofree char *start = g_strndup (several, len);
      g_autoptr (PjMailText) mail = parse (start, TRUE);

      g_assert_true (g_utf8_validate (mail->text, -1, NULL));
    }
}

static void
test_long_text_is_cut (void)
{
  g_autoptr (GString) bytes = g_string_new ("Content-Type: text/plain; charset=utf-8\n\n");
  g_autoptr (PjMailText) mail = NULL;
  g_autofree char *warnings = NULL;

  while (bytes->len < 3 * 1024 * 1024)
    g_string_append (bytes, "żółw ");
  mail = parse (bytes->str, FALSE);
  warnings = join_warnings (mail);

  g_assert_cmpuint (strlen (mail->text), <=, 1024 * 1024);
  g_assert_cmpuint (strlen (mail->text), >, 1024 * 1024 - 16);
  g_assert_true (g_utf8_validate (mail->text, -1, NULL));
  g_assert_cmpstr (warnings, ==, "text-cut");
}

static void
test_deep_nesting_ends (void)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autoptr (PjMailText) mail = NULL;
  g_autofree char *warnings = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (bytes, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
  mail = parse (bytes->str, FALSE);
  warnings = join_warnings (mail);

  g_assert_cmpstr (warnings, ==, "text-cut");
}

/* An attached mail's own lists of addresses are parsed along with it. */
static void
test_nested_groups_end (void)
{
  g_autoptr (GString) bytes = g_string_new ("Content-Type: message/rfc822\n\nFrom: ");
  g_autoptr (PjMailText) mail = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append (bytes, "a:");
  g_string_append (bytes, "\nSubject: Inner\n\ndeep");
  mail = parse (bytes->str, FALSE);

  g_assert_cmpstr (mail->text, ==, "Attached message: Inner\n\ndeep\n");
}

static void
test_boundaries_without_end_are_cut (void)
{
  g_autoptr (GString) bytes = g_string_new (MIXED "--b\n\nfirst\n");
  g_autoptr (PjMailText) mail = NULL;
  g_autofree char *warnings = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (bytes, "--b\n");
  g_string_append (bytes, "\nlast");
  mail = parse (bytes->str, FALSE);
  warnings = join_warnings (mail);

  g_assert_cmpstr (mail->text, ==, "first\n");
  g_assert_cmpstr (warnings, ==, "text-cut");
}

static void
test_many_parts_end (void)
{
  g_autoptr (GString) bytes = g_string_new (MIXED);
  g_autoptr (PjMailText) mail = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append (bytes, "--b\nContent-Type: image/png\n\nx\n");
  mail = parse (bytes->str, FALSE);

  g_assert_cmpuint (mail->attachments->len, <=, 1000);
}

/* A sanitizer takes some times as much memory itself. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define MAX_PEAK_BYTES (100 * 1024 * 1024)
#else
#define MAX_PEAK_BYTES G_MAXINT64
#endif

static gint64
measure_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) usage.ru_maxrss * 1024;
}

/* Name, what is repeated, how often. The peak is of the mail and all that was
 * before it as well. */
static const struct
{
  const char *name;
  const char *repeated;
  guint n;
} large[] = {
  { "ten-megabytes", "<p style='color:#333;font-size:14px'>Hello <b>world</b> and all</p>\n",
    160000 },
  { "nested-tags", "<div>", 100000 },
  { "links", "<a href=x>y</a>", 1000000 },
  { "spans", "a<b>b</b>", 1000000 },
  { "blocks", "<p>a", 1000000 },
};

static void
test_large_html_takes_little_memory (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (large); i++)
    {
      g_autoptr (GString) bytes = g_string_new ("Content-Type: text/html; charset=utf-8\n\n");
      g_autoptr (PjMailText) mail = NULL;
      gint64 before;

      for (guint j = 0; j < large[i].n; j++)
        g_string_append (bytes, large[i].repeated);
      before = measure_peak ();
      mail = parse (bytes->str, FALSE);

      g_test_message ("%s", large[i].name);
      g_assert_true (pj_mail_text_has_warning (mail, "text-cut"));
      g_assert_cmpuint (mail->document->text->len, <=, 1024 * 1024);
      g_assert_cmpint (measure_peak () - before, <, MAX_PEAK_BYTES);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/body/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/body/headers-in-order", test_headers_in_order);
  g_test_add_func ("/mail/body/cut-attachment-has-no-size", test_cut_attachment_has_no_size);
  g_test_add_func ("/mail/body/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/mail/body/long-text-is-cut", test_long_text_is_cut);
  g_test_add_func ("/mail/body/deep-nesting-ends", test_deep_nesting_ends);
  g_test_add_func ("/mail/body/nested-groups-end", test_nested_groups_end);
  g_test_add_func ("/mail/body/boundaries-without-end-are-cut",
                   test_boundaries_without_end_are_cut);
  g_test_add_func ("/mail/body/large-html-takes-little-memory",
                   test_large_html_takes_little_memory);
  g_test_add_func ("/mail/body/many-parts-end", test_many_parts_end);

  return g_test_run ();
}
