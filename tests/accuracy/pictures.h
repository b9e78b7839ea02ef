// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Picture files, decoded by GStreamer.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace mvga::testing {

struct UnrefSample {
  void operator()(GstSample* sample) const { gst_sample_unref(sample); }
};
using Sample = std::unique_ptr<GstSample, UnrefSample>;

/// The file as one frame of raw video, in the format that the decoder gives, or in `format`.
Sample decode(const std::filesystem::path& file, const char* format = nullptr);

struct Mask {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> defect;  ///< [height, width], nonzero where there is one
};

Mask read_mask(const std::filesystem::path& file);

/// The files of a folder in alphabetical order.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);

}  // namespace mvga::testing
