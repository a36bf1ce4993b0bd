/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-listing.h"

#include <string.h>

#include "pop3/pj-pop3-error.h"

#define BAD 0
#define COUNT 7 /* messages in the mailbox of the rows below */

typedef struct
{
  const char *name;
  const char *text;
  gboolean is_good;
  guint count;
  guint64 octets;
} StatCase;

static const StatCase stats[] = {
  { "plain", "7 1800662", TRUE, 7, 1800662 },
  { "empty", "0 0", TRUE, 0, 0 },
  { "text-follows", "3 120 octets", TRUE, 3, 120 },
  { "over-32-bits", "3 4294967800", TRUE, 3, 4294967800 },
  { "two-blanks", "3  120", TRUE, 3, 120 },
  { "no-size", "7", BAD, 0, 0 },
  { "word", "seven 1800662", BAD, 0, 0 },
  { "glued-sign", "7 #octets", BAD, 0, 0 },
  { "negative", "-1 5", BAD, 0, 0 },
  { "negative-size", "1 -5", BAD, 0, 0 },
  { "over-63-bits", "1 9223372036854775808", BAD, 0, 0 },
  { "twenty-digits", "99999999999999999999 5", BAD, 0, 0 },
  { "thirty-digits", "999999999999999999999999999999 5", BAD, 0, 0 },
  { "too-many-messages", "1000001 5", BAD, 0, 0 },
  { "most-messages", "1000000 5", TRUE, 1000000, 5 },
  { "nothing", "", BAD, 0, 0 },
  { "hexadecimal", "0x7 5", BAD, 0, 0 },
  { "plus-sign", "+7 5", BAD, 0, 0 },
};

static void
test_stat (gconstpointer data)
{
  const StatCase *c = data;
  g_autoptr (GError) error = NULL;
  guint count = 0;
  guint64 octets = 0;

  if (!c->is_good)
    {
      g_assert_false (pj_pop3_listing_parse_stat (c->text, &count, &octets, &error));
      g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL);
      return;
    }

  g_assert_true (pj_pop3_listing_parse_stat (c->text, &count, &octets, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, c->count);
  g_assert_cmpuint (octets, ==, c->octets);
}

typedef struct
{
  const char *name;
  const char *row;
  guint number; /* BAD: refused */
  guint64 octets;
} SizeCase;

static const SizeCase sizes[] = {
  { "plain", "2 300", 2, 300 },
  { "last", "7 1", 7, 1 },
  { "text-follows", "2 300 bytes", 2, 300 },
  { "over-32-bits", "2 4294967400", 2, 4294967400 },
  { "no-size", "7", BAD, 0 },
  { "over-the-count", "8 8192", BAD, 0 },
  { "word", "7 ten", BAD, 0 },
  { "number-zero", "0 100", BAD, 0 },
  { "negative", "-1 100", BAD, 0 },
  { "negative-size", "1 -100", BAD, 0 },
};

static void
test_size (gconstpointer data)
{
  const SizeCase *c = data;
  guint number = 0;
  guint64 octets = 0;

  if (c->number == BAD)
    {
      g_assert_false (pj_pop3_listing_parse_size (c->row, COUNT, &number, &octets));
      return;
    }

  g_assert_true (pj_pop3_listing_parse_size (c->row, COUNT, &number, &octets));
  g_assert_cmpuint (number, ==, c->number);
  g_assert_cmpuint (octets, ==, c->octets);
}

typedef struct
{
  const char *name;
  const char *row;
  guint number; /* BAD: refused */
  const char *uid;
} UidCase;

/* The forms are those of Dovecot, Courier, Cyrus, popa3d, Mailutils, mpopd. */
static const UidCase uids[] = {
  { "dovecot", "1 000000016b0267b1", 1, "000000016b0267b1" },
  { "courier", "2 UID1-1795320034", 2, "UID1-1795320034" },
  { "cyrus", "3 1795320059.1", 3, "1795320059.1" },
  { "path", "4 ../../etc/passwd", 4, "../../etc/passwd" },
  { "two-blanks", "1  abc", 1, "abc" },
  { "blank-inside", "1 a b", 1, "a b" },
  { "utf8", "1 \305\274", 1, "\305\274" },
  { "none", "3", BAD, NULL },
  { "blank", "3 ", BAD, NULL },
  { "over-the-count", "103 x", BAD, NULL },
  { "zero", "0 x", BAD, NULL },
  { "not-utf8", "1 \xff", BAD, NULL },
  { "control", "1 a\tb", BAD, NULL },
  { "escape", "1 \033[2J", BAD, NULL },
  { "eight-bit-control", "1 \302\2332J", BAD, NULL },
  { "delete", "1 a\177", BAD, NULL },
  { "words", "uid list follows", BAD, NULL },
};

static void
test_uid (gconstpointer data)
{
  const UidCase *c = data;
  const char *uid = NULL;
  guint number = 0;

  if (c->number == BAD)
    {
      g_assert_false (pj_pop3_listing_parse_uid (c->row, COUNT, &number, &uid));
      return;
    }

  g_assert_true (pj_pop3_listing_parse_uid (c->row, COUNT, &number, &uid));
  g_assert_cmpuint (number, ==, c->number);
  g_assert_cmpstr (uid, ==, c->uid);
}

static void
test_long_uid (void)
{
  g_autofree char *fits = g_strnfill (PJ_POP3_MAX_UID_BYTES, 'x');
  g_autofree char *good = g_strconcat ("1 ", fits, NULL);
  g_autofree char *bad = g_strconcat ("1 ", fits, "x", NULL);
  const char *uid = NULL;
  guint number;

  g_assert_true (pj_pop3_listing_parse_uid (good, COUNT, &number, &uid));
  g_assert_cmpstr (uid, ==, fits);
  g_assert_false (pj_pop3_listing_parse_uid (bad, COUNT, &number, &uid));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (stats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/listing/stat/%s", stats[i].name);

      g_test_add_data_func (path, &stats[i], test_stat);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/listing/size/%s", sizes[i].name);

      g_test_add_data_func (path, &sizes[i], test_size);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (uids); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/listing/uid/%s", uids[i].name);

      g_test_add_data_func (path, &uids[i], test_uid);
    }
  g_test_add_func ("/pop3/listing/uid/long", test_long_uid);

  return g_test_run ();
}
