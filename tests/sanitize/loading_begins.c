// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

/* What libraries set up while the loader loads them is not ours to free: GLib gives up its first
 * table of quarks on purpose, as other threads may still read it. From here, which is linked to be
 * the first of all constructors, to loading_ends.c nothing that is allocated counts as a leak. */
void __lsan_disable(void);

__attribute__((constructor)) static void begin(void) {
  __lsan_disable();
}
