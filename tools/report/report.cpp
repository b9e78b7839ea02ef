// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/report.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/io/atomic_file.h"
#include "tools/drawing/picture.h"
#include "tools/output/output_folder.h"
#include "tools/report/charts.h"
#include "tools/report/examples.h"

namespace mvga::tool {
namespace {

// Of the whole axis: less than a pixel of a chart.
constexpr double kCurveStep = 0.002;

std::string examples_of(const KindHighlights& kind, bool good, int bits,
                        overlay::OverlayPainter& painter) {
  if (good) return example(*kind.highest, "Highest score", bits, painter);
  if (!kind.lowest) return example(*kind.highest, "The only one", bits, painter);
  return example(*kind.highest, "Highest score", bits, painter) +
         example(*kind.lowest, "Lowest score", bits, painter);
}

/// Kinds of defects first.
std::vector<KindReport> kinds_of(const Highlights& highlights,
                                 const overlay::OverlaySettings& drawing, int bits) {
  overlay::OverlayPainter painter(drawing);
  std::vector<KindReport> kinds;
  for (const auto& [name, kind] : highlights.kinds()) {
    const bool good = kind.highest->picture.good();
    kinds.push_back(
        {name, good, kind.pictures, kind.anomalous, examples_of(kind, good, bits, painter)});
  }
  std::stable_partition(kinds.begin(), kinds.end(), [](const KindReport& k) { return !k.good; });
  return kinds;
}

}  // namespace

Report::Report(const std::filesystem::path& folder)
    : file_(folder / "index.html"), drawing_{.style = overlay::heatmap | overlay::contour} {
  make_output_folder(folder);
  check_writable(file_);
  require_encoder(PictureFormat::jpeg);
}

void Report::begin(const Category&) {
  current_ = {};
  highlights_ = {};
}

void Report::see(const Category&, const TestedPicture& tested) {
  const Detection& detection = tested.detection;
  (tested.picture.good() ? current_.good : current_.defective).push_back(detection.score);
  current_.threshold = detection.threshold;
  highlights_.add(tested);
}

void Report::end(const TestedCategory& tested) {
  current_.result = tested.result;
  current_.profile = tested.model.calibration.profile;
  current_.held_out = tested.model.calibration.scores;
  current_.image_roc = tested.images.roc_curve(kCurveStep);
  current_.pixel_roc = tested.pixels.roc_curve(kCurveStep);
  current_.pro = tested.pixels.pro_curve(kProChartEnd, kCurveStep * kProChartEnd);
  current_.kinds = kinds_of(std::exchange(highlights_, {}), drawing_, tested.model.reading.bits);
  categories_.push_back(std::exchange(current_, {}));
}

void Report::write(const RunFacts& facts) const {
  const std::string html = page(facts, categories_, colour_scale(drawing_));
  write_file_atomically(file_, std::as_bytes(std::span(html)));
}

}  // namespace mvga::tool
