/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-mailbox.h"
#include "model/pj-doctor-step.h"

G_BEGIN_DECLS

GPtrArray *pj_doctor_run (const PjMailbox *mailbox, GCancellable *cancellable, GError **error);

G_END_DECLS
