/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Runs tests by table: each row is a test of its own, named by the row. */

#define CASE_THREADS 4
#define CASE_ROUNDS 200

/* Adds a test for each row of a static array whose rows begin with their name:
 * CASE_TABLE_ADD ("/mail/host/", cases, test_case). */
#define CASE_TABLE_ADD(prefix, rows, test)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    for (gsize case_i = 0; case_i < G_N_ELEMENTS (rows); case_i++)                                 \
      case_table_add (prefix, (rows)[case_i].name, &(rows)[case_i], test);                         \
  }                                                                                                \
  G_STMT_END

static inline void
case_table_add (const char *prefix, const char *name, gconstpointer row, GTestDataFunc test)
{
  g_autofree char *path = g_strconcat (prefix, name, NULL);

  g_test_add_data_func (path, row, test);
}

/* Calls @ask with each round from 0 on in several threads at once, for what
 * keeps something between calls. */
typedef void (*CaseAsk) (guint round);

static inline gpointer
case_table_ask_all (gpointer data)
{
  CaseAsk *ask = data;

  for (guint i = 0; i < CASE_ROUNDS; i++)
    (*ask) (i);

  return NULL;
}

static inline void
case_table_ask_from_many_threads (CaseAsk ask)
{
  GThread *threads[CASE_THREADS];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", case_table_ask_all, &ask);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}
