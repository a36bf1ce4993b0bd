/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-net-error.h"

G_DEFINE_QUARK (PjNetError, pj_net_error)
