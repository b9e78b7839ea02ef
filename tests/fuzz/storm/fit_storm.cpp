// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <filesystem>

#include "core/files/model_file.h"
#include "tests/fuzz/storm/folder.h"
#include "tests/fuzz/storm/storm.h"

namespace {

using namespace mvga;

constexpr guint64 kMostFrames = 4;  ///< fitting to more takes its time

/// 0 stands for all.
void keep_to_few_frames(GstElement* element) {
  guint64 frames = 0;
  g_object_get(element, "max-frames", &frames, nullptr);
  if (frames == 0) g_object_set(element, "max-frames", kMostFrames, nullptr);
}

class Fit {
 public:
  Fit() {
    fuzz::start_gstreamer();
    subject_.prepare = [this](GstElement* element) {
      g_object_set(element, "model", model().c_str(), "max-frames", kMostFrames, nullptr);
    };
    subject_.mend = keep_to_few_frames;
    // What is there is whole.
    subject_.check = [this] {
      if (!std::filesystem::exists(model())) return;
      load_model(model());
      std::filesystem::remove(model());
    };
  }

  const fuzz::Subject& subject() const { return subject_; }

 private:
  std::string model() const { return folder_.path("a.mvga"); }

  fuzz::Folder folder_;
  fuzz::Subject subject_{
      .factory = "mvgafit",
      .limits = {.files = {{"model", {model(), folder_.folder(), folder_.nowhere(), ""}},
                           {"weights", {"", folder_.garbage()}}},
                 .texts = {{"backbone", {"", "mvga_small", "tf_efficientnet_b4"}},
                           {"device", {"auto", "cpu", "cuda"}},
                           {"levels", {"", "1-2", "1"}},
                           {"roi", {"", "0,0,1,1", "0.25,0.25,0.5,0.5", "0,0,0.001,0.001"}}},
                 .most = {{"threads", 2}, {"input-size", 32}, {"max-frames", kMostFrames}}}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Fit fit;
  fuzz::run_storm(fit.subject(), data, size);
  return 0;
}
