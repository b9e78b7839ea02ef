// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/small_model.h"

#include <map>
#include <stdexcept>
#include <utility>

#include "tests/gst/harness/element_harness.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

const TemporaryFolder& folder() {
  static const TemporaryFolder folder;
  return folder;
}

fs::path learn(unsigned frames, Profile profile) {
  const std::string name(name_of(profile));
  fs::path path = folder() / (name + "-" + std::to_string(frames) + ".mvga");
  ElementHarness fit("mvgafit");
  fit.set("model", path.c_str(), "backbone", kSmallArchitecture, "weights", small_weights().c_str(),
          "levels", "0-1", "input-size", kSmallInput, "threads", 1, "profile",
          static_cast<int>(profile));
  if (!fit.play()) throw std::runtime_error(fit.error().value_or(Complaint{}).text);
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  fit.set_caps(info);
  for (unsigned i = 0; i < frames; ++i) fit.push(normal_frame(info, i));
  fit.push_event(gst_event_new_eos());
  if (!fs::exists(path)) throw std::runtime_error(fit.error().value_or(Complaint{}).text);
  return path;
}

}  // namespace

const fs::path& small_weights() {
  static const fs::path path = [] {
    fs::path file = folder() / (std::string(kSmallArchitecture) + ".safetensors");
    random_weights(kSmallArchitecture, 1).write(file);
    return file;
  }();
  return path;
}

const fs::path& small_model(unsigned frames, Profile profile) {
  static std::map<std::pair<unsigned, Profile>, fs::path> models;
  const auto found = models.find({frames, profile});
  if (found != models.end()) return found->second;
  return models.emplace(std::pair(frames, profile), learn(frames, profile)).first->second;
}

}  // namespace mvga::testing
