// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/find_media.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "tools/evaluation/layouts/names.h"
#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

fs::path real_path(const fs::path& folder) {
  std::error_code error;
  fs::path found = fs::weakly_canonical(folder, error);
  return error ? fs::absolute(folder).lexically_normal() : found;
}

class Search {
 public:
  explicit Search(const std::vector<fs::path>& outputs) {
    for (const fs::path& output : outputs) seen_.insert(real_path(output));
  }

  void look_into(const fs::path& folder) {
    seen_.insert(real_path(folder));
    std::vector<std::string> files = media_in(folder);
    found_.files.insert(found_.files.end(), std::make_move_iterator(files.begin()),
                        std::make_move_iterator(files.end()));
    for (const fs::path& below : folders_in(folder)) look_below(below);
  }

  FoundMedia take() { return std::move(found_); }

 private:
  void look_below(const fs::path& folder) {
    if (seen_.contains(real_path(folder))) return;
    if (is_mask_name(folder)) {
      found_.passed_over.push_back(folder.string() +
                                   ": is passed over, for its name says that it holds masks; name "
                                   "it itself to score what is in it");
      return;
    }
    try {
      look_into(folder);
    } catch (const Error& e) {
      found_.passed_over.push_back(std::string("warning: ") + e.what() + "; passed over");
      ++found_.unlisted;
    }
  }

  std::set<fs::path> seen_;
  FoundMedia found_;
};

}  // namespace

FoundMedia media_below(const fs::path& folder, const std::vector<fs::path>& outputs) {
  Search search(outputs);
  search.look_into(folder);
  return search.take();
}

}  // namespace mvga::tool
