/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-mailto.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-domain.h"

#define SCHEME "mailto:"

/* RFC 5321 section 4.5.3.1.1 has 64; lists put a reader's trace there, which
 * is longer. */
#define MAX_LOCAL_BYTES 256

typedef struct
{
  GPtrArray *to;    /* (owned) addresses, escaped */
  GPtrArray *shown; /* (owned) all addresses */
  GString *fields;  /* (owned) the others, "&" before each */
  GPtrArray *hosts; /* (owned) of all addresses */
} Reading;

/* What separates addresses and comments in a header field has no place in one. */
static gboolean
is_local_part (const char *local)
{
  if (*local == '\0' || strlen (local) > MAX_LOCAL_BYTES)
    return FALSE;

  for (const char *p = local; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c) || pj_text_is_hidden_char (c) ||
          (c < 0x80 && strchr ("\"(),:;<>@[\\]", (int) c) != NULL))
        return FALSE;
    }

  return TRUE;
}

/* Returns: whether a mail can go to @address, and is allowed to */
static gboolean
take_address (Reading *reading, const char *address, GPtrArray *escaped)
{
  const char *at = strrchr (address, '@');
  g_autofree char *local = at != NULL ? g_strndup (address, (gsize) (at - address)) : NULL;
  g_autofree char *host = at != NULL ? pj_mail_domain_to_ascii (at + 1) : NULL;
  g_autofree char *shown = NULL;
  g_autofree char *escaped_local = NULL;

  if (host == NULL || !is_local_part (local) || pj_mail_domain_is_number (host) ||
      reading->shown->len >= PJ_MAIL_MAILTO_MAX_ADDRESSES)
    return FALSE;

  shown = pj_mail_domain_to_shown (host);
  g_ptr_array_add (reading->shown, g_strdup_printf ("%s@%s", local, shown));
  escaped_local = g_uri_escape_string (local, "!$'*", FALSE);
  g_ptr_array_add (escaped, g_strdup_printf ("%s@%s", escaped_local, host));
  g_ptr_array_add (reading->hosts, g_steal_pointer (&host));

  return TRUE;
}

/* A comma between addresses is written as such, or escaped in a field. */
static gboolean
take_addresses (Reading *reading, const char *value, GPtrArray *escaped)
{
  g_auto (GStrv) addresses = g_strsplit (value, ",", -1);

  for (guint i = 0; addresses[i] != NULL; i++)
    {
      g_strstrip (addresses[i]);
      if (*addresses[i] != '\0' && !take_address (reading, addresses[i], escaped))
        return FALSE;
    }

  return TRUE;
}

/* A line end in a header field would begin another one. */
static gboolean
is_clean (const char *value, gboolean has_lines)
{
  if (!g_utf8_validate (value, -1, NULL))
    return FALSE;

  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)) &&
          !(has_lines && (*p == '\r' || *p == '\n' || *p == '\t')))
        return FALSE;
    }

  return TRUE;
}

static void
append_field (Reading *reading, const char *name, const char *escaped)
{
  if (*escaped != '\0')
    g_string_append_printf (reading->fields, "&%s=%s", name, escaped);
}

static gboolean
take_words (Reading *reading, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  append_field (reading, name, escaped);
  return TRUE;
}

static gboolean
take_copies (Reading *reading, const char *name, const char *value)
{
  g_autoptr (GPtrArray) escaped = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  if (!take_addresses (reading, value, escaped))
    return FALSE;

  g_ptr_array_add (escaped, NULL);
  list = g_strjoinv (",", (char **) escaped->pdata);
  append_field (reading, name, list);
  return TRUE;
}

static gboolean
take_recipients (Reading *reading, const char *name, const char *value)
{
  return take_addresses (reading, value, reading->to);
}

/* Some mail programs attach the file of the reader's that such a field names. */
static gboolean
refuse (Reading *reading, const char *name, const char *value)
{
  return FALSE;
}

typedef struct
{
  const char *name;
  gboolean has_lines;
  gboolean (*take) (Reading *reading, const char *name, const char *value);
} Field;

static const Field known_fields[] = {
  { "to", FALSE, take_recipients }, { "cc", FALSE, take_copies },
  { "bcc", FALSE, take_copies },    { "subject", FALSE, take_words },
  { "body", TRUE, take_words },     { "attach", TRUE, refuse },
  { "attachment", TRUE, refuse },   { "attachments", TRUE, refuse },
  { "attach-file", TRUE, refuse },
};

/* What is not known is left out: a field of the header has no say in what its
 * reader sees. */
