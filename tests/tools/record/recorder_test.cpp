// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The recorder without a stream: clocks that are set, disks that are full.

#include "tools/record/recorder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "tests/core/io/test_files.h"
#include "tests/gst/harness/video_frames.h"
#include "tools/record/disk_limit.h"

namespace mvga::testing {
namespace {

using namespace std::chrono_literals;
using test::names_in;
using tool::Recorder;
using tool::WallClock;

constexpr GstClockTime kFrame = GST_SECOND / 10;
const WallClock::time_point kNoon(1795609800s);  // 2026-11-25T12:30

tool::EncodedFrame encoded(GstClockTime time) {
  tool::EncodedFrame frame;
  frame.buffer.reset(gst_buffer_new_allocate(nullptr, 100, nullptr));
  frame.caps.reset(gst_caps_new_empty_simple("image/jpeg"));  // as networks give it: no size
  frame.time = time;
  frame.key = true;
  frame.arrived = std::chrono::steady_clock::now();
  return frame;
}

tool::Frame picture() {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  const gst::Caps caps(gst_video_info_to_caps(&info));
  const Buffer buffer = normal_frame(info, 0);
  return tool::Frame(gst_sample_new(buffer.get(), caps.get(), nullptr, nullptr));
}

class RecorderAlone : public ::testing::Test {
 protected:
  void SetUp() override {
    tool::RecorderSettings settings;
    settings.folder = folder_.path();
    settings.pre_roll = kFrame;
    settings.post_roll = kFrame;
    settings.wall_clock = [this] { return now_; };
    recorder_.emplace(settings, losses_);
  }
  void see(double score) {
    Detection detection;
    detection.score = score;
    detection.anomalous = score > 1;
    recorder_->add(encoded(time_));
    recorder_->watched(picture(), detection, time_);
    time_ += kFrame;
  }
  /// Ten normal frames, one that is not, ten normal ones.
  std::vector<tool::RecordedEvent> event() {
    for (int i = 0; i < 21; ++i) see(i == 10 ? 2 : 0);
    std::vector<tool::RecordedEvent> events;
    for (Recorder::Finished& finished : recorder_->take_finished()) {
      while (finished.clip && finished.clip->poll() == tool::ClipWriter::State::busy)
        std::this_thread::sleep_for(1ms);
      EXPECT_EQ(finished.clip ? finished.clip->failure() : "", "");
      for (tool::RecordedEvent& event : finished.events) events.push_back(std::move(event));
    }
    return events;
  }

  test::TemporaryFolder folder_;
  WallClock::time_point now_ = kNoon;
  GstClockTime time_ = 0;
  tool::Losses losses_;
  std::optional<Recorder> recorder_;
};

TEST_F(RecorderAlone, NamesClipsAfterAClockThatIsSetBack) {
  const auto start = std::chrono::steady_clock::now();
  std::string days;
  for (const auto back : {0h, 30 * 24h, 2h, 30 * 24h}) {
    now_ = kNoon - back;
    const auto events = event();
    ASSERT_EQ(events.size(), 1u);
    ASSERT_EQ(events[0].clips.size(), 1u);
    days += events[0].clips[0].file.substr(5, 11) + " ";
    EXPECT_TRUE(std::filesystem::exists(folder_ / events[0].clips[0].file));
  }
  EXPECT_EQ(days, "20261125T12 20261026T12 20261125T10 20261026T12 ");
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s) << "a name is not looked for";
}

TEST_F(RecorderAlone, OverwritesNoClipThatHasTheNameAlready) {
  test::write_text(folder_ / "mvga-20261124T100000000Z.mkv", "yesterday's");
  const std::string name = tool::free_clip_name(folder_.path(), WallClock::time_point(1795514400s),
                                                "mvga-20261124T100000001Z");
  EXPECT_EQ(name, "mvga-20261124T100000002Z") << "nor one that is not written yet";
}

TEST_F(RecorderAlone, HasEventsThatEndAfterTheyBegin) {
  for (int i = 0; i < 5; ++i) see(0);
  see(2);
  now_ -= 1h;
  std::this_thread::sleep_for(5ms);
  see(2);
  for (int i = 0; i < 10; ++i) see(0);
  const auto finished = recorder_->take_finished();
  ASSERT_EQ(finished.size(), 1u);
  const tool::RecordedEvent& event = finished[0].events.at(0);
  EXPECT_GT(event.ended, event.started);
  EXPECT_LT(event.ended, event.started + 1min);
}

TEST_F(RecorderAlone, SaysThatFramesAreInNoClip) {
  event();
  EXPECT_FALSE(losses_.any());
  recorder_->pause(true);
  ::testing::internal::CaptureStderr();
  const auto events = event();
  EXPECT_TRUE(losses_.any());
  EXPECT_NE(::testing::internal::GetCapturedStderr().find("frames that belong to an event"),
            std::string::npos);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_TRUE(events[0].clips.empty());
}

TEST(DiskLimitOverTime, RemovesWhatWasThereFirstWhateverTheClockSays) {
  const test::TemporaryFolder folder;
  const auto write = [&](const char* clip) {
    test::write_text(folder / (std::string(clip) + ".mkv"), std::string(100, 'x'));
  };
  write("mvga-20261124T100000000Z");
  tool::DiskLimit limit(folder.path(), 250);
  limit.refresh();
  write("mvga-20261124T110000000Z");
  limit.refresh();
  write("mvga-20260101T100000000Z");  // the clock was set back
  limit.refresh();
  EXPECT_EQ(limit.enforce(0), 1u);
  EXPECT_EQ(names_in(folder.path()), "mvga-20260101T100000000Z.mkv mvga-20261124T110000000Z.mkv");
}

}  // namespace
}  // namespace mvga::testing
