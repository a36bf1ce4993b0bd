/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-scram.h"

#include <gsasl.h>
#include <string.h>

#include "pop3/pj-pop3-error.h"

/* RFC 7677 section 4 asks for at least 4096. A server that asks for less
 * makes the proof cheap to guess from; one that asks for much more keeps us
 * busy: this many take about 0.1 s, in which a cancel has no effect. */
#define MIN_ITERATIONS 4096
#define MAX_ITERATIONS 100000

#define NONCE_BYTES 18

/**
 * PjPop3Scram:
 *
 * The client's side of one SCRAM exchange as text in and text out: three
 * messages, and a verdict whether the server knows the password too. The
 * salting, the random numbers and SASLprep are GNU SASL's; its own SCRAM has
 * no tls-server-end-point, no limits for the iterations, and does not tell
 * what a server gave as its reason. One login on one thread owns it.
 *
 * Reference: RFC 5802, RFC 7677.
 */
struct _PjPop3Scram
{
  /* Owned */
  char *gs2_header;
  GBytes *binding; /* (nullable) */
  char *nonce;
  char *first_bare;
  PjSecret *secret;

  /* Plain */
  GChecksumType hash;
  guint step;
  guint8 server_signature[GSASL_HASH_MAX_SIZE];
  gboolean is_verified;
};

/* What a password turns into; wiped by whoever has it. */
typedef struct
{
  char salted[GSASL_HASH_MAX_SIZE];
  char client[GSASL_HASH_MAX_SIZE];
  char server[GSASL_HASH_MAX_SIZE];
  char stored[GSASL_HASH_MAX_SIZE];
} Keys;

static char *
make_nonce (void)
{
  guchar bytes[NONCE_BYTES];

  return gsasl_nonce ((char *) bytes, sizeof bytes) == GSASL_OK
             ? g_base64_encode (bytes, sizeof bytes)
             : NULL;
}

/**
 * pj_pop3_scram_new: (skip)
 * @hash: %G_CHECKSUM_SHA1 or %G_CHECKSUM_SHA256
 * @saslname: from pj_pop3_credentials_dup_saslname()
 * @secret: the password; a reference is taken
 * @gs2_flag: "n" without channel binding; "y" when we could and the server does
 *   not offer it; "p=" and the type of @binding
 * @binding: (nullable): channel binding data, with "p" alone
 * @nonce: (nullable): printable ASCII without commas, for known answers;
 *   %NULL for a random one
 *
 * Returns: (transfer full): a client that has said nothing
 */
PjPop3Scram *
pj_pop3_scram_new (GChecksumType hash,
                   const char *saslname,
                   PjSecret *secret,
                   const char *gs2_flag,
                   GBytes *binding,
                   const char *nonce)
{
  PjPop3Scram *self;

  g_return_val_if_fail (hash == G_CHECKSUM_SHA1 || hash == G_CHECKSUM_SHA256, NULL);
  g_return_val_if_fail (saslname != NULL && secret != NULL && gs2_flag != NULL, NULL);
  g_return_val_if_fail ((*gs2_flag == 'p') == (binding != NULL), NULL);

  self = g_new0 (PjPop3Scram, 1);
  self->hash = hash;
  self->secret = pj_secret_ref (secret);
  self->gs2_header = g_strconcat (gs2_flag, ",,", NULL);
  self->binding = binding != NULL ? g_bytes_ref (binding) : NULL;
  self->nonce = nonce != NULL ? g_strdup (nonce) : make_nonce ();
  self->first_bare = g_strconcat ("n=", saslname, ",r=", self->nonce, NULL);

  return self;
}

/**
 * pj_pop3_scram_free: (skip)
 * @self: (transfer full) (nullable): the client
 */
void
pj_pop3_scram_free (PjPop3Scram *self)
{
  if (self == NULL)
    return;

  g_free (self->gs2_header);
  g_clear_pointer (&self->binding, g_bytes_unref);
  g_free (self->nonce);
  g_free (self->first_bare);
  pj_secret_unref (self->secret);
  explicit_bzero (self->server_signature, sizeof self->server_signature);
  g_free (self);
}

