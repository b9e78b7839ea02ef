// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// GStreamer has to be there before the first test, and not be torn down before the last.
#include <gst/gst.h>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  gst_init(&argc, &argv);
  return RUN_ALL_TESTS();
}
