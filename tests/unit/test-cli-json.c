/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-json.h"

static void
test_date (void)
{
  static const gint64 dates[] = { 0, 978307200, -1, 253402300799, 253402300800, G_MININT64 };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  json_builder_begin_array (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    pj_cli_json_add_date (builder, dates[i]);
  json_builder_end_array (builder);

  json = pj_cli_json_to_string (builder);
  g_assert_cmpstr (json, ==,
                   "[null,\"2001-01-01T00:00:00Z\",\"1969-12-31T23:59:59Z\","
                   "\"9999-12-31T23:59:59Z\",null,null]");
}

static void
test_string_is_utf8 (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  json_builder_begin_array (builder);
  pj_cli_json_add_string (builder, "a\xFF\"\n");
  pj_cli_json_add_string (builder, NULL);
  json_builder_end_array (builder);

  json = pj_cli_json_to_string (builder);
  g_assert_cmpstr (json, ==, "[\"a\uFFFD\\\"\\n\",null]");
}

static void
test_message (void)
{
  static const char *const warnings[] = { "several-from", NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (PjMessage) message = pj_message_new (&(PjMessageFields){
      .account_id = "id",
      .uid = "u1",
      .from_name = "Łukasz",
      .from_address = "l@example.org",
      .subject = "Hi",
      .date = 978307200,
      .octets = 1234,
      .state = PJ_MESSAGE_WAITING,
      .warnings = warnings,
  });
  g_autofree char *json = NULL;

  pj_cli_json_add_message (builder, message, "home");
  json = pj_cli_json_to_string (builder);
  g_assert_cmpstr (json, ==,
                   "{\"account\":\"home\",\"uid\":\"u1\",\"from\":{\"name\":\"Łukasz\","
                   "\"address\":\"l@example.org\"},\"subject\":\"Hi\","
                   "\"date\":\"2001-01-01T00:00:00Z\",\"octets\":1234,\"state\":\"waiting\","
                   "\"warnings\":[\"several-from\"]}");
}

static void
test_account (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (PjAccount) account = pj_account_new ("id");
  g_autoptr (PjProblem) problem = pj_problem_new (PJ_PROBLEM_AUTH, "no such user");
  g_autofree char *json = NULL;

  g_object_set (account, "name", "home", "server", "pop.example.org", "user", "ala", "problem",
                problem, NULL);
  json_builder_begin_object (builder);
  pj_cli_json_add_account_members (builder, account);
  json_builder_end_object (builder);

  json = pj_cli_json_to_string (builder);
  g_assert_cmpstr (
      json, ==,
      "{\"name\":\"home\",\"server\":\"pop.example.org\",\"port\":995,"
      "\"security\":\"tls\",\"user\":\"ala\",\"mechanism\":null,"
      "\"client_certificate\":null,\"pin\":null,\"fetch_whole\":false,\"last_success\":null,"
      "\"error\":{\"code\":\"auth\",\"text\":\"no such user\"}}");
}

/* A script has nothing else to do than with a busy server. */
static void
test_turned_away (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  pj_cli_json_add_error (builder, PJ_PROBLEM_TURNED_AWAY, "no");
  json = pj_cli_json_to_string (builder);
  g_assert_cmpstr (json, ==, "{\"code\":\"busy\",\"text\":\"no\"}");
}

static void
test_mail (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  g_autofree char *json = NULL;

  pj_mail_text_add_header (mail, "Received", "one");
  pj_mail_text_add_header (mail, "Subject", "Hi");
  pj_mail_text_add_header (mail, "received", "two");
  pj_mail_text_add_attachment (
      mail, &(PjMailAttachment){ .name = "a.png", .type = "image/png", .octets = 3 });
  pj_mail_text_add_attachment (
      mail,
      &(PjMailAttachment){ .name = "", .type = "text/plain", .octets = -1, .is_partial = TRUE });
  pj_mail_text_add_warning (
      mail,
      &(PjMailWarning){ .code = "broken", .text = "It is.", .certainty = PJ_MAIL_CERTAINTY_SURE });
  g_free (mail->text);
  mail->text = g_strdup ("x\n");

  pj_cli_json_add_mail (builder, mail);
  json = pj_cli_json_to_string (builder);
  g_assert_cmpstr (json, ==,
                   "{\"headers\":{\"Received\":[\"one\",\"two\"],\"Subject\":\"Hi\"},"
                   "\"text\":\"x\\n\",\"attachments\":[{\"name\":\"a.png\",\"type\":\"image/png\","
                   "\"octets\":3,\"sniffed\":\"\",\"dangers\":[],\"partial\":false},"
                   "{\"name\":\"\",\"type\":\"text/plain\",\"octets\":null,\"sniffed\":\"\","
                   "\"dangers\":[],\"partial\":true}],"
                   "\"warnings\":[{\"code\":\"broken\",\"text\":\"It "
                   "is.\",\"reason\":\"\",\"certainty\":\"sure\"}],"
                   "\"unsubscribe\":null,\"one_time_code\":null,\"spam_verdict\":null}");
}

static void
test_saved (void)
{
  static const char *const dangers[] = { "disguised", "program", NULL };
  const PjMailAttachment attachment = {
    .name = "a.pdf",
    .type = "application/pdf",
    .sniffed = "application/x-executable",
    .octets = 5,
    .dangers = dangers,
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  pj_cli_json_add_saved (builder, &attachment, "/tmp/a.pdf");
  json = pj_cli_json_to_string (builder);
  g_assert_cmpstr (json, ==,
                   "{\"saved\":\"/tmp/a.pdf\",\"attachment\":{\"name\":\"a.pdf\","
                   "\"type\":\"application/pdf\",\"octets\":5,"
                   "\"sniffed\":\"application/x-executable\","
                   "\"dangers\":[\"disguised\",\"program\"],\"partial\":false}}");
}

static void
test_receipt (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (PjDeleteReceipt) receipt =
      pj_delete_receipt_new ("u1", PJ_DELETE_UNCONFIRMED, "connection lost");
  g_autofree char *json = NULL;

  pj_cli_json_add_receipt (builder, receipt);
  json = pj_cli_json_to_string (builder);
  g_assert_cmpstr (json, ==,
                   "{\"uid\":\"u1\",\"result\":\"unconfirmed\",\"text\":\"connection lost\"}");
}

static void
test_step (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (PjProblem) problem = pj_problem_new (PJ_PROBLEM_NETWORK, "refused");
  g_autoptr (PjDoctorStep) good = pj_doctor_step_new ("names", 0.5, "::1");
  g_autoptr (PjDoctorStep) bad = pj_doctor_step_new_failed ("tcp", 1.5, problem);
  g_autofree char *json = NULL;

  json_builder_begin_array (builder);
  pj_cli_json_add_step (builder, good, NULL);
  pj_cli_json_add_step (builder, bad, "Check the port.");
  json_builder_end_array (builder);

  json = pj_cli_json_to_string (builder);
  g_assert_cmpstr (json, ==,
                   "[{\"step\":\"names\",\"ok\":true,\"seconds\":0.5,\"text\":\"::1\","
                   "\"remedy\":null},{\"step\":\"tcp\",\"ok\":false,\"seconds\":1.5,"
                   "\"text\":\"refused\",\"remedy\":\"Check the port.\"}]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/json/date", test_date);
  g_test_add_func ("/cli/json/string-is-utf8", test_string_is_utf8);
  g_test_add_func ("/cli/json/message", test_message);
  g_test_add_func ("/cli/json/account", test_account);
  g_test_add_func ("/cli/json/turned-away-is-busy", test_turned_away);
  g_test_add_func ("/cli/json/mail", test_mail);
  g_test_add_func ("/cli/json/saved", test_saved);
  g_test_add_func ("/cli/json/receipt", test_receipt);
  g_test_add_func ("/cli/json/step", test_step);

  return g_test_run ();
}
