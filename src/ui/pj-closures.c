/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-closures.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "app/pj-problem-words.h"
#include "ui/pj-today.h"

/*
 * What the .ui files compute for display. Each closure is a pure function of
 * its arguments, the wall clock of the two dates excepted; the first argument
 * is whatever the expression is evaluated on, and is not looked at.
 */

/* A week less a day: the name of today's weekday must not mean a week ago. */
#define DAYS_BY_NAME 6

/**
 * pj_closure_subject_or_placeholder:
 * @item: not looked at
 * @subject: (nullable): the subject of a mail
 *
 * Returns: (transfer full): @subject, or words that say that there is none
 */
char *
pj_closure_subject_or_placeholder (gpointer item, const char *subject)
{
  if (subject == NULL || *subject == '\0')
    return g_strdup (_ ("(no subject)"));

  return g_strdup (subject);
}

/**
 * pj_closure_sender:
 * @item: not looked at
 * @name: (nullable): display name of the sender
 * @address: (nullable): address of the sender
 *
 * Returns: (transfer full): what to call the sender
 */
char *
pj_closure_sender (gpointer item, const char *name, const char *address)
{
  if (name != NULL && *name != '\0')
    return g_strdup (name);
  if (address != NULL && *address != '\0')
    return g_strdup (address);

  return g_strdup (_ ("(no sender)"));
}

/**
 * pj_closure_sender_address:
 * @item: not looked at
 * @name: (nullable): display name of the sender
 * @address: (nullable): address of the sender
 *
 * A display name is the sender's own choice, so the address stands beside it
 * always.
 *
 * Returns: (transfer full): the address in angle brackets; "" when
 *   pj_closure_sender() is the address already, or there is none
 */
char *
pj_closure_sender_address (gpointer item, const char *name, const char *address)
{
  if (name == NULL || *name == '\0' || address == NULL || *address == '\0')
    return g_strdup ("");

  return g_strdup_printf ("<%s>", address);
}

/**
 * pj_closure_full_sender:
 * @item: not looked at
 * @name: (nullable): display name of the sender
 * @address: (nullable): address of the sender
 *
 * Returns: (transfer full): name and address on one line
 */
char *
pj_closure_full_sender (gpointer item, const char *name, const char *address)
{
  g_autofree char *sender = pj_closure_sender (item, name, address);
  g_autofree char *bracketed = pj_closure_sender_address (item, name, address);

  if (*bracketed == '\0')
    return g_steal_pointer (&sender);

  return g_strdup_printf ("%s %s", sender, bracketed);
}

/**
 * pj_closure_size:
 * @item: not looked at
 * @octets: a size in bytes
 *
 * Returns: (transfer full): the size for people, "1.2 MB"
 */
char *
pj_closure_size (gpointer item, guint64 octets)
{
  return g_format_size (octets);
}

/**
 * pj_date_words:
 * @date: seconds since 1970-01-01 UTC; 0 for unknown
 * @now: the present, likewise
 * @zone: where the reader is
 *
 * Says a date as briefly as it stays clear: the time for today, the weekday
 * for the six days before, else the day and the month, with the year when it
 * is not this one. A date after today is never shortened: it is most often
 * wrong, and that should be seen.
 *
 * Returns: (transfer full): the words; a dash for an unknown date
 */
char *
pj_date_words (gint64 date, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = date == 0 ? NULL : g_date_time_new_from_unix_utc (date);
  g_autoptr (GDateTime) utc_now = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) present = NULL;
  gint64 days;

  if (utc == NULL || utc_now == NULL)
    return g_strdup ("—");

  then = g_date_time_to_timezone (utc, zone);
  present = g_date_time_to_timezone (utc_now, zone);
  /* Only the last and the first day that a date can hold have no local time. */
  if (then == NULL || present == NULL)
    return g_strdup ("—");

  days = (gint64) pj_today_number_day (present) - pj_today_number_day (then);
  if (days == 0)
    /* Translators: the time of a mail of today; see g_date_time_format() */
    return g_date_time_format (then, _ ("%H:%M"));
  if (days > 0 && days <= DAYS_BY_NAME)
    /* Translators: the weekday of a mail of the last six days */
    return g_date_time_format (then, _ ("%a"));
  if (days > 0 && g_date_time_get_year (then) == g_date_time_get_year (present))
    /* Translators: day and month of a mail of this year */
    return g_date_time_format (then, _ ("%-d %b"));

  /* Translators: the date of a mail of another year */
  return g_date_time_format (then, _ ("%-d %b %Y"));
}

