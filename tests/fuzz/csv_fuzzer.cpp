// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// VisA's list of pictures, as anyone may have written it: it is refused, or names nothing outside
// of the data set.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "tests/fuzz/text_file.h"
#include "tools/evaluation/layouts/visa_split.h"

namespace {

namespace fs = std::filesystem;
using namespace mvga;

/// As whoever opens the file takes it.
bool stays_inside(const std::string& cell) {
  const fs::path path = fs::path(cell.c_str()).lexically_normal();
  return !path.is_absolute() && (path.empty() || *path.begin() != "..");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fs::path list = fuzz::file_of({reinterpret_cast<const char*>(data), size});
  try {
    for (const tool::VisaPicture& picture : tool::read_visa_split(list, "candle"))
      if (!stays_inside(picture.image) || !stays_inside(picture.mask)) std::abort();
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::unreadable) std::abort();
  }
  return 0;
}
