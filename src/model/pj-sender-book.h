/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-message.h"

G_BEGIN_DECLS

/**
 * PjSenderBookEntry:
 * @domain: what stands behind the "@" of an address, in lower case
 * @mails: how many mails came from there under one name
 */
typedef struct
{
  char *domain;
  guint mails;
} PjSenderBookEntry;

typedef struct _PjSenderBook PjSenderBook;

PjSenderBook    *pj_sender_book_new (void);
PjSenderBook    *pj_sender_book_ref (PjSenderBook *self);
void             pj_sender_book_unref (PjSenderBook *self);
void             pj_sender_book_add (PjSenderBook *self, PjMessage *message);
PjSenderBook    *pj_sender_book_grow (PjSenderBook *self, GPtrArray *messages);
gboolean         pj_sender_book_takes (PjMessage *message);
gboolean         pj_sender_book_is_empty (const PjSenderBook *self);
guint            pj_sender_book_count_address (const PjSenderBook *self, const char *address);
guint            pj_sender_book_count_domain (const PjSenderBook *self, const char *domain);
const GPtrArray *pj_sender_book_find_name (const PjSenderBook *self, const char *name);
GPtrArray       *pj_sender_book_list_domains (const PjSenderBook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjSenderBook, pj_sender_book_unref)

G_END_DECLS
