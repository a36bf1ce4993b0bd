/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

/* No charset has a longer name; what is longer is no name. */
#define MAX_NAME_BYTES 40

typedef struct
{
  const char *language; /* ISO 639 */
  const char *charset;
} Fallback;

/* What mail programs wrote before UTF-8, by the language of the reader: the
 * one that most of their undeclared mails are in. */
static const Fallback fallbacks[] = {
  { "be", "windows-1251" }, { "bg", "windows-1251" }, { "bs", "windows-1250" },
  { "cs", "iso-8859-2" },   { "el", "windows-1253" }, { "he", "windows-1255" },
  { "hr", "iso-8859-2" },   { "hu", "iso-8859-2" },   { "ja", "shift_jis" },
  { "ko", "euc-kr" },       { "lt", "windows-1257" }, { "lv", "windows-1257" },
  { "mk", "windows-1251" }, { "pl", "iso-8859-2" },   { "ro", "iso-8859-2" },
  { "ru", "windows-1251" }, { "sk", "iso-8859-2" },   { "sl", "iso-8859-2" },
  { "sr", "windows-1251" }, { "th", "windows-874" },  { "tr", "windows-1254" },
  { "uk", "windows-1251" },
};

/**
 * pj_mail_charset_for_language:
 * @language: a locale name, "pl_PL.UTF-8", "pl" or "C"
 *
 * Returns: (transfer none): charset to try on undeclared 8-bit text
 */
const char *
pj_mail_charset_for_language (const char *language)
{
  g_return_val_if_fail (language != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fallbacks); i++)
    {
      gsize len = strlen (fallbacks[i].language);

      if (strncmp (language, fallbacks[i].language, len) == 0 && !g_ascii_isalpha (language[len]))
        return fallbacks[i].charset;
    }

  return "windows-1252";
}

/**
 * pj_mail_charset_get_fallback:
 *
 * Returns: (transfer none): pj_mail_charset_for_language() of the user
 */
const char *
pj_mail_charset_get_fallback (void)
{
  return pj_mail_charset_for_language (g_get_language_names ()[0]);
}

