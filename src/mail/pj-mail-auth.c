/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-auth.h"

#include <string.h>

#include "base/pj-text.h"

/*
 * Authentication-Results (RFC 8601): a service that has taken a mail in tells
 * what it has verified. Anybody can write such a field into a mail, so only
 * the topmost ones of one's own service count: it has put them there last.
 */

#define FIELD "Authentication-Results"

/* A name of a host has 253 (RFC 1035 section 2.3.4). */
#define MAX_WORD_CHARS 255

/* Comments within comments; nobody writes any. */
#define MAX_COMMENT_DEPTH 8

/* A service tells of a handful of methods, in one field or a few. */
#define MAX_RESULTS 64

/* RFC 8601 section 2.2. */
typedef struct
{
  const char *at;
} Reader;

static void
skip_comment (Reader *reader)
{
  guint depth = 0;

  for (; *reader->at != '\0'; reader->at++)
    {
      if (*reader->at == '\\' && reader->at[1] != '\0')
        reader->at++;
      else if (*reader->at == '(' && depth < MAX_COMMENT_DEPTH)
        depth++;
      else if (*reader->at == ')' && --depth == 0)
        {
          reader->at++;
          return;
        }
    }
}

static void
skip_blank (Reader *reader)
{
  for (;;)
    {
      if (g_ascii_isspace (*reader->at))
        reader->at++;
      else if (*reader->at == '(')
        skip_comment (reader);
      else
        return;
    }
}

static gboolean
take_char (Reader *reader, char c)
{
  skip_blank (reader);
  if (*reader->at != c)
    return FALSE;

  reader->at++;
  return TRUE;
}

static void
read_quoted (Reader *reader, GString *word)
{
  reader->at++;
  for (; *reader->at != '\0' && *reader->at != '"'; reader->at++)
    {
      if (*reader->at == '\\' && reader->at[1] != '\0')
        reader->at++;
      g_string_append_c (word, *reader->at);
    }
  if (*reader->at == '"')
    reader->at++;
}

/* A token or a quoted string, cut before any of @ends.
 * Returns: (transfer full): cleaned, in lower case; "" when there is none */
static char *
read_word (Reader *reader, const char *ends)
{
  g_autoptr (GString) word = g_string_new (NULL);
  g_autofree char *clean = NULL;

  skip_blank (reader);
  if (*reader->at == '"')
    read_quoted (reader, word);
  else
    {
      while (*reader->at != '\0' && !g_ascii_isspace (*reader->at) &&
             strchr (ends, *reader->at) == NULL)
        g_string_append_c (word, *reader->at++);
    }

  clean = pj_text_clean_line (word->str, (gssize) word->len, MAX_WORD_CHARS);
  return g_utf8_strdown (clean, -1);
}

/* Leaves the reader behind the name and before what it tells. */
static char *
read_authserv_id (Reader *reader)
{
  Reader ahead;
  g_autofree char *id = read_word (reader, ";(=");

  /* Some services leave their name out and begin with the first method. */
  ahead = *reader;
  if (take_char (&ahead, '='))
    return g_strdup ("");

  skip_blank (reader);
  while (g_ascii_isdigit (*reader->at))
    reader->at++;

  return g_steal_pointer (&id);
}

static PjMailAuthResult
result_from_word (const char *word)
{
  if (g_str_equal (word, "pass"))
    return PJ_MAIL_AUTH_PASS;

  /* "hardfail" is what it was called before RFC 7001. */
  return g_str_equal (word, "fail") || g_str_equal (word, "hardfail") ? PJ_MAIL_AUTH_FAIL
                                                                      : PJ_MAIL_AUTH_OPEN;
}

static void
set_domain (char **domain, const char *value)
{
  const char *at = strrchr (value, '@');

  g_free (*domain);
  *domain = g_strdup (at != NULL ? at + 1 : value);
}

/* One of several signatures that holds is enough. */
static gboolean
take_result (PjMailAuthResult *known, PjMailAuthResult result)
{
  if (*known == PJ_MAIL_AUTH_PASS || (*known != PJ_MAIL_AUTH_ABSENT && result != PJ_MAIL_AUTH_PASS))
    return FALSE;

  *known = result;
  return TRUE;
}

/* Which properties of a method name the domain that it judged. */
typedef struct
{
  const char *method;
  const char *properties[3]; /* NULL-terminated */
  gsize result;
  gsize domain;
} Method;

static const Method methods[] = {
  { "dmarc",
    { "header.from" },
    G_STRUCT_OFFSET (PjMailAuth, dmarc),
    G_STRUCT_OFFSET (PjMailAuth, from_domain) },
  { "dkim",
    { "header.d", "header.i" },
    G_STRUCT_OFFSET (PjMailAuth, dkim),
    G_STRUCT_OFFSET (PjMailAuth, dkim_domain) },
  { "spf",
    { "smtp.mailfrom", "smtp.helo" },
    G_STRUCT_OFFSET (PjMailAuth, spf),
    G_STRUCT_OFFSET (PjMailAuth, spf_domain) },
};

