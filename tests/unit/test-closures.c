/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-closures.h"

/* Sunday 22 November 2026, 14:02:00 UTC. */
#define NOW G_GINT64_CONSTANT (1795356120)
#define HOUR (60 * 60)
#define DAY (24 * HOUR)

typedef struct
{
  const char *name;
  gint64 date;
  const char *words;
} DateCase;

static const DateCase date_cases[] = {
  { "now", NOW, "14:02" },
  { "first-minute-of-today", NOW - 14 * HOUR - 2 * 60, "00:00" },
  { "last-minute-of-yesterday", NOW - 14 * HOUR - 3 * 60, "Sat" },
  { "six-days-ago", NOW - 6 * DAY, "Mon" },
  { "a-week-ago-is-a-date", NOW - 7 * DAY, "15 Nov" },
  { "first-of-january", NOW - 325 * DAY, "1 Jan" },
  { "last-year-has-its-year", NOW - 326 * DAY, "31 Dec 2025" },
  { "later-today-is-today", NOW + HOUR, "15:02" },
  { "tomorrow-has-its-year", NOW + DAY, "23 Nov 2026" },
  { "unknown", 0, "—" },
  { "before-1970", -DAY, "31 Dec 1969" },
  { "beyond-the-calendar", G_MAXINT64, "—" },
};

static void
test_date (gconstpointer data)
{
  const DateCase *c = data;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *words = pj_date_words (c->date, NOW, utc);

  g_assert_cmpstr (words, ==, c->words);
}

static void
test_date_counts_days_where_the_reader_is (void)
{
  g_autoptr (GTimeZone) auckland = g_time_zone_new_offset (13 * HOUR);
  g_autofree char *words = pj_date_words (NOW - 4 * HOUR, NOW, auckland);

  g_assert_cmpstr (words, ==, "Sun");
}

typedef struct
{
  const char *name;
  const char *from_name;
  const char *address;
  const char *sender;
  const char *bracketed;
  const char *full;
} SenderCase;

static const SenderCase sender_cases[] = {
  { "both", "Ala", "ala@x.example", "Ala", "<ala@x.example>", "Ala <ala@x.example>" },
  { "address-only", "", "ala@x.example", "ala@x.example", "", "ala@x.example" },
  { "name-only", "Ala", "", "Ala", "", "Ala" },
  { "nothing", "", "", "(no sender)", "", "(no sender)" },
  { "null", NULL, NULL, "(no sender)", "", "(no sender)" },
  { "name-that-is-an-address", "boss@bank.example", "x@evil.example", "boss@bank.example",
    "<x@evil.example>", "boss@bank.example <x@evil.example>" },
};

static void
test_sender (gconstpointer data)
{
  const SenderCase *c = data;
  g_autofree char *sender = pj_closure_sender (NULL, c->from_name, c->address);
  g_autofree char *bracketed = pj_closure_sender_address (NULL, c->from_name, c->address);
  g_autofree char *full = pj_closure_full_sender (NULL, c->from_name, c->address);

  g_assert_cmpstr (sender, ==, c->sender);
  g_assert_cmpstr (bracketed, ==, c->bracketed);
  g_assert_cmpstr (full, ==, c->full);
}

static void
test_subject (void)
{
  g_autofree char *given = pj_closure_subject_or_placeholder (NULL, "Zdjęcia z gór");
  g_autofree char *empty = pj_closure_subject_or_placeholder (NULL, "");
  g_autofree char *none = pj_closure_subject_or_placeholder (NULL, NULL);

  g_assert_cmpstr (given, ==, "Zdjęcia z gór");
  g_assert_cmpstr (empty, ==, "(no subject)");
  g_assert_cmpstr (none, ==, "(no subject)");
}

static void
test_size (void)
{
  g_autofree char *small = pj_closure_size (NULL, 912);
  g_autofree char *large = pj_closure_size (NULL, 1234567);

  g_assert_cmpstr (small, ==, "912 bytes");
  g_assert_cmpstr (large, ==, "1.2\302\240MB");
}

static const char *const suspicious[] = { "several-from", NULL };
static const char *const harmless[] = { NULL };

typedef struct
{
  const char *name;
  PjMessageState state;
  const char *const *warnings;
  int rank;
  const char *icon;
  const char *words;
} StateCase;

