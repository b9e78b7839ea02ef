// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures that GStreamer's encoders do not make. All are 32x24 pixels, on the left (200, 40, 90),
// on the right (20, 160, 240), or the grey of these (94 and 127).
#pragma once

#include <filesystem>

namespace mvga::testing {

enum class OddPicture {
  rgba_png,  ///< fully transparent
  grey_alpha_png,
  palette_png,  ///< one of its two colours is transparent
  grey_16_png,
  rgb_16_png,
  labels_16_png,  ///< a mask: 0 on the left, 1 of 65535 on the right
  grey_jpeg,
  cmyk_jpeg,
  turned_jpeg,  ///< EXIF has it turned by 90 degrees
  turned_png,
  turned_webp,
};

void write_odd_picture(const std::filesystem::path& file, OddPicture kind);

}  // namespace mvga::testing
