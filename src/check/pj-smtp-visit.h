/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-mailbox.h"

G_BEGIN_DECLS

GPtrArray *pj_smtp_visit_run (const PjMailbox *server, GCancellable *cancellable, GError **error);

G_END_DECLS
