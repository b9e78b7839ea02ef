// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/layouts/masks.h"

#include <string>

namespace mvga::tool {

namespace fs = std::filesystem;

std::optional<fs::path> mask_in(const fs::path& folder, const fs::path& picture) {
  for (const char* end_of_name : {"_mask", ""})
    for (const char* type : {".png", ".bmp", ".tif", ".tiff"}) {
      fs::path mask = folder / (picture.stem().string() + end_of_name + type);
      std::error_code ignored;
      if (fs::exists(mask, ignored)) return mask;
    }
  return std::nullopt;
}

}  // namespace mvga::tool