static gsize
hash_len (const PjPop3Scram *self)
{
  return (gsize) g_checksum_type_get_length (self->hash);
}

static char *
fail (PjPop3Error code, const char *what, GError **error)
{
  g_set_error_literal (error, PJ_POP3_ERROR, code, what);
  return NULL;
}

static const char *
find_value (char **fields, guint index, char name)
{
  if (index >= g_strv_length (fields) || fields[index][0] != name || fields[index][1] != '=')
    return NULL;

  return fields[index] + 2;
}

/* RFC 5802 section 7: server-error-value. */
static char *
take_refusal (const char *reason, GError **error)
{
  static const struct
  {
    const char *reason;
    PjPop3Error code;
    const char *meaning;
  } meanings[] = {
    { "invalid-proof", PJ_POP3_ERROR_AUTH, "The server says that the password is wrong" },
    { "unknown-user", PJ_POP3_ERROR_AUTH, "The server does not know the user name" },
    { "channel-bindings-dont-match", PJ_POP3_ERROR_PROTOCOL,
      "The server sees another TLS connection than ours: somebody may stand between" },
    { "server-does-support-channel-binding", PJ_POP3_ERROR_PROTOCOL,
      "The server's list of ways to log in was cut on its way: somebody may stand between" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (g_str_equal (reason, meanings[i].reason))
        return fail (meanings[i].code, meanings[i].meaning, error);
    }

  return fail (PJ_POP3_ERROR_UNSUPPORTED, "The server broke off this way to log in", error);
}

static gboolean
derive_keys (PjPop3Scram *self, const char *salt64, guint iterations, Keys *keys)
{
  char *salt = NULL;
  gsize salt_len;
  Gsasl_hash hash = self->hash == G_CHECKSUM_SHA1 ? GSASL_HASH_SHA1 : GSASL_HASH_SHA256;
  int rc = gsasl_base64_from (salt64, strlen (salt64), &salt, &salt_len);

  if (rc == GSASL_OK)
    rc = gsasl_scram_secrets_from_password (hash, pj_secret_peek (self->secret), iterations, salt,
                                            salt_len, keys->salted, keys->client, keys->server,
                                            keys->stored);
  gsasl_free (salt);

  return rc == GSASL_OK;
}

static void
sign (const PjPop3Scram *self, const char *key, const char *message, guint8 *signature)
{
  gsize len = GSASL_HASH_MAX_SIZE;
  GHmac *hmac = g_hmac_new (self->hash, (const guchar *) key, hash_len (self));

  g_hmac_update (hmac, (const guchar *) message, -1);
  g_hmac_get_digest (hmac, signature, &len);
  g_hmac_unref (hmac);
}

static char *
dup_binding_field (const PjPop3Scram *self)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();

  g_byte_array_append (input, (const guint8 *) self->gs2_header, (guint) strlen (self->gs2_header));
  if (self->binding != NULL)
    g_byte_array_append (input, g_bytes_get_data (self->binding, NULL),
                         (guint) g_bytes_get_size (self->binding));

  return g_base64_encode (input->data, input->len);
}

/* The client's last message; keeps what the server must answer to it. */
static char *
prove (PjPop3Scram *self, const char *server_first, const char *nonce, const Keys *keys)
{
  g_autofree char *binding = dup_binding_field (self);
  g_autofree char *bare = g_strconcat ("c=", binding, ",r=", nonce, NULL);
  g_autofree char *message = g_strconcat (self->first_bare, ",", server_first, ",", bare, NULL);
  g_autofree char *encoded = NULL;
  guint8 proof[GSASL_HASH_MAX_SIZE];

  sign (self, keys->server, message, self->server_signature);
  sign (self, keys->stored, message, proof);
  for (gsize i = 0; i < hash_len (self); i++)
    proof[i] ^= (guint8) keys->client[i];
  encoded = g_base64_encode (proof, hash_len (self));

  return g_strconcat (bare, ",p=", encoded, NULL);
}

