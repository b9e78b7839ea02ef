// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is learned and tested, whatever the layout of the data set that it comes from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "tools/evaluation/defects_config.h"

namespace mvga::tool {

struct TestPicture {
  std::filesystem::path file;
  std::string kind;  ///< good, or a kind of defect
  /// Of a defect, where there is one: a file, or a folder with one for each defect.
  std::optional<std::filesystem::path> mask;

  bool good() const { return kind == "good"; }
};

/// A picture of which nobody outside knows what it shows.
struct SecretPicture {
  std::filesystem::path file;
  std::string set;  ///< test_private
};

struct Category {
  std::string name;
  std::vector<std::string> train;  ///< paths, in the order of their names
  std::vector<TestPicture> test;
  /// Kinds of defects that are measured one by one, each with all good pictures: the metrics of the
  /// category are the means of theirs. Few layouts have any.
  std::vector<std::string> parts;
  std::shared_ptr<const DefectsConfig> defects;  ///< null: no part of a defect is enough
  std::vector<std::string> validation;  ///< normal pictures that set the limit of a segmentation
  std::vector<SecretPicture> secret;    ///< to be submitted
  /// What a reader of the metrics has to know, such as how pictures were divided; may be empty.
  std::string note;
  /// Why it cannot be learned or tested, where others beside it can.
  std::optional<Error> failure;
};

/// What a category is read for: a model that is there already needs nothing to learn from.
enum class Purpose : std::uint8_t { learn_and_test, test };

/// The category that a folder is, in any of the layouts (tools/evaluation/layouts).
/// @throws Error not_found if it has no pictures to learn from, or none to test with
Category read_category(const std::filesystem::path& folder,
                       Purpose purpose = Purpose::learn_and_test);

/// The category that `data` is, or those in the folders below it; only those in `names`, unless
/// that is empty. Two of the same name are named by their path below `data`. Of several, one that
/// cannot be read is there with its failure.
/// @throws Error not_found if there is none, or a name is not among them; what is wrong with the
///   only one
std::vector<Category> find_categories(const std::filesystem::path& data,
                                      const std::vector<std::string>& names,
                                      Purpose purpose = Purpose::learn_and_test);

}  // namespace mvga::tool