static const Method *
find_method (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      if (g_str_equal (methods[i].method, name))
        return &methods[i];
    }

  return NULL;
}

static gboolean
names_domain (const Method *method, const char *property)
{
  for (gsize i = 0; method->properties[i] != NULL; i++)
    {
      if (g_str_equal (method->properties[i], property))
        return TRUE;
    }

  return FALSE;
}

/* "method[/version]=result *(property=value)", to the next semicolon.
 * Returns: whether there may be another one */
static gboolean
read_result (Reader *reader, PjMailAuth *self)
{
  g_autofree char *name = read_word (reader, ";=/(");
  const Method *method = find_method (name);
  g_autofree char *result = NULL;
  gboolean counts;

  if (take_char (reader, '/'))
    g_free (read_word (reader, ";="));
  if (take_char (reader, '='))
    result = read_word (reader, ";(");
  counts = method != NULL && result != NULL &&
           take_result (G_STRUCT_MEMBER_P (self, method->result), result_from_word (result));
  if (counts)
    set_domain (G_STRUCT_MEMBER_P (self, method->domain), "");

  for (;;)
    {
      g_autofree char *property = NULL;
      g_autofree char *value = NULL;
      char **domain = counts ? G_STRUCT_MEMBER_P (self, method->domain) : NULL;

      skip_blank (reader);
      if (*reader->at == '\0')
        return FALSE;
      if (take_char (reader, ';'))
        return TRUE;

      property = read_word (reader, ";=(");
      if (!take_char (reader, '='))
        {
          /* A lone "=" or a quote that holds nothing must not stop us here. */
          if (*property == '\0' && *reader->at != '\0' && *reader->at != ';')
            reader->at++;
          continue;
        }
      value = read_word (reader, ";(");
      if (domain != NULL && **domain == '\0' && names_domain (method, property))
        set_domain (domain, value);
    }
}

static void
read_results (Reader *reader, PjMailAuth *self)
{
  guint n = 0;

  if (!take_char (reader, ';'))
    return;
  while (n++ < MAX_RESULTS && read_result (reader, self))
    continue;
}

static gboolean
is_ours (const PjMailRawField *field)
{
  return g_ascii_strcasecmp (field->name, FIELD) == 0;
}

/**
 * pj_mail_auth_new:
 * @scan: header of a mail
 * @authserv_id: (nullable): name under which the server that has taken the mail
 *   in tells of it, in any case; %NULL or "" when it is not known
 *
 * Reads the topmost fields of that service: the first one of its name, and
 * those of its name that follow it at once. All other ones may be forged.
 * Without a name nothing is believed.
 *
 * Reference: RFC 8601 sections 2.2, 5.
 *
 * Returns: (transfer full): what was verified
 */
PjMailAuth *
pj_mail_auth_new (const PjMailHeaderScan *scan, const char *authserv_id)
{
  PjMailAuth *self = g_new0 (PjMailAuth, 1);
  g_autofree char *wanted = g_utf8_strdown (authserv_id != NULL ? authserv_id : "", -1);
  gboolean has_begun = FALSE;

  self->from_domain = g_strdup ("");
  self->dkim_domain = g_strdup ("");
  self->spf_domain = g_strdup ("");

  for (guint i = 0; *wanted != '\0' && i < scan->fields->len; i++)
    {
      const PjMailRawField *field = g_ptr_array_index (scan->fields, i);
      g_autofree char *id = NULL;
      Reader reader;
      gboolean is_wanted = FALSE;

      if (is_ours (field))
        {
          reader.at = field->value;
          id = read_authserv_id (&reader);
          is_wanted = g_str_equal (id, wanted);
        }
      if (is_wanted)
        read_results (&reader, self);
      else if (has_begun)
        break;
      has_begun = is_wanted;
    }

  return self;
}

/**
 * pj_mail_auth_free:
 * @self: (transfer full): the results
 */
void
pj_mail_auth_free (PjMailAuth *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->from_domain);
  g_free (self->dkim_domain);
  g_free (self->spf_domain);
  g_free (self);
}

/**
 * pj_mail_auth_dup_authserv_id:
 * @scan: header of a mail
 *
 * Who claims, topmost, to have verified the mail; who that is in truth shows
 * only when nearly all mails of a mailbox agree on it.
 *
 * Returns: (transfer full) (nullable): its name, cleaned and in lower case;
 *   %NULL when nobody does
 */
char *
pj_mail_auth_dup_authserv_id (const PjMailHeaderScan *scan)
{
  const char *value = pj_mail_header_scan_find (scan, FIELD);
  g_autofree char *id = NULL;
  Reader reader = { .at = value };

  if (value == NULL)
    return NULL;

  id = read_authserv_id (&reader);
  return *id != '\0' ? g_steal_pointer (&id) : NULL;
}
