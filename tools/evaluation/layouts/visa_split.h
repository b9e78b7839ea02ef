// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// VisA's list of pictures, split_csv/1cls.csv: object,split,label,image,mask.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mvga::tool {

struct VisaPicture {
  bool train = false;
  bool normal = false;
  std::string image;  ///< path below the data set's root
  std::string mask;   ///< likewise, of an anomalous one; may be empty
};

/// The pictures of one object, in the order of the list. Columns go by their names.
/// @throws Error unreadable if a column or a cell is missing, or has a value that VisA's has not,
///   or a path leads out of the data set; the text names the file and the line
std::vector<VisaPicture> read_visa_split(const std::filesystem::path& list,
                                         const std::string& object);

}  // namespace mvga::tool
