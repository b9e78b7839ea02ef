// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/predictions.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/plain_text.h"
#include "core/io/atomic_file.h"
#include "tools/drawing/map_on_picture.h"
#include "tools/drawing/picture.h"
#include "tools/maps/tiff.h"
#include "tools/media/stream_orientation.h"
#include "tools/output/csv.h"
#include "tools/output/peak.h"
#include "tools/output/regions_json.h"
#include "tools/output/verdict_columns.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> paths_of(const std::vector<std::string>& inputs) {
  return {inputs.begin(), inputs.end()};
}

nlohmann::json to_json(const Detection& detection) {
  const Peak peak = peak_of(detection);
  return {{"score", detection.score},
          {"threshold", detection.threshold},
          {"p_value", detection.p_value},
          {"anomalous", detection.anomalous},
          {"peak", peak.value},
          {"peak_x", peak.x},
          {"peak_y", peak.y},
          {"map_threshold", detection.map_scale.threshold},
          {"regions", regions_json(detection.regions)}};
}

/// A terminal gets no byte that may mean something to it.
std::string text_of(const nlohmann::json& line) {
  return line.dump(-1, ' ', isatty(STDOUT_FILENO) != 0);
}

}  // namespace

void PredictionFiles::check() const {
  if (heat_maps.empty() || masks.empty()) return;
  if (fs::weakly_canonical(heat_maps) == fs::weakly_canonical(masks))
    throw Error(ErrorKind::settings, masks +
                                         ": heat maps and masks have the same names; name a "
                                         "folder for each");
}

std::vector<fs::path> PredictionFiles::folders() const {
  std::vector<fs::path> named;
  for (const std::string& folder : {heat_maps, maps, masks})
    if (!folder.empty()) named.emplace_back(folder);
  return named;
}

Predictions::Predictions(const PredictionFiles& files, const std::vector<std::string>& inputs)
    : inputs_(inputs) {
  if (!files.heat_maps.empty() || !files.masks.empty()) require_encoder(PictureFormat::png);
  if (!files.csv.empty())
    csv_.emplace(files.csv, std::string("file,frame,").append(kVerdictColumns));
  if (!files.heat_maps.empty()) heat_maps_.emplace(files.heat_maps, paths_of(inputs));
  if (!files.maps.empty()) maps_.emplace(files.maps, paths_of(inputs), ".tiff");
  if (!files.masks.empty()) masks_.emplace(files.masks, paths_of(inputs));
}

void Predictions::write(const Frame& frame, const Detection& detection, std::size_t input,
                        std::size_t number) {
  nlohmann::json line = to_json(detection);
  line["file"] = as_utf8(inputs_[input]);
  line["frame"] = number;
  if (frame.orientation() != 1) line["orientation"] = orientation_name(frame.orientation());
  if (frame.saturated() > 0) line["saturated"] = frame.saturated();
  const auto write_file = [&](const HeatMapFiles& files, const char* key, const auto& contents) {
    const fs::path file = files.file_of(input, number);
    write_file_atomically(file, contents);
    line[key] = as_utf8(file.string());
  };
  if (heat_maps_) {
    Picture picture(frame);
    picture.draw(detection, painter_);
    write_file(*heat_maps_, "heatmap", picture.encoded(PictureFormat::png));
  }
  if (maps_ || masks_) {
    const AnomalyMap map = map_on_picture(detection, frame.height(), frame.width());
    if (maps_) write_file(*maps_, "map", to_tiff(map));
    if (masks_) write_file(*masks_, "mask", mask_png(map, detection.map_scale.threshold));
  }
  json_.write(text_of(line));
  if (csv_)
    csv_->write(csv_path(inputs_[input]) + "," + std::to_string(number) + "," +
                verdict_cells(detection));
}

void Predictions::finish() {
  if (csv_) csv_->finish();
}

}  // namespace mvga::tool
