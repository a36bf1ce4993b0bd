/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-mail-text.h"

G_BEGIN_DECLS

#define PJ_TYPE_MAIL_OFFERS (pj_mail_offers_get_type ())
G_DECLARE_FINAL_TYPE (PjMailOffers, pj_mail_offers, PJ, MAIL_OFFERS, GtkBox)

void pj_mail_offers_show (PjMailOffers *self, const PjMailText *mail);

G_END_DECLS
