/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-brand.h"

typedef struct
{
  const char *name;
  const char *brand; /* NULL: none */
} NameCase;

static const NameCase names[] = {
  { "PayPal", "PayPal" },
  { "service@paypal.com", "PayPal" },
  { "PAYPAL Security Team", "PayPal" },
  { "PayPaI", "PayPal" },              /* a capital I */
  { "P\u0430yPal Service", "PayPal" }, /* a Cyrillic а */
  { "paypa1 support", "PayPal" },
  { "rnBank", NULL }, /* only where letters deceive: in plain ones it is a name */
  { "mBank S.A.", "mBank" },
  { "Ala Nowak (via PayPal)", "PayPal" },
  { "PayPalooza", NULL },
  { "Bank Pekao", "Bank Pekao" },
  { "Ala z Pekao", NULL },
  { "Apple", "Apple" },
  { "Apple ID Support", "Apple" },
  { "Apple Tree Kindergarten", NULL },
  { "Allegro", "Allegro" },
  { "Orkiestra Allegro", NULL },
  { "Amazon.de", "Amazon" },
  { "Amazon Rainforest Fund", NULL },
  { "Visa", "Visa" },
  { "Office 365", "Office 365" },
  { "ING", "ING" },
  { "Ing. Jan Kowalski", NULL },
  { "", NULL },
  { "Ala Nowak", NULL },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const PjMailBrand *brand = pj_mail_brand_find_in_name (names[i].name);

      g_test_message ("%s", names[i].name);
      g_assert_cmpstr (brand != NULL ? pj_mail_brand_get_name (brand) : NULL, ==, names[i].brand);
    }
}

typedef struct
{
  const char *host;
  const char *brand; /* NULL: nobody's */
} HostCase;

static const HostCase hosts[] = {
  { "paypal.com", "PayPal" },
  { "mail.paypal.co.uk", "PayPal" },
  { "paypal.de", "PayPal" },
  { "paypal.support", NULL },
  { "paypal.com.evil.test", NULL },
  { "notpaypal.com", NULL },
  { "xpaypal.com", NULL },
  { "facebookmail.com", "Facebook" },
  { "podatki.gov.pl", "Profil Zaufany" },
  { "xgov.pl", NULL },
  { "amazonses.com", "Amazon" },
  { "example.org", NULL },
};

static void
test_hosts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      const PjMailBrand *brand = pj_mail_brand_find_owner (hosts[i].host);

      g_test_message ("%s", hosts[i].host);
      g_assert_cmpstr (brand != NULL ? pj_mail_brand_get_name (brand) : NULL, ==, hosts[i].brand);
    }
}

static void
test_usual_domain (void)
{
  g_autofree char *paypal = pj_mail_brand_dup_domain (pj_mail_brand_find_in_name ("PayPal"));
  g_autofree char *post = pj_mail_brand_dup_domain (pj_mail_brand_find_in_name ("Poczta Polska"));

  g_assert_cmpstr (paypal, ==, "paypal.com");
  g_assert_cmpstr (post, ==, "poczta-polska.pl");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/brand/names", test_names);
  g_test_add_func ("/mail/brand/hosts", test_hosts);
  g_test_add_func ("/mail/brand/usual-domain", test_usual_domain);
  return g_test_run ();
}
