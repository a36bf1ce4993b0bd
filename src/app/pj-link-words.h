/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-link.h"

G_BEGIN_DECLS

const char *pj_link_words_doubt (PjMailLinkDoubts doubt);
char      **pj_link_words_list_doubts (PjMailLinkDoubts doubts);

G_END_DECLS
