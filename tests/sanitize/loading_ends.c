// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

/* The other half of loading_begins.c. What is preloaded needs nobody and is needed by nobody, and
 * so is the last library whose constructor runs. */
void __lsan_enable(void);

__attribute__((constructor)) static void end(void) {
  __lsan_enable();
}
