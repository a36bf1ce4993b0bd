/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/pj-deadline.h"
#include "pop3/pj-pop3-credentials.h"
#include "pop3/pj-pop3-mechanism.h"

G_BEGIN_DECLS

typedef struct _PjPop3SaslClient PjPop3SaslClient;

PjPop3SaslClient      *pj_pop3_sasl_client_new (const PjPop3Mechanism   *mechanism,
                                                const PjPop3Credentials *credentials,
                                                const char              *gs2_flag,
                                                GBytes                  *binding,
                                                GError                 **error);
void                   pj_pop3_sasl_client_free (PjPop3SaslClient *self);
gboolean               pj_pop3_sasl_client_step (PjPop3SaslClient *self,
                                                 const char       *challenge,
                                                 char            **response,
                                                 PjDeadline        deadline,
                                                 GCancellable     *cancellable,
                                                 GError          **error);
const PjPop3Mechanism *pj_pop3_sasl_client_get_mechanism (const PjPop3SaslClient *self);
gboolean               pj_pop3_sasl_client_is_judged (const PjPop3SaslClient *self);
gboolean               pj_pop3_sasl_client_is_done (const PjPop3SaslClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjPop3SaslClient, pj_pop3_sasl_client_free)

G_END_DECLS
