/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where the .ui files lie inside the program. */
#define PJ_UI_RESOURCES "/io/github/popinjay/Popinjay/ui/"
