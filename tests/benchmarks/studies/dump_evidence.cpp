// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Writes how far a category's pictures lie from normal, for profile_study.py: OUT.bin has float32,
// a picture after the other, those that are learned held out as in cross-fitting. A picture has
// twice (about what is normal by place, with average vectors as version 0.1 fitted them; about one
// mean, with the paper's) the maps of all levels, then the squared image distances. OUT.json says
// what is there.

#include <gst/gst.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/base/parse_settings.h"
#include "core/learning/fit_settings.h"
#include "core/learning/group_fit.h"
#include "core/scoring/evidence.h"
#include "models/open_backbone.h"
#include "tools/evaluation/category.h"
#include "tools/media/frames.h"

namespace {

/// By place, and about one mean.
using Both = std::array<std::vector<mvga::LevelGaussians>, 2>;

class Dump {
 public:
  Dump(std::shared_ptr<const mvga::Backbone> backbone, const std::string& out)
      : backbone_(std::move(backbone)),
        out_(out),
        bytes_(out + ".bin", std::ios::binary),
        statistics_(backbone_->info().levels, backbone_->info().input_size, 0) {
    bytes_.exceptions(std::ios::failbit | std::ios::badbit);
    for (const mvga::LevelShape& s : backbone_->info().levels)
      index_["levels"].push_back({s.level, s.channels, s.height, s.width});
  }

  void run(const mvga::tool::Category& category) {
    std::vector<mvga::Levels> learned;
    for (const std::string& file : category.train) learned.push_back(features(file));
    const std::size_t group = group_size(learned.size());
    for (std::size_t i = 0; i < learned.size(); ++i) statistics_.add_to(i / group, learned[i]);
    for (std::size_t first = 0; first < learned.size(); first += group) {
      const Both without = gaussians_without(static_cast<int>(first / group));
      for (std::size_t i = first; i < std::min(first + group, learned.size()); ++i)
        write(learned[i], without, {category.train[i], "train", {}});
    }
    const Both all = gaussians_without(mvga::GroupFit::kNone);
    for (const mvga::tool::TestPicture& picture : category.test)
      write(features(picture.file.string()), all, picture);
    std::ofstream(out_ + ".json") << index_.dump(1) << "\n";
  }

 private:
  /// Of consecutive pictures, as Statistics makes them.
  static std::size_t group_size(std::size_t pictures) {
    std::size_t size = 1;
    while ((pictures + size - 1) / size > mvga::Statistics::kMostGroups) size *= 2;
    return size;
  }

  mvga::Levels features(const std::string& file) {
    return backbone_->extract(reader_.read(mvga::tool::read_picture(file)));
  }

  Both gaussians_without(int left_out) const {
    const auto& shapes = backbone_->info().levels;
    const mvga::Reduction reduction = mvga::default_reduction(backbone_->info());
    const auto levels = [&](mvga::Profile profile) {
      return mvga::GroupFit(statistics_, shapes, profile, reduction).levels_without(left_out);
    };
    std::vector<mvga::LevelModel> placed = levels(mvga::Profile::calibrated);
    const std::vector<mvga::LevelModel> old = levels(mvga::Profile::calibrated_0_1);
    for (std::size_t i = 0; i < placed.size(); ++i) placed[i].image = old[i].image;
    return {mvga::gaussians_of(placed), mvga::gaussians_of(levels(mvga::Profile::paper))};
  }

  void write(const mvga::Levels& levels, const Both& gaussians,
             const mvga::tool::TestPicture& picture) {
    for (const auto& g : gaussians) {
      const mvga::Evidence evidence = mvga::gather_evidence(levels, g);
      for (const mvga::AnomalyMap& map : evidence.maps) put(map.values);
      put({evidence.image_distances.begin(), evidence.image_distances.end()});
    }
    index_["pictures"].push_back({{"file", picture.file.string()},
                                  {"kind", picture.kind},
                                  {"mask", picture.mask ? picture.mask->string() : ""}});
  }

  void put(const std::vector<float>& numbers) {
    bytes_.write(reinterpret_cast<const char*>(numbers.data()),
                 static_cast<std::streamsize>(numbers.size() * sizeof(float)));
  }

  std::shared_ptr<const mvga::Backbone> backbone_;
  std::string out_;
  std::ofstream bytes_;
  mvga::Statistics statistics_;
  nlohmann::json index_;
  mvga::tool::InputReader reader_{{}, backbone_->info().input_size};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: %s CATEGORY OUT ARCHITECTURE LEVELS\n", argv[0]);
    return 2;
  }
  try {
    gst_init(nullptr, nullptr);
    mvga::BackboneSettings settings;
    settings.architecture = argv[3];
    settings.levels = mvga::parse_levels(argv[4]);
    Dump(mvga::open_backbone(settings), argv[2]).run(mvga::tool::read_category(argv[1]));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
  }
  return 0;
}
