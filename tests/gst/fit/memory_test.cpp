// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Memory of a fit, by the number of frames.
#include <gtest/gtest.h>

#include "core/files/model_file.h"
#include "tests/gst/harness/gst_launch.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

/// The peak of a process that learns so many frames, in KiB.
long peak_memory(unsigned frames) {
  const TemporaryFolder folder;
  const std::string model = (folder / "line.mvga").string();
  GstLaunch launch(
      "videotestsrc pattern=snow num-buffers=" + std::to_string(frames) +
      " ! video/x-raw,format=RGB,width=32,height=32 ! mvgafit backbone=" + kSmallArchitecture +
      " weights=" + small_weights().string() +
      " levels=0 input-size=32 target-fpr=0.02 threads=1 model=" + model + " ! fakesink");
  EXPECT_EQ(launch.finish(), 0) << launch.printed();
  EXPECT_EQ(load_model(model).frames, frames);
  return launch.peak_memory();
}

// What a fit keeps is bounded: moments, a sample of vectors, pictures on disk of which one at a
// time is in memory, and one score and map for each. The smallest backbone there is makes a frame
// 8 x 8 vectors of 64 channels, 16 KiB: if those of each frame stayed, 3800 frames more would take
// 60 MB. A single vector for each frame (256 B) would be 1 MB, less than what else differs at 200
// frames, where the bounded parts are not full yet. So the second half of the test goes on from
// where they are: from 4,000 frames to 12,000 nothing may be added but noise.
TEST(FitMemory, DoesNotGrowWithTheNumberOfFrames) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer keeps freed memory for a while: the process grows by itself";
#endif
  const long few = peak_memory(200);
  const long many = peak_memory(4000);
  const long very_many = peak_memory(12000);
  RecordProperty("peak_kib_200", std::to_string(few));
  RecordProperty("peak_kib_4000", std::to_string(many));
  RecordProperty("peak_kib_12000", std::to_string(very_many));
  EXPECT_NEAR(static_cast<double>(many) / static_cast<double>(few), 1, 0.05);
  EXPECT_LT(very_many - many, 1500) << "8000 vectors of 256 B are 2000 KiB";
}

}  // namespace
}  // namespace mvga::testing
