// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/scores_file.h"

#include "tools/output/csv.h"
#include "tools/output/verdict_columns.h"

namespace mvga::tool {

ScoresFile::ScoresFile(const std::filesystem::path& file)
    : lines_(file, std::string("category,kind,label,file,mask,").append(kVerdictColumns)) {}

void ScoresFile::see(const Category& category, const TestedPicture& tested) {
  const TestPicture& picture = tested.picture;
  lines_.write(csv_text(category.name) + "," + csv_text(picture.kind) + "," +
               (picture.good() ? "0" : "1") + "," + csv_path(picture.file) + "," +
               (tested.mask ? csv_path(*picture.mask) : "") + "," +
               verdict_cells(tested.detection));
}

}  // namespace mvga::tool
