// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

/* Loses a piece of memory by way of GLib, for the script to see that leaks are still found. */
#include <glib.h>

int main(void) {
  static gpointer volatile lost;
  lost = g_malloc(1234);
  lost = NULL;
  return 0;
}
