/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-message.h"

G_BEGIN_DECLS

int pj_message_order_by_state (gconstpointer one, gconstpointer other, gpointer unused);
int pj_message_order_by_sender (gconstpointer one, gconstpointer other, gpointer unused);
int pj_message_order_by_subject (gconstpointer one, gconstpointer other, gpointer unused);
int pj_message_order_by_mailbox (gconstpointer one, gconstpointer other, gpointer accounts);
int pj_message_order_by_date (gconstpointer one, gconstpointer other, gpointer unused);
int pj_message_order_by_size (gconstpointer one, gconstpointer other, gpointer unused);

G_END_DECLS