/* RFC 5802 section 7: printable, and a comma ends it. */
static gboolean
is_nonce (const char *text)
{
  while (g_ascii_isgraph (*text))
    text++;

  return *text == '\0';
}

static char *
answer_first (PjPop3Scram *self, const char *message, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (message, ",", -1);
  const char *nonce = find_value (fields, 0, 'r');
  const char *salt = find_value (fields, 1, 's');
  const char *count = find_value (fields, 2, 'i');
  guint64 iterations;
  Keys keys;
  char *final = NULL;

  if (find_value (fields, 0, 'e') != NULL)
    return take_refusal (find_value (fields, 0, 'e'), error);

  if (nonce == NULL || !is_nonce (nonce) || salt == NULL || count == NULL ||
      !g_ascii_string_to_unsigned (count, 10, 1, G_MAXUINT, &iterations, NULL))
    return fail (PJ_POP3_ERROR_UNSUPPORTED, "The server's SCRAM challenge makes no sense", error);

  /* A nonce without anything of the server's own could be a replay. */
  if (!g_str_has_prefix (nonce, self->nonce) || g_str_equal (nonce, self->nonce))
    return fail (PJ_POP3_ERROR_PROTOCOL, "The server's SCRAM challenge is not for this login",
                 error);

  if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS)
    return fail (PJ_POP3_ERROR_UNSUPPORTED,
                 "The server asks for a number of SCRAM iterations that is not sane", error);

  if (derive_keys (self, salt, (guint) iterations, &keys))
    final = prove (self, message, nonce, &keys);
  else
    fail (PJ_POP3_ERROR_UNSUPPORTED, "SCRAM cannot use this password or the server's salt", error);
  explicit_bzero (&keys, sizeof keys);

  return final;
}

static char *
answer_final (PjPop3Scram *self, const char *message, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (message, ",", -1);
  const char *verifier = find_value (fields, 0, 'v');
  char *signature = NULL;
  gsize len = 0;

  if (find_value (fields, 0, 'e') != NULL)
    return take_refusal (find_value (fields, 0, 'e'), error);

  if (verifier != NULL &&
      gsasl_base64_from (verifier, strlen (verifier), &signature, &len) == GSASL_OK)
    self->is_verified =
        len == hash_len (self) && memcmp (signature, self->server_signature, len) == 0;
  gsasl_free (signature);

  if (!self->is_verified)
    return fail (PJ_POP3_ERROR_PROTOCOL,
                 "The server could not prove that it knows the password: it may be a false one",
                 error);

  return g_strdup ("");
}

/**
 * pj_pop3_scram_step:
 * @self: the client
 * @message: what the server sent, decoded; "" at the first step
 * @len: bytes in @message, which has a NUL behind them
 * @error: return location; %PJ_POP3_ERROR_UNSUPPORTED when this exchange cannot
 *   go on, %PJ_POP3_ERROR_AUTH when the server says that the password is wrong,
 *   %PJ_POP3_ERROR_PROTOCOL when the server, or who stands between, is false
 *
 * Takes up to 0.1 s of computing at the second step.
 *
 * Returns: (transfer full): the client's message, or %NULL with @error set
 */
char *
pj_pop3_scram_step (PjPop3Scram *self, const char *message, gsize len, GError **error)
{
  g_return_val_if_fail (self != NULL && message != NULL, NULL);

  if (strlen (message) != len || self->nonce == NULL)
    return fail (PJ_POP3_ERROR_UNSUPPORTED, "The server's SCRAM challenge makes no sense", error);

  switch (self->step++)
    {
    case 0:
      return g_strconcat (self->gs2_header, self->first_bare, NULL);
    case 1:
      return answer_first (self, message, error);
    case 2:
      return answer_final (self, message, error);
    default:
      return fail (PJ_POP3_ERROR_PROTOCOL, "The server keeps asking during the login", error);
    }
}

/**
 * pj_pop3_scram_is_verified:
 * @self: the client
 *
 * Returns: whether the server has proved that it knows the password; before
 *   that a +OK of it means nothing
 */
gboolean
pj_pop3_scram_is_verified (const PjPop3Scram *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_verified;
}