static gboolean
is_name (const char *charset)
{
  gsize len = strnlen (charset, MAX_NAME_BYTES + 1);

  if (len == 0 || len > MAX_NAME_BYTES)
    return FALSE;

  /* A slash would pass options to iconv ("//TRANSLIT"). */
  for (gsize i = 0; i < len; i++)
    {
      if (!g_ascii_isalnum (charset[i]) && strchr ("-_.:+", charset[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

static iconv_t
open_converter (const char *charset)
{
  if (charset == NULL || !is_name (charset))
    return (iconv_t) -1;

  return iconv_open ("UTF-8", charset);
}

/**
 * pj_mail_charset_is_known:
 * @charset: (nullable): a name from a mail
 *
 * Returns: whether text in @charset can be converted
 */
gboolean
pj_mail_charset_is_known (const char *charset)
{
  iconv_t converter = open_converter (charset);

  if (converter == (iconv_t) -1)
    return FALSE;

  iconv_close (converter);
  return TRUE;
}

static gboolean
is_any_of (const char *charset, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (charset, names[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_c1_bytes (const char *bytes, gsize len)
{
  for (gsize i = 0; i < len; i++)
    {
      guchar byte = (guchar) bytes[i];

      if (byte >= 0x80 && byte <= 0x9F)
        return TRUE;
    }

  return FALSE;
}

/* Windows programs label their own charset as the ISO one beside it. The ISO
 * ones have only control characters at 0x80 to 0x9F, so such bytes tell. */
static const char *
what_it_really_is (const char *declared, const char *bytes, gsize len)
{
  static const char *const latin1[] = { "iso-8859-1", "iso_8859-1", "latin1", NULL };
  static const char *const latin2[] = { "iso-8859-2", "iso_8859-2", "latin2", NULL };

  if (!is_any_of (declared, latin1) && !is_any_of (declared, latin2))
    return declared;
  if (!has_c1_bytes (bytes, len))
    return declared;

  return is_any_of (declared, latin1) ? "windows-1252" : "windows-1250";
}

/* One call of iconv. Without @in it writes what it holds back and begins anew:
 * in charsets that compose characters, such as windows-1255, it keeps a letter
 * until it has seen the next byte.
 * Returns: whether it can go on */
static gboolean
convert_some (iconv_t converter, char **in, gsize *in_left, GString *out)
{
  char chunk[4096];
  char *end = chunk;
  gsize room = sizeof chunk;
  gboolean can_go_on = iconv (converter, in, in_left, &end, &room) != (gsize) -1 || errno == E2BIG;

  g_string_append_len (out, chunk, (gssize) (sizeof chunk - room));
  return can_go_on;
}

static char *
convert (iconv_t converter, const char *bytes, gsize len)
{
  g_autoptr (GString) out = g_string_sized_new (len + len / 8 + 16);
  char *in = (char *) bytes; /* iconv's prototype lacks the const, it does not write there */
  gsize in_left = len;

  while (in_left > 0)
    {
      if (convert_some (converter, &in, &in_left, out))
        continue;

      /* A byte that means nothing here, or a character cut at the end. */
      convert_some (converter, NULL, NULL, out);
      g_string_append (out, "\uFFFD");
      in++;
      in_left--;
    }
  convert_some (converter, NULL, NULL, out);

  /* NUL is a character to iconv, but an end to everyone after us. */
  return g_utf8_make_valid (out->str, (gssize) out->len);
}

static gboolean
is_ascii (const char *start, const char *end)
{
  while (start < end && (guchar) *start < 0x80)
    start++;

  return start == end;
}

static gboolean
is_utf8 (const char *bytes, gsize len)
{
  const char *end;

  if (g_utf8_validate_len (bytes, len, &end))
    return TRUE;

  /* A mail that TOP has cut may end within a character, which would prove
   * nothing were it the only one: any lone 8-bit byte looks like that. */
  return g_utf8_get_char_validated (end, bytes + len - end) == (gunichar) -2 &&
         !is_ascii (bytes, end);
}

/**
 * pj_mail_charset_to_utf8:
 * @bytes: text as a mail holds it, content encoding undone
 * @len: bytes
 * @declared: (nullable): charset that the mail names
 *
 * Turns text of any charset into UTF-8, losing nothing that can be read: by
 * the declared charset; without one, or with one that is unknown or cannot be
 * true, as UTF-8 when it is that, else in the charset of the user's language.
 * What cannot be read becomes U+FFFD. Linear in @len.
 *
 * Returns: (transfer full): valid UTF-8 without NUL
 */
char *
pj_mail_charset_to_utf8 (const char *bytes, gsize len, const char *declared)
{
  static const char *const vague[] = { "us-ascii", "ascii", "unknown-8bit", NULL };
  static const char *const utf8[] = { "utf-8", "utf8", NULL };
  gboolean is_said_to_be_utf8 = declared != NULL && is_any_of (declared, utf8);
  gboolean is_vague = declared == NULL || is_said_to_be_utf8 || is_any_of (declared, vague);
  iconv_t converter = (iconv_t) -1;
  char *text;

  g_return_val_if_fail (bytes != NULL || len == 0, NULL);

  if (len == 0)
    return g_strdup ("");

  if (!is_vague)
    converter = open_converter (what_it_really_is (declared, bytes, len));
  if (converter == (iconv_t) -1)
    {
      if (is_said_to_be_utf8 || is_utf8 (bytes, len))
        return g_utf8_make_valid (bytes, (gssize) len);
      converter = open_converter (pj_mail_charset_get_fallback ());
    }
  if (converter == (iconv_t) -1)
    return g_utf8_make_valid (bytes, (gssize) len);

  text = convert (converter, bytes, len);
  iconv_close (converter);

  return text;
}
