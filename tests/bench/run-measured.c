/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one command costs:
 *
 *   run-measured FILE COMMAND [ARGUMENT...]
 *
 * runs the command, and writes to the file one JSON object: "seconds" on the
 * wall, "cpu_seconds" of it and of the children it waited for, user and system,
 * "peak_kib" of the largest of these, and "status", 128 and more for a signal.
 *
 * A program of its own since peak memory is inherited over exec(): started by a
 * Python, each command would seem as large as that Python. */
#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
seconds_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static double
to_seconds (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / 1e6;
}

static void
be_command (char **argv)
{
  /* Who ends this program means the command. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  execvp (argv[0], argv);
  perror (argv[0]);
  _exit (127);
}

int
main (int argc, char **argv)
{
  struct rusage usage;
  double start;
  int status;
  pid_t child;
  FILE *file;

  if (argc < 3)
    {
      fprintf (stderr, "usage: run-measured FILE COMMAND [ARGUMENT...]\n");
      return 2;
    }

  start = seconds_now ();
  child = fork ();
  if (child == 0)
    be_command (argv + 2);
  if (child < 0 || wait4 (child, &status, 0, &usage) < 0)
    {
      perror ("run-measured");
      return 2;
    }

  status = WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
  file = fopen (argv[1], "w");
  if (file == NULL)
    {
      perror (argv[1]);
      return 2;
    }
  fprintf (file, "{\"seconds\":%.6f,\"cpu_seconds\":%.6f,\"peak_kib\":%ld,\"status\":%d}\n",
           seconds_now () - start, to_seconds (usage.ru_utime) + to_seconds (usage.ru_stime),
           usage.ru_maxrss, status);
  return fclose (file) == 0 ? 0 : 2;
}
