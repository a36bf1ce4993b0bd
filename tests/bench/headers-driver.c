/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How much processor time the headers of many mails take, beside GMime that
 * only constructs the same mails and reads who they are from, what they are
 * about and when. Fails when it is more than is allowed.
 */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "mail/pj-mail-gmime.h"
#include "mail/pj-mail-headers.h"

#define N_MAILS 10000
#define N_ROUNDS 5
#define MAX_RATIO 1.5
#define MAX_SECONDS 0.5

/* As mails of a person, a list and a company come: a dozen fields, some long. */
static char *
make_head (guint i)
{
  static const char *const names[] = {
    "Ala Nowak",         "=?utf-8?B?xYF1a2FzeiBadcWCYXdza2k=?=",
    "\"Example, Inc.\"", "=?iso-8859-2?Q?Micha=B3_Ja=B6min?=",
    "Walkers",
  };
  static const char *const subjects[] = {
    "Re: the walk on Sunday",
    "=?utf-8?B?WmRqxJljaWEgeiBnw7NyIGkgem5hZCBtb3J6YSwg?=\r\n =?utf-8?B?Y3rEmcWbxIcgZHJ1Z2E=?=",
    "Your order has been shipped",
    "=?iso-8859-2?Q?Za=BF=F3=B3=E6?= zaraz",
    "[walkers] Where to meet",
  };
  static const char *const lists[] = {
    "",
    "List-Id: Walkers <walkers.lists.example.org>\r\n"
    "List-Unsubscribe: <https://lists.example.org/leave?u=1234>,\r\n <mailto:leave@example.org>\r\n"
    "Precedence: list\r\n",
  };

  return g_strdup_printf (
      "Return-Path: <s%u@mail%u.example.org>\r\n"
      "Received: from mx.example.net (mx.example.net [192.0.2.%u])\r\n"
      "\tby mailbox.example.net (Postfix) with ESMTPS id 4Abc%u\r\n"
      "\tfor <me@example.net>; Mon, 6 Jan 2025 10:%02u:11 +0100 (CET)\r\n"
      "Received: from out.example.org (out.example.org [198.51.100.%u])\r\n"
      "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n"
      "\tby mx.example.net with ESMTPS id x%u; Mon, 6 Jan 2025 10:%02u:10 +0100\r\n"
      "Authentication-Results: mx.example.net; dkim=pass header.d=mail%u.example.org;\r\n"
      "\tspf=pass smtp.mailfrom=s%u@mail%u.example.org; dmarc=pass header.from=example.org\r\n"
      "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=mail%u.example.org; s=k1;\r\n"
      "\th=from:to:subject:date:message-id; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\r\n"
      "\tb=dGhpcyBpcyBubyBzaWduYXR1cmUgYXQgYWxsLCBvbmx5IGFzIGxvbmcgYXMgb25lIGlzIGFsd2F5cyBs\r\n"
      "\t b25nIGVub3VnaCB0byBsb29rIGxpa2Ugb25lIGluIGEgaGVhZGVyIHRoYXQgaXMgcGFyc2VkIGhlcmU=\r\n"
      "%s"
      "From: %s <s%u@mail%u.example.org>\r\n"
      "To: Me <me@example.net>, Ola <ola@example.com>\r\n"
      "Cc: walkers@lists.example.org\r\n"
      "Subject: %s\r\n"
      "Date: Mon, 6 Jan 2025 10:%02u:09 +0100\r\n"
      "Message-ID: <%u.abcdef@mail%u.example.org>\r\n"
      "In-Reply-To: <%u.fedcba@mail%u.example.org>\r\n"
      "References: <1.x@example.org> <2.x@example.org> <%u.fedcba@mail%u.example.org>\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: 8bit\r\n"
      "X-Mailer: Example 1.%u\r\n"
      "X-Spam-Status: No, score=-1.9 required=5.0\r\n\r\n",
      i, i % 700, i % 256, i, i % 60, i % 256, i, i % 60, i % 700, i, i % 700, i % 700,
      lists[i % 3 == 0 ? 1 : 0], names[i % G_N_ELEMENTS (names)], i, i % 700,
      subjects[i % G_N_ELEMENTS (subjects)], i % 60, i, i % 700, i, i % 700, i, i % 700, i % 10);
}

static double
get_cpu_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static PjMailContext *
make_context (void)
{
  PjMailContext *context = pj_mail_context_new ();

  context->now = 1736154000;
  context->own_address = g_strdup ("me@example.net");
  context->authserv_id = g_strdup ("mx.example.net");
  context->senders = pj_sender_book_new ();
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *address = g_strdup_printf ("a%u@mail%u.example.org", i, i % 300);
      g_autoptr (PjMessage) message = pj_message_new (&(PjMessageFields){
          .account_id = "a", .uid = "1", .from_name = "Some One", .from_address = address });

      pj_sender_book_add (context->senders, message);
    }

  return context;
}

static void
parse_ours (GPtrArray *heads)
{
  g_autoptr (PjMailContext) context = make_context ();

  for (guint i = 0; i < heads->len; i++)
    {
      g_autofree char *authserv_id = NULL;
      g_autoptr (PjMessage) message =
          pj_mail_headers_parse ("a", "1", 1, g_ptr_array_index (heads, i), context, &authserv_id);

      g_assert_cmpstr (pj_message_get_from_address (message), !=, "");
    }
}

static void
parse_bare (GPtrArray *heads)
{
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);

  for (guint i = 0; i < heads->len; i++)
    {
      gsize len;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (heads, i), &len);
      g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (bytes, len);
      g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
      GMimeMessage *message = g_mime_parser_construct_message (parser, options);
      g_autofree char *from =
          internet_address_list_to_string (g_mime_message_get_from (message), NULL, FALSE);

      g_assert_nonnull (from);
      g_assert_nonnull (g_mime_message_get_subject (message));
      g_assert_nonnull (g_mime_message_get_date (message));
      g_object_unref (message);
    }
}

/* Returns: processor time of one round, the best of some: others use the machine too */
static double
measure (void (*parse) (GPtrArray *heads), GPtrArray *heads)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      double start = get_cpu_s ();

      parse (heads);
      best = MIN (best, get_cpu_s () - start);
    }

  return best;
}

int
main (void)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  double bare;
  double ours;

  for (guint i = 0; i < N_MAILS; i++)
    {
      char *head = make_head (i);

      g_ptr_array_add (heads, g_bytes_new_take (head, strlen (head)));
    }

  bare = measure (parse_bare, heads);
  ours = measure (parse_ours, heads);
  printf ("headers of %d mails: %.3f s of CPU (at most %.1f s); GMime alone: %.3f s; "
          "%.2f times (at most %.1f)\n",
          N_MAILS, ours, MAX_SECONDS, bare, ours / bare, MAX_RATIO);

  return ours / bare <= MAX_RATIO && ours <= MAX_SECONDS ? 0 : 1;
}
