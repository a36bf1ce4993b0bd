/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-template.h"

#include <string.h>

/* Room for what one place-holder says; anything longer is text in braces. */
#define MAX_PLACE_HOLDER_BYTES 32

/* Far more than any demo mail carries; a slip in a template stays small. */
#define MAX_BULK_KIB (16 * 1024)

/* A header has English names whatever the language of the desktop, so
 * g_date_time_format() does not do. */
static const char *const day_names[] = {
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};
static const char *const month_names[] = {
  "January", "February", "March",     "April",   "May",      "June",
  "July",    "August",   "September", "October", "November", "December",
};

static const char *
get_day_name (GDateTime *time)
{
  return day_names[g_date_time_get_day_of_week (time) - 1];
}

static const char *
get_month_name (GDateTime *time)
{
  return month_names[g_date_time_get_month (time) - 1];
}

static void
append_date (GString *out, GDateTime *time)
{
  g_string_append_printf (out, "%.3s, %d %.3s %d %02d:%02d:%02d +0000", get_day_name (time),
                          g_date_time_get_day_of_month (time), get_month_name (time),
                          g_date_time_get_year (time), g_date_time_get_hour (time),
                          g_date_time_get_minute (time), g_date_time_get_second (time));
}

static void
append_day (GString *out, GDateTime *time)
{
  g_string_append_printf (out, "%s, %d %s", get_day_name (time),
                          g_date_time_get_day_of_month (time), get_month_name (time));
}

static void
append_ical_day (GString *out, GDateTime *time)
{
  g_string_append_printf (out, "%04d%02d%02d", g_date_time_get_year (time),
                          g_date_time_get_month (time), g_date_time_get_day_of_month (time));
}

/* Bytes that look compressed, the same at each start: no real photo needs to
 * be stored in the program. */
static void
append_bulk (GString *out, guint64 kib)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) kib);
  gsize n_words = kib * 1024 / sizeof (guint32);
  g_autofree guint32 *words = g_new (guint32, n_words);
  gsize len = n_words * sizeof (guint32);
  /* As g_base64_encode_step() wants it, with room for the line ends. */
  gsize room = (len / 3 + 1) * 4 + 4;
  g_autofree char *text = g_malloc (room + room / 72 + 1);
  int state = 0;
  int save = 0;
  gsize text_len;

  for (gsize i = 0; i < n_words; i++)
    words[i] = GUINT32_TO_LE (g_rand_int (rand));

  text_len = g_base64_encode_step ((const guchar *) words, len, TRUE, text, &state, &save);
  text_len += g_base64_encode_close (FALSE, text + text_len, &state, &save);
  g_string_append_len (out, text, (gssize) text_len);
}

/* Reads "-3h", "+2d" or "0m". */
static gboolean
parse_offset_s (const char *text, gint64 *offset_s)
{
  char *unit = NULL;
  gint64 number = g_ascii_strtoll (text, &unit, 10);

  if (unit == text || unit[0] == '\0' || unit[1] != '\0')
    return FALSE;
  if (number < -10000 || number > 10000)
    return FALSE;

  switch (unit[0])
    {
    case 'm':
      *offset_s = number * 60;
      return TRUE;
    case 'h':
      *offset_s = number * 60 * 60;
      return TRUE;
    case 'd':
      *offset_s = number * 24 * 60 * 60;
      return TRUE;
    default:
      return FALSE;
    }
}

static const struct
{
  const char *name;
  void (*append) (GString *out, GDateTime *time);
} time_words[] = {
  { "DATE:", append_date },
  { "DAY:", append_day },
  { "ICAL:", append_ical_day },
};

/* Returns: whether @word, the text between two braces, is a place-holder. */
static gboolean
append_place_holder (GString *out, const char *word, const char *id, gint64 now_s)
{
  gint64 offset_s;
  guint64 kib;

  if (strcmp (word, "ID") == 0)
    {
      g_string_append (out, id);
      return TRUE;
    }

  if (g_str_has_prefix (word, "BULK:") &&
      g_ascii_string_to_unsigned (word + 5, 10, 1, MAX_BULK_KIB, &kib, NULL))
    {
      append_bulk (out, kib);
      return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (time_words); i++)
    {
      const char *name = time_words[i].name;

      if (g_str_has_prefix (word, name) && parse_offset_s (word + strlen (name), &offset_s))
        {
          g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now_s + offset_s);

          time_words[i].append (out, time);
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * pj_demo_template_fill:
 * @text: a mail with place-holders, in any charset that keeps ASCII
 * @len: its bytes
 * @id: what `{ID}` stands for
 * @now_s: seconds since 1970-01-01 UTC
 *
 * Fills in what differs from one start to the next, so that the demo mails
 * never look old:
 *
 * - `{ID}`: the UIDL, for a Message-ID
 * - `{DATE:-3h}`: a date as a header has it; units are m, h and d
 * - `{DAY:+2d}`: a day as people write it, "Thursday, 26 November"
 * - `{ICAL:+2d}`: a day as a calendar entry has it, "20261126"
 * - `{BULK:900}`: that many KiB of base64, the same at each start
 *
 * Other text in braces stays. A pure function; any thread.
 *
 * Returns: (transfer full): the mail
 */
GString *
pj_demo_template_fill (const char *text, gsize len, const char *id, gint64 now_s)
{
  GString *out;
  gsize at = 0;

  g_return_val_if_fail (text != NULL || len == 0, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  out = g_string_sized_new (len + 256);
  while (at < len)
    {
      const char *open = memchr (text + at, '{', len - at);
      gsize word_at = open == NULL ? len : (gsize) (open - text) + 1;
      const char *close;

      g_string_append_len (out, text + at, (open == NULL ? len : word_at - 1) - at);
      at = word_at;
      if (open == NULL)
        break;

      close = memchr (text + at, '}', MIN (len - at, MAX_PLACE_HOLDER_BYTES));
      if (close != NULL)
        {
          g_autofree char *word = g_strndup (text + at, close - (text + at));

          if (append_place_holder (out, word, id, now_s))
            {
              at = (gsize) (close - text) + 1;
              continue;
            }
        }
      g_string_append_c (out, '{');
    }

  return out;
}
