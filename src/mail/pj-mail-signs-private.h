/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/pj-mail-sign.h"
#include "mail/pj-mail-signs.h"

/* For the files that look for signs. */

G_BEGIN_DECLS

/**
 * PjMailCase:
 * @facts: (borrowed): what is known
 * @domain: (owned) (nullable): host of the sender's address in ASCII; %NULL when
 *   there is none
 * @signs: (borrowed) (element-type PjMailSign): what was found
 *
 * One mail that is judged.
 */
typedef struct
{
  const PjMailSignsFacts *facts;
  char                   *domain;
  GPtrArray              *signs;
} PjMailCase;

void pj_mail_signs_judge_name (PjMailCase *self);
void pj_mail_signs_judge_domain (PjMailCase *self);
void pj_mail_signs_judge_proof (PjMailCase *self);

G_END_DECLS
