/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/pj-service.h"

G_BEGIN_DECLS

#define PJ_TYPE_WHOLE_OFFER (pj_whole_offer_get_type ())
G_DECLARE_FINAL_TYPE (PjWholeOffer, pj_whole_offer, PJ, WHOLE_OFFER, GtkWidget)

void pj_whole_offer_set_account (PjWholeOffer *self, PjService *service, PjAccount *account);

G_END_DECLS
