/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks one mailbox again and again in one process, as the running program does:
 *
 *   check-driver HOST PORT SECURITY USER [CA_FILE]
 *
 * The first line on standard input is the password; each further line is one
 * check, which remembers what the ones before it found. After each check it
 * prints one JSON object on a line. What is measured is pj_check_run() alone:
 * "seconds" on the wall and "cpu_seconds", user and system. "peak_kib" is that
 * of the process until then. A check that fails prints its "error" and leaves
 * the memory as it was. */
#define G_LOG_DOMAIN "check-driver"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include <json-glib/json-glib.h>

#include "check/pj-check.h"

/* Longer than a password of the bench. */
#define LINE_BYTES 256

static PjCheckRequest *
request_new (char **argv, PjSecret *secret)
{
  PjCheckRequest *self = g_new0 (PjCheckRequest, 1);
  PjSecurity security;
  guint64 port;

  if (!g_ascii_string_to_unsigned (argv[2], 10, 1, G_MAXUINT16, &port, NULL) ||
      !pj_security_from_string (argv[3], &security))
    g_error ("Not a port and a security: %s %s", argv[2], argv[3]);

  self->mailbox = pj_mailbox_new (argv[1], port, security);
  self->mailbox->account_id = g_strdup ("bench");
  self->mailbox->user = g_strdup (argv[4]);
  self->mailbox->tls->ca_file = g_strdup (argv[5]);
  self->mailbox->secret = pj_secret_ref (secret);

  return self;
}

static double
cpu_seconds_now (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

/* Not from getrusage(), which counts whoever started this process as well.
 * Returns: KiB, 0 where the system does not tell */
static gint64
read_peak_kib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;

  line = strstr (text, "\nVmHWM:");
  return line != NULL ? g_ascii_strtoll (line + strlen ("\nVmHWM:"), NULL, 10) : 0;
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_count (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_result (JsonBuilder *builder, const PjCheckResult *result)
{
  add_count (builder, "messages", result->messages);
  add_count (builder, "fresh", result->fresh->len);
  add_count (builder, "round_trips", result->round_trips);
  add_count (builder, "bytes_in", result->bytes_in);
  add_count (builder, "bytes_out", result->bytes_out);
}

static void
print_line (JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (node, FALSE);

  printf ("%s\n", text);
  fflush (stdout);
}

static void
check (PjCheckRequest *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (PjMailboxMemory) learned = NULL;
  g_autoptr (PjCheckResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double cpu = cpu_seconds_now ();
  gint64 start = g_get_monotonic_time ();

  result = pj_check_run (request, &learned, NULL, &error);

  json_builder_begin_object (builder);
  add_number (builder, "seconds", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  add_number (builder, "cpu_seconds", cpu_seconds_now () - cpu);
  add_count (builder, "peak_kib", read_peak_kib ());
  if (result != NULL)
    {
      add_result (builder, result);
      g_clear_pointer (&request->mailbox->memory, pj_mailbox_memory_unref);
      request->mailbox->memory = g_steal_pointer (&learned);
    }
  else
    {
      json_builder_set_member_name (builder, "error");
      json_builder_add_string_value (builder, error->message);
    }
  json_builder_end_object (builder);
  print_line (builder);
}

int
main (int argc, char **argv)
{
  g_autoptr (PjCheckRequest) request = NULL;
  g_autoptr (PjSecret) secret = NULL;
  char line[LINE_BYTES];

  if (argc < 5 || argc > 6 || fgets (line, sizeof line, stdin) == NULL)
    {
      g_printerr ("usage: check-driver HOST PORT SECURITY USER [CA_FILE], the password on stdin\n");
      return 2;
    }

  secret = pj_secret_new (g_strchomp (line));
  request = request_new (argv, secret);
  while (fgets (line, sizeof line, stdin) != NULL)
    check (request);

  return 0;
}
