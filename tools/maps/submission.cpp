// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/maps/submission.h"

#include <cmath>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/scoring/detector.h"
#include "tools/drawing/picture.h"
#include "tools/evaluation/picture_scorer.h"
#include "tools/maps/tiff.h"
#include "tools/media/frames.h"
#include "tools/output/output_folder.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMaps = "anomaly_images";
constexpr const char* kCut = "anomaly_images_thresholded";

fs::path place_of(const fs::path& folder, const Category& category, const SecretPicture& picture) {
  return folder / category.name / picture.set;
}

}  // namespace

Submission::Submission(fs::path folder, const std::vector<Category>& categories)
    : folder_(std::move(folder)) {
  std::set<fs::path> folders;
  std::set<fs::path> files;
  for (const Category& category : categories)
    for (const SecretPicture& picture : category.secret) {
      for (const char* kind : {kMaps, kCut})
        folders.insert(place_of(folder_ / kind, category, picture));
      if (!files.insert(place_of({}, category, picture) / picture.file.stem()).second)
        throw Error(ErrorKind::settings,
                    picture.file.string() +
                        ": another picture differs from it by the ending of its name alone, so "
                        "that their maps would be one; take away one of them");
    }
  if (folders.empty())
    throw Error(ErrorKind::settings,
                "--submission: there are no pictures in test_private or test_private_mixed; it is "
                "for MVTec AD 2, whose server measures those");
  require_encoder(PictureFormat::png);
  for (const fs::path& made : folders) make_output_folder(made);
}

void Submission::write(const Category& category, const Learned& learned,
                       const std::shared_ptr<const Backbone>& backbone,
                       const EvaluationSettings& settings, double limit) const {
  const Detector detector(backbone, learned.model);
  PictureScorer scorer(detector, settings.detect);
  Progress progress(category.name + ": submitting", category.secret.size(), settings.quiet);
  std::size_t done = 0;
  for (const SecretPicture& picture : category.secret) {
    const ScoredPicture scored = scorer.score(read_picture(picture.file, scorer.bits()));
    const float cut =
        std::isnan(limit) ? scored.detection.map_scale.threshold : static_cast<float>(limit);
    const std::string name = picture.file.stem().string();
    write_file_atomically(place_of(folder_ / kMaps, category, picture) / (name + ".tiff"),
                          to_half_tiff(scored.map));
    write_file_atomically(place_of(folder_ / kCut, category, picture) / (name + ".png"),
                          mask_png(scored.map, cut));
    progress.show(++done);
  }
}

}  // namespace mvga::tool