static gboolean
take_field (Reading *reading, const char *field)
{
  g_auto (GStrv) pair = g_strsplit (field, "=", 2);
  g_autofree char *name = pair[0] != NULL ? g_uri_unescape_string (pair[0], NULL) : NULL;
  g_autofree char *value = NULL;

  if (name == NULL)
    return pair[0] == NULL;

  g_strstrip (name);
  for (gsize i = 0; i < G_N_ELEMENTS (known_fields); i++)
    {
      if (g_ascii_strcasecmp (name, known_fields[i].name) != 0)
        continue;

      value = g_uri_unescape_string (pair[1] != NULL ? pair[1] : "", NULL);
      return value != NULL && is_clean (value, known_fields[i].has_lines) &&
             known_fields[i].take (reading, known_fields[i].name, value);
    }

  return TRUE;
}

static gboolean
take_fields (Reading *reading, const char *query)
{
  g_auto (GStrv) fields = g_strsplit (query, "&", -1);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      if (!take_field (reading, fields[i]))
        return FALSE;
    }

  return TRUE;
}

/* Commas are looked for before escapes are undone: an escaped one belongs to an
 * address (RFC 6068 section 2), which then is none. */
static gboolean
take_path (Reading *reading, const char *path)
{
  g_auto (GStrv) addresses = g_strsplit (path, ",", -1);

  for (guint i = 0; addresses[i] != NULL; i++)
    {
      g_autofree char *address = g_uri_unescape_string (addresses[i], NULL);

      if (address == NULL || !is_clean (address, FALSE))
        return FALSE;
      g_strstrip (address);
      if (*address != '\0' && !take_address (reading, address, reading->to))
        return FALSE;
    }

  return TRUE;
}

static char *
write_target (const Reading *reading)
{
  GString *target = g_string_new (SCHEME);

  for (guint i = 0; i < reading->to->len; i++)
    g_string_append_printf (target, "%s%s", i > 0 ? "," : "",
                            (const char *) g_ptr_array_index (reading->to, i));
  if (reading->fields->len > 0)
    g_string_append_printf (target, "?%s", reading->fields->str + 1);

  return g_string_free (target, FALSE);
}

static PjMailMailto *
finish (Reading *reading)
{
  PjMailMailto *self = g_new0 (PjMailMailto, 1);

  g_ptr_array_add (reading->shown, NULL);
  g_ptr_array_add (reading->hosts, NULL);
  self->target = write_target (reading);
  self->addresses = (char **) g_ptr_array_free (g_steal_pointer (&reading->shown), FALSE);
  self->hosts = (char **) g_ptr_array_free (g_steal_pointer (&reading->hosts), FALSE);

  return self;
}

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->to, g_ptr_array_unref);
  g_clear_pointer (&reading->shown, g_ptr_array_unref);
  g_clear_pointer (&reading->hosts, g_ptr_array_unref);
  g_string_free (reading->fields, TRUE);
}

static gboolean
take_all (Reading *reading, const char *text)
{
  gsize path_len = strcspn (text, "?#");
  gsize query_len = text[path_len] == '?' ? strcspn (text + path_len + 1, "#") : 0;
  g_autofree char *path = g_strndup (text, path_len);
  g_autofree char *query = g_strndup (text + path_len + (query_len > 0 ? 1 : 0), query_len);

  return take_path (reading, path) && take_fields (reading, query);
}

static PjMailMailto *
read_behind_scheme (const char *text)
{
  PjMailMailto *self = NULL;
  Reading reading = {
    .to = g_ptr_array_new_with_free_func (g_free),
    .shown = g_ptr_array_new_with_free_func (g_free),
    .hosts = g_ptr_array_new_with_free_func (g_free),
    .fields = g_string_new (NULL),
  };

  if (take_all (&reading, text))
    self = finish (&reading);
  reading_clear (&reading);

  return self;
}

static char *
drop_controls (const char *text)
{
  GString *kept = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if ((guchar) *text >= ' ')
        g_string_append_c (kept, *text);
    }

  return g_strstrip (g_string_free (kept, FALSE));
}

/**
 * pj_mail_mailto_read:
 * @text: the target of a link
 *
 * Reads a link that begins a mail. Of the fields that it may fill, only those
 * that the reader sees are kept: to, cc, bcc, subject and body. Linear. Any
 * thread.
 *
 * Reference: RFC 6068
 *
 * Returns: (transfer full) (nullable): the mail; %NULL when @text is no such link,
 *   attaches something, has line ends where one line belongs, or goes to what
 *   is no address, or to more than %PJ_MAIL_MAILTO_MAX_ADDRESSES
 */
PjMailMailto *
pj_mail_mailto_read (const char *text)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  clean = drop_controls (text);
  if (g_ascii_strncasecmp (clean, SCHEME, strlen (SCHEME)) != 0)
    return NULL;

  return read_behind_scheme (clean + strlen (SCHEME));
}

/**
 * pj_mail_mailto_free:
 * @self: (transfer full): the mail
 */
void
pj_mail_mailto_free (PjMailMailto *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->target);
  g_strfreev (self->addresses);
  g_strfreev (self->hosts);
  g_free (self);
}
