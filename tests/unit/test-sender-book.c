/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-sender-book.h"

static PjMessage *
message_from (const char *name, const char *address, const char *warning)
{
  const char *warnings[] = { warning, NULL };

  return pj_message_new (&(PjMessageFields){
      .account_id = "a",
      .uid = "1",
      .from_name = name,
      .from_address = address,
      .warnings = warnings,
  });
}

static void
add (PjSenderBook *book, const char *name, const char *address, const char *warning)
{
  g_autoptr (PjMessage) message = message_from (name, address, warning);

  pj_sender_book_add (book, message);
}

static void
test_addresses_and_names (void)
{
  PjSenderBook *book = pj_sender_book_new ();
  g_autoptr (PjSenderBook) kept = pj_sender_book_ref (book);
  const GPtrArray *homes;
  const PjSenderBookEntry *entry;
  g_autoptr (GPtrArray) domains = NULL;

  g_assert_true (pj_sender_book_is_empty (book));
  add (book, "Ala NOWAK", "Ala@Example.org", NULL);
  add (book, "ala nowak", "ala@example.org", NULL);
  add (book, "Ala Nowak", "ala@example.net", NULL);
  add (book, "", "bot@example.org", NULL);
  pj_sender_book_unref (book);

  g_assert_false (pj_sender_book_is_empty (kept));
  g_assert_cmpuint (pj_sender_book_count_address (kept, "ala@EXAMPLE.org"), ==, 2);
  g_assert_cmpuint (pj_sender_book_count_address (kept, "nobody@example.org"), ==, 0);
  g_assert_cmpuint (pj_sender_book_count_domain (kept, "Example.org"), ==, 3);
  domains = pj_sender_book_list_domains (kept);
  g_assert_cmpuint (domains->len, ==, 2);

  homes = pj_sender_book_find_name (kept, "ALA Nowak");
  g_assert_cmpuint (homes->len, ==, 2);
  entry = g_ptr_array_index ((GPtrArray *) homes, 0);
  g_assert_cmpstr (entry->domain, ==, "example.org");
  g_assert_cmpuint (entry->mails, ==, 2);
  g_assert_null (pj_sender_book_find_name (kept, ""));
}

/* Or a deceit would vouch for the next one. */
static void
test_what_is_suspicious_stays_out (void)
{
  g_autoptr (PjSenderBook) book = pj_sender_book_new ();

  add (book, "Ala Nowak", "ala@evil.test", "known-name");
  add (book, "Local", "root", NULL);
  g_assert_true (pj_sender_book_is_empty (book));
  g_assert_null (pj_sender_book_find_name (book, "Ala Nowak"));
}

/* Whoever reads a book never sees it change. */
static void
test_grows_beside_its_readers (void)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  PjSenderBook *book = pj_sender_book_new ();
  g_autoptr (PjSenderBook) reader = NULL;
  g_autoptr (PjSenderBook) grown = NULL;

  add (book, "Ala Nowak", "ala@example.org", NULL);
  g_ptr_array_add (messages, message_from ("Ala Nowak", "ala@example.net", NULL));

  reader = pj_sender_book_ref (book);
  grown = pj_sender_book_grow (book, messages);
  g_assert_true (grown != reader);
  g_assert_cmpuint (pj_sender_book_count_address (reader, "ala@example.net"), ==, 0);
  g_assert_cmpuint (pj_sender_book_count_address (grown, "ala@example.net"), ==, 1);
  g_assert_cmpuint (pj_sender_book_count_address (grown, "ala@example.org"), ==, 1);
  g_assert_cmpuint (pj_sender_book_find_name (grown, "Ala Nowak")->len, ==, 2);

  book = grown;
  g_assert_true (pj_sender_book_grow (g_steal_pointer (&grown), messages) == book);
  g_assert_cmpuint (pj_sender_book_count_address (book, "ala@example.net"), ==, 2);
  grown = pj_sender_book_grow (pj_sender_book_ref (book), nothing);
  g_assert_true (grown == book);
  pj_sender_book_unref (book);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/sender-book/addresses-and-names", test_addresses_and_names);
  g_test_add_func ("/model/sender-book/what-is-suspicious-stays-out",
                   test_what_is_suspicious_stays_out);
  g_test_add_func ("/model/sender-book/grows-beside-its-readers", test_grows_beside_its_readers);
  return g_test_run ();
}
