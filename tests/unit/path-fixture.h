/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A folder that each test has for itself, and the path of a file in it that
 * is not there yet. */

#include "test-dir.h"

typedef struct
{
  TestDir *dir;
  char    *path;
} PathFixture;

typedef void (*PathFixtureTest) (PathFixture *fixture, gconstpointer data);

static inline void
path_fixture_set_up (PathFixture *self, gconstpointer data)
{
  self->dir = test_dir_new ();
  self->path = g_build_filename (self->dir, "file", NULL);
}

static inline void
path_fixture_tear_down (PathFixture *self, gconstpointer data)
{
  g_free (self->path);
  test_dir_remove (self->dir);
}

/* @data: (nullable): for @test */
static inline void
path_fixture_add_data_test (const char *path, gconstpointer data, PathFixtureTest test)
{
  g_test_add (path, PathFixture, data, path_fixture_set_up, test, path_fixture_tear_down);
}

static inline void
path_fixture_add_test (const char *path, PathFixtureTest test)
{
  path_fixture_add_data_test (path, NULL, test);
}
