// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Writes the features of a category's pictures, for ablations.py: OUT.bin has them as float32, a
// picture after the other, level after level [height, width, channels]; OUT.json says what is
// there.

#include <gst/gst.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/parse_settings.h"
#include "models/open_backbone.h"
#include "tools/evaluation/category.h"
#include "tools/media/frames.h"

namespace {

class Dump {
 public:
  Dump(const mvga::Backbone& backbone, const std::string& out)
      : backbone_(backbone), out_(out), bytes_(out + ".bin", std::ios::binary) {
    bytes_.exceptions(std::ios::failbit | std::ios::badbit);
    for (const mvga::LevelShape& s : backbone.info().levels)
      index_["levels"].push_back({s.level, s.channels, s.height, s.width});
  }

  void add(const std::string& file, const std::string& kind, const std::string& mask) {
    const mvga::Levels levels = backbone_.extract(reader_.read(mvga::tool::read_picture(file)));
    for (const mvga::FeatureMap& level : levels)
      bytes_.write(reinterpret_cast<const char*>(level.values.get()),
                   static_cast<std::streamsize>(sizeof(float) * level.positions() *
                                                static_cast<std::size_t>(level.channels)));
    index_["pictures"].push_back({{"file", file}, {"kind", kind}, {"mask", mask}});
  }

  void finish() const { std::ofstream(out_ + ".json") << index_.dump(1) << "\n"; }

 private:
  const mvga::Backbone& backbone_;
  std::string out_;
  std::ofstream bytes_;
  nlohmann::json index_;
  mvga::tool::InputReader reader_{{}, backbone_.info().input_size};
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
    const std::shared_ptr<const mvga::Backbone> backbone = mvga::open_backbone(settings);
    const mvga::tool::Category category = mvga::tool::read_category(argv[1]);
    Dump dump(*backbone, argv[2]);
    for (const std::string& file : category.train) dump.add(file, "train", "");
    for (const mvga::tool::TestPicture& picture : category.test)
      dump.add(picture.file.string(), picture.kind, picture.mask ? picture.mask->string() : "");
    dump.finish();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
  }
  return 0;
}
