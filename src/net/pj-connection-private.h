/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/pj-connection.h"
#include "net/pj-send-queue.h"
#include "net/pj-stream.h"

/* For the two files that the connection is made of. */

G_BEGIN_DECLS

struct _PjConnection
{
  /* Owned */
  char         *host;
  PjStream     *stream;
  PjLineReader *reader;
  PjSendQueue  *out;
  PjWireTap    *tap; /* (nullable) */

  /* Plain */
  PjNetLimits limits;
  PjDeadline  limit;     /* of the caller: pj_connection_begin_limit() */
  gint64      opened_at; /* monotonic microseconds */
};

G_END_DECLS