static const StateCase state_cases[] = {
  { "new", PJ_MESSAGE_NEW, NULL, 0, "starred-symbolic", "New" },
  { "waiting", PJ_MESSAGE_WAITING, NULL, 1, "mail-unread-symbolic", "Not opened" },
  { "seen", PJ_MESSAGE_SEEN, NULL, 2, "mail-read-symbolic", "Opened" },
  { "no-warning-in-the-list", PJ_MESSAGE_SEEN, harmless, 2, "mail-read-symbolic", "Opened" },
  { "new-and-suspicious", PJ_MESSAGE_NEW, suspicious, -1, "dialog-warning-symbolic",
    "New, suspicious" },
  { "waiting-and-suspicious", PJ_MESSAGE_WAITING, suspicious, -1, "dialog-warning-symbolic",
    "Not opened, suspicious" },
  { "seen-and-suspicious", PJ_MESSAGE_SEEN, suspicious, -1, "dialog-warning-symbolic",
    "Opened, suspicious" },
};

static void
test_state (gconstpointer data)
{
  const StateCase *c = data;
  g_autofree char *icon = pj_closure_state_icon (NULL, c->state, c->warnings);
  g_autofree char *words = pj_closure_state_words (NULL, c->state, c->warnings);
  g_auto (GStrv) classes = pj_closure_state_classes (NULL, c->state);

  g_assert_cmpint (pj_closure_state_rank (NULL, c->state, c->warnings), ==, c->rank);
  g_assert_cmpstr (icon, ==, c->icon);
  g_assert_cmpstr (words, ==, c->words);
  g_assert_cmpstr (classes[0], ==, c->state == PJ_MESSAGE_SEEN ? NULL : "unread");
}

static void
test_counts (void)
{
  g_autofree char *none = pj_closure_new_words (NULL, 0);
  g_autofree char *one = pj_closure_new_words (NULL, 1);
  g_autofree char *many = pj_closure_new_words (NULL, 12);

  g_assert_cmpstr (none, ==, "No new mail");
  g_assert_cmpstr (one, ==, "1 new mail");
  g_assert_cmpstr (many, ==, "12 new mails");
  g_assert_false (pj_closure_is_positive (NULL, 0));
  g_assert_true (pj_closure_is_positive (NULL, 1));
}

static void
test_problem (void)
{
  g_autoptr (PjProblem) problem = pj_problem_new (PJ_PROBLEM_AUTH, "no");
  g_autofree char *none = pj_closure_problem_title (NULL, NULL);
  g_autofree char *title = pj_closure_problem_title (NULL, problem);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (title, !=, "");
  g_assert_false (pj_closure_has_problem (NULL, NULL));
  g_assert_true (pj_closure_has_problem (NULL, problem));
}

static void
test_next_check (void)
{
  g_autofree char *none = pj_closure_next_check (NULL, 0);
  g_autofree char *planned = pj_closure_next_check (NULL, NOW);

  g_assert_cmpstr (none, ==, "No check planned");
  g_assert_cmpstr (planned, ==, "Next check 14:02");
}

static void
test_mailbox_words (void)
{
  g_autoptr (PjProblem) problem = pj_problem_new (PJ_PROBLEM_AUTH, "no");
  const struct
  {
    PjProblem *problem;
    gboolean is_checking;
    gboolean was_checked;
    guint new_count;
    const char *words;
  } cases[] = {
    { problem, TRUE, FALSE, 3, "Sign-in failed" }, { NULL, TRUE, FALSE, 0, "Checking" },
    { NULL, FALSE, FALSE, 0, "Not checked yet" },  { NULL, FALSE, TRUE, 0, "No new mail" },
    { NULL, FALSE, TRUE, 3, "3 new mails" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = pj_mailbox_words (cases[i].problem, cases[i].is_checking,
                                                 cases[i].was_checked, cases[i].new_count);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (date_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/closures/date/", date_cases[i].name, NULL);

      g_test_add_data_func (path, &date_cases[i], test_date);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sender_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/closures/sender/", sender_cases[i].name, NULL);

      g_test_add_data_func (path, &sender_cases[i], test_sender);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (state_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/closures/state/", state_cases[i].name, NULL);

      g_test_add_data_func (path, &state_cases[i], test_state);
    }
  g_test_add_func ("/ui/closures/date/days-are-counted-where-the-reader-is",
                   test_date_counts_days_where_the_reader_is);
  g_test_add_func ("/ui/closures/subject-or-placeholder", test_subject);
  g_test_add_func ("/ui/closures/size-is-for-people", test_size);
  g_test_add_func ("/ui/closures/counts-are-sentences", test_counts);
  g_test_add_func ("/ui/closures/problem-has-a-title", test_problem);
  g_test_add_func ("/ui/closures/mailbox-says-what-matters-most", test_mailbox_words);
  g_test_add_func ("/ui/closures/next-check-is-a-time", test_next_check);

  return g_test_run ();
}
