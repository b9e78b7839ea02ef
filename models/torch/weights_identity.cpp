// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/weights_identity.h"

#include <sys/stat.h>

namespace mvga {

WeightsIdentity identity_of(const std::filesystem::path& path) {
  std::error_code failed;
  std::filesystem::path canonical = std::filesystem::canonical(path, failed);
  struct stat status = {};
  if (failed || ::stat(canonical.c_str(), &status) != 0) return {path};
  constexpr std::int64_t second = 1'000'000'000;
  return {std::move(canonical), status.st_ino, static_cast<std::uint64_t>(status.st_size),
          status.st_mtim.tv_sec * second + status.st_mtim.tv_nsec};
}

}  // namespace mvga
