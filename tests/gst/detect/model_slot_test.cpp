// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Models that are swapped while frames are scored with them. With a made-up backbone, so that
// ThreadSanitizer sees everything (tests/sanitize_threads.sh).
#include "gst/detect/model_slot.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "gst/frames/handles.h"
#include "tests/core/files/plausible_model.h"
#include "tests/core/learning/fake_backbone.h"

namespace mvga::gst {
namespace {

using test::FakeBackbone;

/// A model that has its number twice, which shows whether both are of one.
SharedModel numbered_model(unsigned number) {
  auto backbone = std::make_shared<FakeBackbone>();
  Model model = test::plausible_model(backbone->info().levels, 100);
  model.architecture = backbone->info().architecture;
  model.weights_sha256 = backbone->info().weights_sha256;
  model.input_size = backbone->info().input_size;
  model.frames = number;
  return ready_for_use(std::make_shared<const Detector>(std::move(backbone), std::move(model)),
                       std::to_string(number));
}

/// "7" is the path of model 7; of no other text there is one.
SharedModel load(const DetectElementSettings& settings, const ModelInUse*) {
  if (settings.model.find_first_not_of("0123456789") != std::string::npos)
    throw Error(ErrorKind::unreadable, settings.model + ": is not a number");
  return numbered_model(static_cast<unsigned>(std::stoul(settings.model)));
}

DetectElementSettings settings_with(const std::string& model) {
  DetectElementSettings settings;
  settings.model = model;
  return settings;
}

class ModelSlotTest : public ::testing::Test {
 protected:
  /// What was said of a request, oldest first.
  void report(const std::string& path, const std::string& error) {
    const std::lock_guard lock(mutex_);
    last_ = error.empty() ? path : "!" + path;
    changed_.notify_all();
  }
  bool wait_for(const std::string& what) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(60), [&] { return last_ == what; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string last_;

 protected:
  Owned<GstElement> element{GST_ELEMENT(gst_object_ref_sink(gst_pipeline_new(nullptr)))};
  ModelSlot slot{
      element.get(), settings_with("0"), load,
      [this](const std::string& path, const std::string& error) { report(path, error); }};
};

TEST_F(ModelSlotTest, TakesTheModelThatIsAskedFor) {
  EXPECT_EQ(slot.current()->id, "0");
  slot.request(settings_with("1"));
  ASSERT_TRUE(wait_for("1"));
  EXPECT_EQ(slot.current()->id, "1");
  EXPECT_EQ(slot.current()->detector->model().frames, 1U);
}

TEST_F(ModelSlotTest, LeavesAFrameItsModelWithAllThatBelongsToIt) {
  FrameSnapshot frame;
  frame.settings = std::make_shared<const DetectElementSettings>();
  frame = frame.with(slot.current());
  slot.request(settings_with("1"));
  ASSERT_TRUE(wait_for("1"));
  const FrameSnapshot later = slot.with_learned(frame);
  EXPECT_EQ(later.model->id, "0") << "the frame came in with it";
  EXPECT_EQ(later.model->detector->model().frames, 0U);
  EXPECT_EQ(later.model->map_grid, map_grid(later.model->detector->model()));
}

TEST_F(ModelSlotTest, KeepsTheOldOneWhenTheNewOneIsBad) {
  slot.request(settings_with("nonsense"));
  ASSERT_TRUE(wait_for("!nonsense"));
  EXPECT_EQ(slot.current()->id, "0");
}

TEST_F(ModelSlotTest, StandsAThousandSwapsUnderLoad) {
  constexpr unsigned kSwaps = 1000;
  const test::Pixels picture = test::normal_picture(1);
  std::atomic<bool> done = false;
  std::atomic<unsigned> looked_at = 0;
  std::atomic<unsigned> mixed = 0;
  std::vector<std::thread> watchers;
  for (int i = 0; i < 3; ++i)
    watchers.emplace_back([&] {
      while (!done) {
        const SharedModel model = slot.current();
        model->detector->detect(test::view_of(picture), {});
        mixed += std::to_string(model->detector->model().frames) != model->id;
        ++looked_at;
      }
    });
  bool all = true;
  for (unsigned i = 1; i <= kSwaps; ++i) {
    const std::string name = std::to_string(i);
    // Some are overtaken at once, and some are bad.
    if (i % 5 == 0) slot.request(settings_with("0"));
    if (i % 7 == 0) slot.request(settings_with("bad"));
    slot.request(settings_with(name));
    all = all && wait_for(name);
  }
  done = true;
  for (std::thread& watcher : watchers) watcher.join();
  EXPECT_TRUE(all);
  EXPECT_EQ(slot.current()->id, std::to_string(kSwaps));
  EXPECT_EQ(mixed, 0U);
  EXPECT_GT(looked_at, 0U);
}

}  // namespace
}  // namespace mvga::gst
