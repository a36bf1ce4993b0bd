/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/x509_vfy.h>

G_BEGIN_DECLS

X509_STORE *pj_trust_store_dup_system (gint64 now);

G_END_DECLS
