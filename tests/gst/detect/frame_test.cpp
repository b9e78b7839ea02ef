// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What holds for a frame from the moment at which it came in.
#include "gst/detect/frame.h"

#include <gtest/gtest.h>

#include <memory>
#include <type_traits>

#include "core/base/error.h"
#include "gst/detect/model_slot.h"
#include "gst/frames/handles.h"

namespace mvga::gst {
namespace {

constexpr Box kPart{0.25, 0, 0.5, 1};
constexpr Box kOther{0.5, 0.5, 0.5, 0.5};

static_assert(std::is_same_v<decltype(FrameSnapshot::roi), Box>, "no text to parse for a frame");

ModelInUse model_with(const Box& roi) {
  return {nullptr, "made-up", 64, {16, 16}, roi};
}

SharedSettings settings_with_roi(const char* roi) {
  auto settings = std::make_shared<DetectElementSettings>();
  settings->roi = RoiSetting(roi);
  return settings;
}

TEST(RoiSetting, IsParsedWhenItIsSet) {
  const RoiSetting roi("0.25,0,0.5,1");
  EXPECT_EQ(roi.box(), kPart);
  EXPECT_EQ(static_cast<const std::string&>(roi), "0.25,0,0.5,1");
  EXPECT_EQ(RoiSetting().box(), std::nullopt);
  EXPECT_EQ(RoiSetting("").box(), std::nullopt);
}

TEST(RoiSetting, TakesNonsenseAndSaysSoWhenItIsAskedForABox) {
  const RoiSetting roi("left half");
  EXPECT_EQ(static_cast<const std::string&>(roi), "left half");
  try {
    roi.box();
    FAIL() << "no complaint";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("roi='left half'"), std::string::npos) << e.what();
  }
}

TEST(RoiSetting, IsAPropertysValue) {
  GValue value = G_VALUE_INIT;
  g_value_init(&value, G_TYPE_STRING);
  RoiSetting roi;
  g_value_set_string(&value, "0.25,0,0.5,1");
  take_value(&value, roi);
  EXPECT_EQ(roi.box(), kPart);
  g_value_set_string(&value, nullptr);
  take_value(&value, roi);
  EXPECT_EQ(roi.box(), std::nullopt);
  g_value_unset(&value);
}

TEST(FrameSnapshot, HasThePartOfThePropertyOrElseOfTheModel) {
  EXPECT_EQ(roi_for(*settings_with_roi("0.5,0.5,0.5,0.5"), model_with(kPart)), kOther);
  EXPECT_EQ(roi_for(*settings_with_roi(""), model_with(kPart)), kPart);
}

TEST(FrameSnapshot, TakesThePartWithTheModel) {
  FrameSnapshot frame;
  frame.settings = settings_with_roi("");
  frame.times.pts = 7;
  const auto other = std::make_shared<const ModelInUse>(model_with(kOther));
  const FrameSnapshot now = frame.with(other);
  EXPECT_EQ(now.model, other);
  EXPECT_EQ(now.roi, kOther) << "the part of another model";
  EXPECT_EQ(now.settings, frame.settings);
  EXPECT_EQ(now.times.pts, 7u);
}

TEST(FrameSnapshot, OfAModelThatIsBeingLearnedIsHeldAgainstWhatIsThereByNow) {
  const Owned<GstElement> element(GST_ELEMENT(gst_object_ref_sink(gst_pipeline_new(nullptr))));
  const ModelSlot slot(element.get(), model_with(kOther), {3, 10}, {}, {});
  FrameSnapshot frame;
  frame.settings = settings_with_roi("");
  frame = frame.with(std::make_shared<const ModelInUse>(model_with(kPart)));
  const FrameSnapshot now = slot.with_learned(frame);
  EXPECT_EQ(now.model, slot.current());
  EXPECT_EQ(now.roi, kOther);
  ASSERT_TRUE(slot.learning());
  EXPECT_EQ(slot.learning()->learned, 3u);
}

}  // namespace
}  // namespace mvga::gst
