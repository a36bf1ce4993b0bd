/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How much processor time and memory a large HTML text takes to become a
 * document, beside libxml2 that only parses the same bytes and does nothing
 * with what it finds. We stop where a mail is longer than anyone reads, so we
 * may well take less. Fails when it is more than is allowed.
 */

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libxml/HTMLparser.h>

#include "mail/pj-mail-html.h"
#include "mail/pj-mail-parts.h"

#define CHUNK_BYTES 4096
#define MAX_SECONDS 2.0
#define MAX_MIB 100.0

typedef struct
{
  const char *name;
  const char *repeated;
  guint n;
} Text;

static const Text texts[] = {
  { "10 MB of paragraphs", "<p style='color:#333;font-size:14px'>Hello <b>world</b> and all</p>\n",
    160000 },
  { "100,000 nested tags", "<div>", 100000 },
  { "1,000,000 links", "<a href=x>y</a>", 1000000 },
};

typedef struct
{
  double cpu_s;
  double peak_mib;
} Cost;

typedef void (*Pass) (const char *html, gsize len);

static void
pass_ours (const char *html, gsize len)
{
  gboolean is_cut;

  pj_mail_document_unref (pj_mail_html_to_document (html, len, PJ_MAIL_MAX_TEXT_BYTES, &is_cut));
}

static void
on_start (void *data, const xmlChar *name, const xmlChar **attributes)
{
}

static void
on_end (void *data, const xmlChar *name)
{
}

static void
on_text (void *data, const xmlChar *text, int len)
{
}

static void
pass_bare (const char *html, gsize len)
{
  htmlSAXHandler sax = { .startElement = on_start, .endElement = on_end, .characters = on_text };
  htmlParserCtxtPtr parser =
      htmlCreatePushParserCtxt (&sax, NULL, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);

  g_assert_nonnull (parser);
  htmlCtxtUseOptions (parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                  HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
  for (gsize at = 0; at < len; at += CHUNK_BYTES)
    htmlParseChunk (parser, html + at, (int) MIN (len - at, CHUNK_BYTES), FALSE);
  htmlParseChunk (parser, NULL, 0, TRUE);
  htmlFreeParserCtxt (parser);
}

static double
to_seconds (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / 1e6;
}

static double
get_cpu_s (const struct rusage *usage)
{
  return to_seconds (usage->ru_utime) + to_seconds (usage->ru_stime);
}

static void
be_measured (Pass pass, const Text *text, int out)
{
  g_autoptr (GString) html = g_string_new (NULL);
  struct rusage before;
  struct rusage after;
  Cost cost;

  for (guint i = 0; i < text->n; i++)
    g_string_append (html, text->repeated);

  getrusage (RUSAGE_SELF, &before);
  pass (html->str, html->len);
  getrusage (RUSAGE_SELF, &after);
  cost.cpu_s = get_cpu_s (&after) - get_cpu_s (&before);
  cost.peak_mib = (double) (after.ru_maxrss - before.ru_maxrss) / 1024;
  if (write (out, &cost, sizeof cost) != sizeof cost)
    _exit (1);
}

/* A process for each: the peak of memory never falls again.
 * Returns: what the pass takes beside the text */
static Cost
measure (Pass pass, const Text *text)
{
  Cost cost;
  int ends[2];
  pid_t child;
  int status;

  if (pipe (ends) != 0 || (child = fork ()) < 0)
    g_error ("No process to measure in");
  if (child == 0)
    {
      be_measured (pass, text, ends[1]);
      _exit (0);
    }

  close (ends[1]);
  if (read (ends[0], &cost, sizeof cost) != sizeof cost)
    g_error ("The pass over %s did not end", text->name);
  close (ends[0]);
  waitpid (child, &status, 0);

  return cost;
}

int
main (void)
{
  gboolean is_good = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      Cost bare = measure (pass_bare, &texts[i]);
      Cost ours = measure (pass_ours, &texts[i]);

      printf ("HTML, %s: %.3f s of CPU (at most %.1f s), %.1f MiB (at most %.0f); "
              "libxml2 alone: %.3f s, %.1f MiB\n",
              texts[i].name, ours.cpu_s, MAX_SECONDS, ours.peak_mib, MAX_MIB, bare.cpu_s,
              bare.peak_mib);
      is_good &= ours.cpu_s <= MAX_SECONDS && ours.peak_mib <= MAX_MIB;
    }

  return is_good ? 0 : 1;
}
