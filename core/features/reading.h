// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How frames became images. What was learned from images that were read in one way says a little
// less of those that are read in another.
#pragma once

#include <string>
#include <string_view>

namespace mvga {

enum class Reading {
  gstreamer,  ///< by GstVideoConverter, which gave YUV in 8 bits up to four levels too dark
  exact,      ///< core/features/picture_reader.h
};

/// As files say it. Those that do not are older than the second way.
std::string_view name_of(Reading reading);
/// @throws Error settings
Reading reading_from(std::string_view name);

/// What who uses such a file is to know: one line that begins with its name. Empty where there is
/// nothing to be said.
std::string warning_of(Reading reading, const std::string& file);

}  // namespace mvga