/**
 * pj_closure_date:
 * @item: not looked at
 * @date: seconds since 1970-01-01 UTC; 0 for unknown
 *
 * Returns: (transfer full): pj_date_words() for here and now
 */
char *
pj_closure_date (gpointer item, gint64 date)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();

  return pj_date_words (date, g_get_real_time () / G_USEC_PER_SEC, here);
}

/**
 * pj_closure_full_date:
 * @item: not looked at
 * @date: seconds since 1970-01-01 UTC; 0 for unknown
 *
 * Returns: (transfer full): day, date and time, local
 */
char *
pj_closure_full_date (gpointer item, gint64 date)
{
  g_autoptr (GDateTime) then = date == 0 ? NULL : g_date_time_new_from_unix_local (date);

  if (then == NULL)
    return g_strdup (_ ("Unknown"));

  /* Translators: the full date of a mail, as in "Mon 12 November 2029, 14:02" */
  return g_date_time_format (then, _ ("%a %-d %B %Y, %H:%M"));
}

static gboolean
is_suspicious (const char *const *warnings)
{
  return warnings != NULL && warnings[0] != NULL;
}

/**
 * pj_closure_state_rank:
 * @item: not looked at
 * @state: state of a mail
 * @warnings: (nullable): what is suspicious about it
 *
 * Returns: what to sort the state column by: suspicious mails first, then new
 *   ones, then waiting, then seen
 */
int
pj_closure_state_rank (gpointer item, PjMessageState state, const char *const *warnings)
{
  return is_suspicious (warnings) ? -1 : (int) state;
}

/**
 * pj_closure_state_icon:
 * @item: not looked at
 * @state: state of a mail
 * @warnings: (nullable): what is suspicious about it
 *
 * Returns: (transfer full): name of a symbolic icon; no two states share one
 */
char *
pj_closure_state_icon (gpointer item, PjMessageState state, const char *const *warnings)
{
  if (is_suspicious (warnings))
    return g_strdup ("dialog-warning-symbolic");

  switch (state)
    {
    case PJ_MESSAGE_NEW:
      return g_strdup ("starred-symbolic");
    case PJ_MESSAGE_WAITING:
      return g_strdup ("mail-unread-symbolic");
    case PJ_MESSAGE_SEEN:
    default:
      return g_strdup ("mail-read-symbolic");
    }
}

/**
 * pj_closure_state_words:
 * @item: not looked at
 * @state: state of a mail
 * @warnings: (nullable): what is suspicious about it
 *
 * Returns: (transfer full): what the icon says, for a tooltip and for people
 *   who do not see it
 */
char *
pj_closure_state_words (gpointer item, PjMessageState state, const char *const *warnings)
{
  const char *words;

  switch (state)
    {
    case PJ_MESSAGE_NEW:
      words = is_suspicious (warnings) ? _ ("New, suspicious") : _ ("New");
      break;
    case PJ_MESSAGE_WAITING:
      words = is_suspicious (warnings) ? _ ("Not opened, suspicious") : _ ("Not opened");
      break;
    case PJ_MESSAGE_SEEN:
    default:
      words = is_suspicious (warnings) ? _ ("Opened, suspicious") : _ ("Opened");
    }

  return g_strdup (words);
}

/**
 * pj_closure_state_classes:
 * @item: not looked at
 * @state: state of a mail
 *
 * Returns: (transfer full): style classes for the text of its row: what was
 *   not opened is bold
 */
char **
pj_closure_state_classes (gpointer item, PjMessageState state)
{
  const char *const unread[] = { "unread", NULL };
  const char *const opened[] = { NULL };

  return g_strdupv ((char **) (state == PJ_MESSAGE_SEEN ? opened : unread));
}

/**
 * pj_closure_count:
 * @item: not looked at
 * @count: a number of mails
 *
 * Returns: (transfer full): the digits, grouped as the locale does
 */
char *
pj_closure_count (gpointer item, guint count)
{
  return g_strdup_printf ("%'u", count);
}

