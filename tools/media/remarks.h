// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What may surprise about pictures, said once a folder and not a thousand times.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <utility>

#include "tools/pictures/samples.h"

namespace mvga::tool {

class RemarkReporter {
 public:
  /// A warning on stderr, when it is the first of its kind in the file's folder.
  void report(const std::filesystem::path& file, const Remark& remark);

 private:
  std::set<std::pair<std::string, Remark::Kind>> said_;
};

}  // namespace mvga::tool
