// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/ground_truth.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "tools/media/files.h"
#include "tools/media/frames.h"
#include "tools/pictures/decode.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// The values of a mask, a byte each.
struct Labels {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> values;
};

Labels read_labels(const fs::path& file) {
  const Samples samples = decode_picture(file);
  if (samples.bits != 8 || samples.channels != 1)
    throw Error(ErrorKind::unreadable,
                file.string() + ": is no mask of a defect: those are grey with 8 bits a pixel");
  Labels labels{samples.width, samples.height, {}};
  labels.values.reserve(samples.size());
  for (int y = 0; y < samples.height; ++y)
    labels.values.insert(labels.values.end(), samples.row(y), samples.row(y) + samples.width);
  return labels;
}

/// The only value besides 0.
int value_of(const Labels& labels, const fs::path& file) {
  int value = 0;
  for (const std::uint8_t found : labels.values) {
    if (found == 0 || found == value) continue;
    if (value != 0)
      throw Error(ErrorKind::unreadable,
                  file.string() + ": has the values " + std::to_string(value) + " and " +
                      std::to_string(found) + "; the mask of a defect has one besides 0");
    value = found;
  }
  if (value == 0) throw Error(ErrorKind::unreadable, file.string() + ": marks no defect");
  return value;
}

SaturatedDefect defect_of(Labels labels, const fs::path& file, const DefectsConfig& config) {
  const int value = value_of(labels, file);
  const auto kind = config.find(value);
  if (kind == config.end())
    throw Error(ErrorKind::unreadable, file.string() + ": has the value " + std::to_string(value) +
                                           ", of which " + kDefectsConfig + " has no defect");
  const auto area = static_cast<std::size_t>(
      std::count_if(labels.values.begin(), labels.values.end(), [](auto v) { return v != 0; }));
  return {std::move(labels.values), kind->second.saturation(area)};
}

void check_same_size(const Mask& all, const Labels& one, const fs::path& file) {
  if (one.width != all.width || one.height != all.height)
    throw Error(ErrorKind::unreadable,
                file.string() + ": is " + std::to_string(one.width) + "x" +
                    std::to_string(one.height) + ", the first mask of its folder " +
                    std::to_string(all.width) + "x" + std::to_string(all.height));
}

void mark(const std::vector<std::uint8_t>& values, Mask& mask) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] != 0) mask.defect[i] = 1;
}

void describe(Mask& mask) {
  const auto marked = std::count(mask.defect.begin(), mask.defect.end(), 1);
  mask.empty = marked == 0;
  mask.share = static_cast<double>(marked) / static_cast<double>(mask.defect.size());
  mask.levels = 2;
}

GroundTruth read_folder(const fs::path& folder, const DefectsConfig* config) {
  const std::vector<std::string> files = pictures_in(folder);
  if (files.empty())
    throw Error(ErrorKind::not_found, folder.string() + ": there are no masks in this folder");
  GroundTruth truth;
  for (const std::string& file : files) {
    Labels labels = read_labels(file);
    if (truth.mask.defect.empty())
      truth.mask = {labels.width, labels.height, std::vector<std::uint8_t>(labels.values.size())};
    check_same_size(truth.mask, labels, file);
    mark(labels.values, truth.mask);
    if (config != nullptr) truth.defects.push_back(defect_of(std::move(labels), file, *config));
  }
  describe(truth.mask);
  return truth;
}

}  // namespace

GroundTruth read_ground_truth(const fs::path& mask, const DefectsConfig* config) {
  std::error_code ignored;
  if (fs::is_directory(mask, ignored)) return read_folder(mask, config);
  return {read_mask(mask), {}};
}

}  // namespace mvga::tool
