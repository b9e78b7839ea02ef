// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/maps/tiff_maps.h"

#include <map>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "tools/maps/tiff.h"
#include "tools/output/output_folder.h"

namespace mvga::tool {

namespace fs = std::filesystem;

TiffMaps::TiffMaps(fs::path folder, const std::vector<Category>& categories)
    : folder_(std::move(folder)) {
  std::map<fs::path, fs::path> pictures;  // by the file of their map
  std::set<fs::path> folders{folder_};
  for (const Category& category : categories)
    for (const TestPicture& picture : category.test) {
      const fs::path file = file_of(category, picture);
      const auto [other, is_new] = pictures.try_emplace(file, picture.file);
      if (!is_new)
        throw Error(ErrorKind::settings, file.string() + ": would be the map of both " +
                                             other->second.string() + " and " +
                                             picture.file.string() +
                                             "; rename one, or evaluate them one by one");
      folders.insert(file.parent_path());
    }
  for (const fs::path& made : folders) make_output_folder(made);
}

void TiffMaps::see(const Category& category, const TestedPicture& tested) {
  write_file_atomically(file_of(category, tested.picture), to_tiff(tested.map));
}

fs::path TiffMaps::file_of(const Category& category, const TestPicture& picture) const {
  return folder_ / category.name / "test" / picture.kind / (picture.file.stem().string() + ".tiff");
}

}  // namespace mvga::tool