/**
 * pj_closure_is_positive:
 * @item: not looked at
 * @count: a number
 *
 * Returns: whether there is something to show
 */
gboolean
pj_closure_is_positive (gpointer item, guint count)
{
  return count > 0;
}

/**
 * pj_closure_new_words:
 * @item: not looked at
 * @count: a number of new mails
 *
 * Returns: (transfer full): the number in a sentence
 */
char *
pj_closure_new_words (gpointer item, guint count)
{
  if (count == 0)
    return g_strdup (_ ("No new mail"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new mail", "%u new mails", count),
                          count);
}

/**
 * pj_mailbox_words:
 * @problem: (nullable): what is wrong with the mailbox
 * @is_checking: whether it is being checked
 * @was_checked: whether a check has ever worked
 * @new_count: how many of its mails are new
 *
 * Returns: (transfer full): how the mailbox stands, in a few words; what is
 *   wrong comes before what goes on, and that before what is there
 */
char *
pj_mailbox_words (PjProblem *problem, gboolean is_checking, gboolean was_checked, guint new_count)
{
  if (problem != NULL)
    return g_strdup (pj_problem_words_title (pj_problem_get_code (problem)));
  if (is_checking)
    return g_strdup (_ ("Checking"));
  if (!was_checked)
    return g_strdup (_ ("Not checked yet"));

  return pj_closure_new_words (NULL, new_count);
}

/**
 * pj_closure_problem_title:
 * @item: not looked at
 * @problem: (nullable): what is wrong with a mailbox
 *
 * Returns: (transfer full): its name in a few words; "" when all is well
 */
char *
pj_closure_problem_title (gpointer item, PjProblem *problem)
{
  if (problem == NULL)
    return g_strdup ("");

  return g_strdup (pj_problem_words_title (pj_problem_get_code (problem)));
}

/**
 * pj_closure_has_problem:
 * @item: not looked at
 * @problem: (nullable): what is wrong with a mailbox
 *
 * Returns: whether something is
 */
gboolean
pj_closure_has_problem (gpointer item, PjProblem *problem)
{
  return problem != NULL;
}

/**
 * pj_closure_next_check:
 * @item: not looked at
 * @next_due: seconds since 1970-01-01 UTC; 0 when none is planned
 *
 * Returns: (transfer full): when the next check is due, in words; the time is
 *   enough, since no interval is longer than a day
 */
char *
pj_closure_next_check (gpointer item, gint64 next_due)
{
  g_autoptr (GDateTime) due = next_due == 0 ? NULL : g_date_time_new_from_unix_local (next_due);

  if (due == NULL)
    return g_strdup (_ ("No check planned"));

  /* Translators: as in "Next check 14:15"; see g_date_time_format() */
  return g_date_time_format (due, _ ("Next check %H:%M"));
}

/**
 * pj_closures_bind:
 * @klass: class of a widget with a template
 *
 * Lets the template of @klass, and the row layouts that it names, use the
 * closures of this file by their function names.
 */
void
pj_closures_bind (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, pj_closure_subject_or_placeholder);
  gtk_widget_class_bind_template_callback (klass, pj_closure_sender);
  gtk_widget_class_bind_template_callback (klass, pj_closure_sender_address);
  gtk_widget_class_bind_template_callback (klass, pj_closure_full_sender);
  gtk_widget_class_bind_template_callback (klass, pj_closure_size);
  gtk_widget_class_bind_template_callback (klass, pj_closure_date);
  gtk_widget_class_bind_template_callback (klass, pj_closure_full_date);
  gtk_widget_class_bind_template_callback (klass, pj_closure_state_rank);
  gtk_widget_class_bind_template_callback (klass, pj_closure_state_icon);
  gtk_widget_class_bind_template_callback (klass, pj_closure_state_words);
  gtk_widget_class_bind_template_callback (klass, pj_closure_state_classes);
  gtk_widget_class_bind_template_callback (klass, pj_closure_count);
  gtk_widget_class_bind_template_callback (klass, pj_closure_is_positive);
  gtk_widget_class_bind_template_callback (klass, pj_closure_new_words);
  gtk_widget_class_bind_template_callback (klass, pj_closure_problem_title);
  gtk_widget_class_bind_template_callback (klass, pj_closure_has_problem);
  gtk_widget_class_bind_template_callback (klass, pj_closure_next_check);
}
