// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pipelines as a user types them.
#pragma once

#include <gst/gst.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace mvga::testing {

/// Plays to the end and shows every element message to `seen`.
/// @return the error's text, empty when there was none
std::string play(const std::string& description,
                 const std::function<void(const GstStructure&)>& seen = {});

/// The presentation times of all frames of a video file, as it stores them.
std::vector<GstClockTime> frame_times_of(const std::filesystem::path& video);

}  // namespace mvga::testing
