// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A program that is linked with GStreamer. usage: linked PIPELINE...

#include "play.h"

int main(int argc, char** argv) {
  (void)argc;
  play(argv + 1);
  return 0;
}
