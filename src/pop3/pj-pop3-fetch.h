/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-session.h"

G_BEGIN_DECLS

/* For @max_body_lines: the whole message. */
#define PJ_POP3_FETCH_WHOLE G_MAXUINT

/* Headers above this are no longer read by anyone; RFC 5322 sets no limit,
 * common mail servers refuse mail above 64 to 256 KiB of headers. */
#define PJ_POP3_MAX_HEAD_BYTES (256 * 1024)

/* A whole message that is looked at is held in memory. */
#define PJ_POP3_MAX_MESSAGE_BYTES (256 * 1024 * 1024)

/**
 * PjPop3FetchWay:
 * @PJ_POP3_FETCH_BY_TOP: leaves a message unread
 * @PJ_POP3_FETCH_BY_RETR: has the whole message sent, of which the rest is
 *   thrown away as it comes; marks it as read at some providers
 *
 * How the beginning of a message is had.
 */
typedef enum
{
  PJ_POP3_FETCH_BY_TOP,
  PJ_POP3_FETCH_BY_RETR,
} PjPop3FetchWay;

/* Called on the check thread, in the order of the numbers asked for. @bytes
 * is NULL when the server would not give this one. */
typedef void (*PjPop3FetchFunc) (guint index, GBytes *bytes, gpointer user_data);

/* Called on the check thread while a message comes: bytes of it so far. */
typedef void (*PjPop3ProgressFunc) (gsize octets, gpointer user_data);

GBytes  *pj_pop3_fetch (PjPop3Session *session,
                        guint          number,
                        guint          max_body_lines,
                        gboolean      *is_cut,
                        GCancellable  *cancellable,
                        GError       **error);
GBytes  *pj_pop3_fetch_by_retr (PjPop3Session *session,
                                guint          number,
                                guint          max_body_lines,
                                gboolean      *is_cut,
                                GCancellable  *cancellable,
                                GError       **error);
gboolean pj_pop3_fetch_may_have_top (PjPop3Session *session);
GBytes  *pj_pop3_fetch_whole (PjPop3Session     *session,
                              guint              number,
                              gboolean          *is_cut,
                              PjPop3ProgressFunc progress,
                              gpointer           user_data,
                              GCancellable      *cancellable,
                              GError           **error);
gboolean pj_pop3_fetch_heads (PjPop3Session  *session,
                              GArray         *numbers,
                              PjPop3FetchWay  way,
                              guint           count,
                              PjPop3FetchFunc func,
                              gpointer        user_data,
                              GCancellable   *cancellable,
                              GError        **error);

G_END_DECLS
