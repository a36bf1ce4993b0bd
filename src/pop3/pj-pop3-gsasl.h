/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/pj-deadline.h"
#include "pop3/pj-pop3-credentials.h"
#include "pop3/pj-pop3-mechanism.h"

G_BEGIN_DECLS

typedef struct _PjPop3Gsasl PjPop3Gsasl;

PjPop3Gsasl *pj_pop3_gsasl_new (const PjPop3Mechanism   *mechanism,
                                const PjPop3Credentials *credentials,
                                GError                 **error);
void         pj_pop3_gsasl_free (PjPop3Gsasl *self);
gboolean     pj_pop3_gsasl_step (PjPop3Gsasl  *self,
                                 GBytes       *challenge,
                                 char        **response,
                                 gsize        *len,
                                 PjDeadline    deadline,
                                 GCancellable *cancellable,
                                 GError      **error);
gboolean     pj_pop3_gsasl_is_done (const PjPop3Gsasl *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjPop3Gsasl, pj_pop3_gsasl_free)

G_END_DECLS
