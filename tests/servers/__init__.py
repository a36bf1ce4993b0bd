# SPDX-License-Identifier: GPL-3.0-or-later
"""Real servers for flow and ui tests, each private to one test and gone with it."""
