/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-document.h"

void fuzz_document_check (const PjMailDocument *document);
