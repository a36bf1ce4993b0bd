/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-scheduler.h"

typedef struct
{
  PjFakeClock *clock;
  PjScheduler *scheduler;
  GPtrArray *due; /* of char *: ids, in the order of the signals */
} Fixture;

static void
on_due (PjScheduler *scheduler, const char *account_id, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->due, g_strdup (account_id));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = pj_fake_clock_new (5 * G_TIME_SPAN_SECOND);
  fixture->scheduler = pj_scheduler_new (PJ_CLOCK (fixture->clock));
  fixture->due = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->scheduler, "due", G_CALLBACK (on_due), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->scheduler);
  g_assert_finalize_object (fixture->clock);
  g_ptr_array_unref (fixture->due);
}

static void
advance (Fixture *fixture, guint seconds)
{
  pj_fake_clock_advance (fixture->clock, seconds * G_TIME_SPAN_SECOND);
  pj_scheduler_run_due (fixture->scheduler);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Compares, in the order of the alphabet, and forgets. */
static void
assert_due (Fixture *fixture, const char *expected)
{
  g_autofree char *joined = NULL;

  g_ptr_array_sort (fixture->due, compare_ids);
  g_ptr_array_add (fixture->due, NULL);
  joined = g_strjoinv (" ", (char **) fixture->due->pdata);
  g_ptr_array_set_size (fixture->due, 0);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_nothing_planned (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (pj_scheduler_get_next_delay_us (fixture->scheduler), ==, -1);
  advance (fixture, 100000);
  assert_due (fixture, "");
}

static void
test_due_once (Fixture *fixture, gconstpointer data)
{
  pj_scheduler_plan (fixture->scheduler, "home", 300);
  g_assert_cmpint (pj_scheduler_get_next_delay_us (fixture->scheduler), ==,
                   300 * G_TIME_SPAN_SECOND);

  advance (fixture, 299);
  assert_due (fixture, "");
  g_assert_cmpint (pj_scheduler_get_next_delay_us (fixture->scheduler), ==, G_TIME_SPAN_SECOND);

  advance (fixture, 1);
  assert_due (fixture, "home");
  g_assert_cmpint (pj_scheduler_get_next_delay_us (fixture->scheduler), ==, -1);

  advance (fixture, 1000);
  assert_due (fixture, "");
}

static void
test_late_is_not_negative (Fixture *fixture, gconstpointer data)
{
  pj_scheduler_plan (fixture->scheduler, "home", 1);
  pj_fake_clock_advance (fixture->clock, 3600 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (pj_scheduler_get_next_delay_us (fixture->scheduler), ==, 0);
}

static void
test_forget (Fixture *fixture, gconstpointer data)
{
  pj_scheduler_plan (fixture->scheduler, "home", 10);
  pj_scheduler_forget (fixture->scheduler, "home");
  pj_scheduler_forget (fixture->scheduler, "nobody");
  g_assert_cmpint (pj_scheduler_get_next_delay_us (fixture->scheduler), ==, -1);
  advance (fixture, 10);
  assert_due (fixture, "");
}

static void
test_plan_again (Fixture *fixture, gconstpointer data)
{
  pj_scheduler_plan (fixture->scheduler, "home", 10);
  pj_scheduler_plan (fixture->scheduler, "home", 20);
  advance (fixture, 10);
  assert_due (fixture, "");
  advance (fixture, 10);
  assert_due (fixture, "home");
}

static void
test_several (Fixture *fixture, gconstpointer data)
{
  pj_scheduler_plan (fixture->scheduler, "club", 30);
  pj_scheduler_plan (fixture->scheduler, "home", 10);
  pj_scheduler_plan (fixture->scheduler, "work", 20);
  pj_scheduler_plan (fixture->scheduler, "far", 86400);
  g_assert_cmpint (pj_scheduler_get_next_delay_us (fixture->scheduler), ==,
                   10 * G_TIME_SPAN_SECOND);

  advance (fixture, 20);
  assert_due (fixture, "home work");
  g_assert_cmpint (pj_scheduler_get_next_delay_us (fixture->scheduler), ==,
                   10 * G_TIME_SPAN_SECOND);
  advance (fixture, 10);
  assert_due (fixture, "club");
}

static void
forget_other (PjScheduler *scheduler, const char *account_id, gpointer user_data)
{
  pj_scheduler_forget (scheduler, g_str_equal (account_id, "home") ? "work" : "home");
}

static void
test_forget_while_telling (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->scheduler, "due", G_CALLBACK (forget_other), NULL);
  pj_scheduler_plan (fixture->scheduler, "home", 10);
  pj_scheduler_plan (fixture->scheduler, "work", 10);
  advance (fixture, 10);
  g_assert_cmpuint (fixture->due->len, ==, 1);
}

static void
plan_same (PjScheduler *scheduler, const char *account_id, gpointer user_data)
{
  pj_scheduler_plan (scheduler, account_id, 60);
}

static void
test_plan_while_telling (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->scheduler, "due", G_CALLBACK (plan_same), NULL);
  pj_scheduler_plan (fixture->scheduler, "home", 10);
  advance (fixture, 10);
  assert_due (fixture, "home");
  g_assert_cmpint (pj_scheduler_get_next_delay_us (fixture->scheduler), ==,
                   60 * G_TIME_SPAN_SECOND);
  advance (fixture, 60);
  assert_due (fixture, "home");
}

static void
drop (PjScheduler *scheduler, const char *account_id, gpointer user_data)
{
  PjScheduler **owned = user_data;

  g_clear_object (owned);
}

static void
test_drop_while_telling (void)
{
  g_autoptr (PjFakeClock) clock = pj_fake_clock_new (0);
  PjScheduler *scheduler = pj_scheduler_new (PJ_CLOCK (clock));

  g_signal_connect (scheduler, "due", G_CALLBACK (drop), &scheduler);
  pj_scheduler_plan (scheduler, "home", 1);
  pj_scheduler_plan (scheduler, "work", 1);
  pj_fake_clock_advance (clock, G_TIME_SPAN_SECOND);
  pj_scheduler_run_due (scheduler);
  g_assert_null (scheduler);
}

static void
test_timer (void)
{
  g_autoptr (PjFakeClock) clock = pj_fake_clock_new (0);
  g_autoptr (PjScheduler) scheduler = pj_scheduler_new (PJ_CLOCK (clock));
  Fixture fixture = { .due = g_ptr_array_new_with_free_func (g_free) };

  /* No time at all, so that the test needs none. */
  g_signal_connect (scheduler, "due", G_CALLBACK (on_due), &fixture);
  pj_scheduler_plan (scheduler, "home", 0);
  while (fixture.due->len == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_due (&fixture, "home");
  g_ptr_array_unref (fixture.due);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/check/scheduler/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("nothing-planned-is-never-due", test_nothing_planned);
  ADD ("due-once-for-each-plan", test_due_once);
  ADD ("late-is-not-negative", test_late_is_not_negative);
  ADD ("forgotten-is-not-due", test_forget);
  ADD ("last-plan-counts", test_plan_again);
  ADD ("several-in-one-pass", test_several);
  ADD ("forgotten-while-telling-is-not-due", test_forget_while_telling);
  ADD ("planned-while-telling-is-due-later", test_plan_while_telling);
  g_test_add_func ("/check/scheduler/dropped-while-telling", test_drop_while_telling);
  g_test_add_func ("/check/scheduler/timer-tells", test_timer);

  return g_test_run ();
}
