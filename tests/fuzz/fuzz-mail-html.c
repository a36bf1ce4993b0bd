/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "fuzz-document.h"
#include "mail/pj-mail-html.h"

#define MAX_BYTES 65536

/* HTML reaches the reader as valid UTF-8, and leaves it as a sound document
 * near the limit. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *html = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autoptr (PjMailDocument) document = NULL;
  g_autofree char *text = NULL;
  gboolean is_cut;

  document = pj_mail_html_to_document (html, strlen (html), MAX_BYTES, &is_cut);
  fuzz_document_check (document);
  text = pj_mail_document_to_text (document);
  g_assert_cmpuint (document->text->len, <=, MAX_BYTES);
  g_assert_cmpuint (strlen (text), <, MAX_BYTES + 16384);

  return 0;
}
