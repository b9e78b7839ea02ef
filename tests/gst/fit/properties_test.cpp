// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The properties of mvgafit: defaults, ranges, and what each of them does to the model.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/files/model_file.h"
#include "tests/gst/harness/fit_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::testing {
namespace {

/// The bytes of a model learned from `frames` frames, after `setup`.
template <typename Setup>
std::string learned(Setup setup, unsigned frames = 12) {
  FitHarness fit;
  setup(fit);
  if (!fit.begin()) {
    ADD_FAILURE() << fit.error().value_or(Complaint{}).text;
    return "";
  }
  fit.learn(frames);
  fit.end();
  EXPECT_FALSE(fit.error());
  return fit.bytes();
}

template <typename Setup>
Model model(Setup setup, unsigned frames = 12) {
  const std::string bytes = learned(setup, frames);
  const auto* begin = reinterpret_cast<const std::byte*>(bytes.data());
  return parse_model({begin, begin + bytes.size()}, "the model");
}

std::string as_it_is() {
  return learned([](FitHarness&) {});
}

std::string text_of(GstElement* element, const char* property) {
  GValue value = G_VALUE_INIT;
  g_object_get_property(G_OBJECT(element), property, &value);
  const bool real = G_VALUE_HOLDS_DOUBLE(&value);
  const bool string = G_VALUE_HOLDS_STRING(&value);
  gchar* text = string ? g_value_dup_string(&value)
                : real ? g_strdup_printf("%g", g_value_get_double(&value))
                       : gst_value_serialize(&value);
  std::string result = text ? text : "NULL";
  g_free(text);
  g_value_unset(&value);
  return result;
}

TEST(FitProperties, HaveTheDefaultsOfTheDocumentation) {
  ElementHarness fit("mvgafit");
  for (const auto& [property, expected] :
       std::initializer_list<std::pair<const char*, const char*>>{{"model", "NULL"},
                                                                  {"backbone", "NULL"},
                                                                  {"weights", "NULL"},
                                                                  {"levels", "NULL"},
                                                                  {"input-size", "0"},
                                                                  {"reduction", "auto"},
                                                                  {"variance", "0.05"},
                                                                  {"profile", "calibrated"},
                                                                  {"target-fpr", "0.01"},
                                                                  {"light", "-1"},
                                                                  {"max-frames", "0"},
                                                                  {"roi", "NULL"},
                                                                  {"device", "auto"},
                                                                  {"precision", "auto"},
                                                                  {"threads", "0"}}) {
    GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(fit.element()), property);
    ASSERT_NE(spec, nullptr) << property;
    EXPECT_EQ(text_of(fit.element(), property), expected) << property;
    GValue value = G_VALUE_INIT;
    g_object_get_property(G_OBJECT(fit.element()), property, &value);
    EXPECT_TRUE(g_param_value_defaults(spec, &value)) << property << " is documented otherwise";
    g_value_unset(&value);
  }
}

TEST(FitProperties, KeepWhatTheyAreSetTo) {
  ElementHarness fit("mvgafit");
  for (const auto& [property, text] :
       std::initializer_list<std::pair<const char*, const char*>>{{"model", "a.mvga"},
                                                                  {"backbone", "resnet18"},
                                                                  {"weights", "w.safetensors"},
                                                                  {"levels", "0-2"},
                                                                  {"input-size", "96"},
                                                                  {"reduction", "pca"},
                                                                  {"variance", "0.5"},
                                                                  {"profile", "paper"},
                                                                  {"target-fpr", "0.25"},
                                                                  {"light", "0.2"},
                                                                  {"max-frames", "123456789012"},
                                                                  {"roi", "0,0,1,1"},
                                                                  {"device", "cpu"},
                                                                  {"precision", "bf16"},
                                                                  {"threads", "3"}}) {
    gst_util_set_object_arg(G_OBJECT(fit.element()), property, text);
    EXPECT_EQ(text_of(fit.element(), property), text) << property;
  }
}

/// Whether GObject takes the value as it is.
template <typename Value>
bool in_range(const char* property, Value number, GType type, void (*set)(GValue*, Value)) {
  ElementHarness fit("mvgafit");
  GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(fit.element()), property);
  GValue value = G_VALUE_INIT;
  g_value_init(&value, type);
  set(&value, number);
  const bool changed = g_param_value_validate(spec, &value);
  g_value_unset(&value);
  return !changed;
}

TEST(FitProperties, RefuseWhatIsOutOfRange) {
  const auto real = [](const char* property, double value) {
    return in_range<double>(property, value, G_TYPE_DOUBLE, g_value_set_double);
  };
  const auto whole = [](const char* property, guint value) {
    return in_range<guint>(property, value, G_TYPE_UINT, g_value_set_uint);
  };
  EXPECT_TRUE(real("target-fpr", 0.5));
  EXPECT_FALSE(real("target-fpr", 0.51));
  EXPECT_TRUE(real("target-fpr", 0.001));
  EXPECT_FALSE(real("target-fpr", 0.0009)) << "takes more held-out frames than are ever kept";
  EXPECT_FALSE(real("target-fpr", -1));
  EXPECT_TRUE(real("variance", 1));
  EXPECT_FALSE(real("variance", 1.1));
  EXPECT_FALSE(real("variance", 0));
  EXPECT_TRUE(real("light", 0.5));
  EXPECT_FALSE(real("light", 0.51));
  EXPECT_TRUE(real("light", -1));
  EXPECT_FALSE(real("light", -1.1));
  EXPECT_TRUE(whole("input-size", 2048));
  EXPECT_FALSE(whole("input-size", 2049));
  EXPECT_TRUE(whole("threads", 1024));
  EXPECT_FALSE(whole("threads", 1025));
}

TEST(FitProperties, LevelsChoosesThem) {
  EXPECT_EQ(model([](FitHarness& f) { f.set("levels", "1"); }).level_indexes(),
            std::vector<int>{1});
  EXPECT_EQ(model([](FitHarness& f) { f.set("levels", "0,1"); }).level_indexes(),
            (std::vector<int>{0, 1}));
}

TEST(FitProperties, InputSizeIsThatOfTheModel) {
  const Model m = model([](FitHarness& f) { f.set("input-size", 96); });
  EXPECT_EQ(m.input_size, 96);
  EXPECT_EQ(m.levels[0].shape.width, 24);
  EXPECT_EQ(model([](FitHarness& f) { f.set("input-size", 0); }, 4).input_size, 224)
      << "0 stands for the size that suits the backbone";
}

TEST(FitProperties, ReductionAndVarianceChooseTheComponents) {
  const Model all = model([](FitHarness&) {});
  EXPECT_EQ(all.reduction.kind, ReductionKind::none) << "auto, for a ResNet";
  EXPECT_EQ(all.levels[0].pixel.kept(), 64);
  const Model tail = model(
      [](FitHarness& f) { gst_util_set_object_arg(G_OBJECT(f.element()), "reduction", "opca"); });
  EXPECT_EQ(tail.reduction, (Reduction{ReductionKind::opposite_pca, 0.05}));
  EXPECT_LT(tail.levels[0].pixel.kept(), 64);
  const auto leading = [](double variance) {
    return model([&](FitHarness& f) {
      gst_util_set_object_arg(G_OBJECT(f.element()), "reduction", "pca");
      f.set("variance", variance);
    });
  };
  EXPECT_EQ(leading(0.5).reduction, (Reduction{ReductionKind::pca, 0.5}));
  EXPECT_LT(leading(0.5).levels[0].pixel.kept(), leading(0.99).levels[0].pixel.kept());
}

TEST(FitProperties, ProfileIsThatOfTheModel) {
  const auto with = [](const char* profile) {
    return model(
        [&](FitHarness& f) { gst_util_set_object_arg(G_OBJECT(f.element()), "profile", profile); });
  };
  EXPECT_EQ(with("paper").calibration.profile, Profile::paper);
  EXPECT_EQ(with("calibrated").calibration.profile, Profile::calibrated);
}

TEST(FitProperties, TargetFprSetsTheRateAndHowManyFramesAreHeldOut) {
  const Model rare = model([](FitHarness& f) { f.set("target-fpr", 0.009); }, 340);
  EXPECT_EQ(rare.target_fpr, 0.009);
  EXPECT_EQ(rare.held_out, 332u) << "as many as 0.9 % takes";
  EXPECT_EQ(model([](FitHarness& f) { f.set("target-fpr", 0.5); }, 340).held_out, 300u);
}

/// A normal frame that is white from `x` on.
Buffer white_from(int x, const GstVideoInfo& info, unsigned seed) {
  Buffer buffer = normal_frame(info, seed);
  GstVideoFrame frame;
  gst_video_frame_map(&frame, &info, buffer.get(), GST_MAP_WRITE);
  for (int y = 0; y < info.height; ++y)
    std::fill_n(static_cast<guint8*>(GST_VIDEO_FRAME_COMP_DATA(&frame, 0)) +
                    y * GST_VIDEO_FRAME_COMP_STRIDE(&frame, 0) + x,
                info.width - x, guint8{250});
  gst_video_frame_unmap(&frame);
  return buffer;
}

TEST(FitProperties, RoiIsThePartThatIsLearned) {
  const auto with = [](const char* roi, int white) {
    FitHarness fit;
    fit.set("roi", roi);
    EXPECT_TRUE(fit.begin());
    for (unsigned i = 0; i < 8; ++i) fit.push(white_from(white, fit.video(), i));
    fit.end();
    return fit.bytes();
  };
  const std::string left = with("0,0,0.5,1", 96);
  ASSERT_FALSE(left.empty());
  EXPECT_TRUE(with("0,0,0.5,1", 48) == left) << "what lies outside was learned";
  EXPECT_FALSE(with("0,0,0.5,1", 47) == left) << "the last column inside was not learned";
  EXPECT_EQ(model([](FitHarness& f) { f.set("roi", "0.25,0,0.5,1"); }).roi, (Box{0.25, 0, 0.5, 1}));
}

TEST(FitProperties, LightIsThatOfTheModelAndNoFrameOfItsOwn) {
  const Model lit = model([](FitHarness& f) { f.set("light", 0.2); });
  EXPECT_EQ(lit.light, 0.2);
  EXPECT_EQ(lit.frames, 12u) << "frames that nobody sent are counted";
  EXPECT_TRUE(learned([](FitHarness& f) { f.set("light", -1.0); }) == as_it_is());
  EXPECT_FALSE(model([](FitHarness&) {}).lights.empty())
      << "frames in another light are not brought back";
  EXPECT_TRUE(model([](FitHarness& f) { f.set("light", 0.0); }).lights.empty());
}

TEST(FitProperties, DeviceAndPrecisionAreThoseOfTheBackbone) {
  const auto with = [](const char* precision) {
    return learned([&](FitHarness& f) {
      f.set("device", "cpu");
      gst_util_set_object_arg(G_OBJECT(f.element()), "precision", precision);
    });
  };
  const std::string fp32 = with("fp32");
  EXPECT_TRUE(with("auto") == fp32) << "on the CPU";
  EXPECT_FALSE(with("bf16") == fp32) << "the precision has no effect";
}

TEST(FitProperties, WeightsAndBackboneAreNotedInTheModel) {
  const TemporaryFolder folder;
  random_weights("resnet34", 1, 5).write(folder / "other.safetensors");
  const Model other = model([&](FitHarness& f) {
    f.set("backbone", "resnet34", "weights", (folder / "other.safetensors").c_str());
  });
  EXPECT_EQ(other.architecture, "resnet34");
  EXPECT_NE(other.weights_sha256, model([](FitHarness&) {}).weights_sha256);
}

TEST(FitProperties, WeightsAreFoundByTheNameOfTheBackbone) {
  const TemporaryFolder folder;
  std::filesystem::copy(small_weights(), folder / "resnet18.safetensors");
  g_setenv("MVGA_WEIGHTS_PATH", folder.path().c_str(), TRUE);
  const std::string found = learned([](FitHarness& f) { f.set("weights", nullptr); });
  g_unsetenv("MVGA_WEIGHTS_PATH");
  EXPECT_TRUE(found == as_it_is());
}

TEST(FitProperties, BackboneIsTheOneOfTheWeightsWhenNotSet) {
  EXPECT_TRUE(learned([](FitHarness& f) { f.set("backbone", nullptr); }) == as_it_is());
}

TEST(FitProperties, CountForTheNextRunWhenSetWhilePlaying) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  fit.learn(6);
  fit.set("roi", "nonsense", "target-fpr", 0.3);
  EXPECT_EQ(fit.learn(1, 6), GST_FLOW_OK);
  fit.end();
  EXPECT_EQ(fit.model().target_fpr, 0.01);
}

}  // namespace
}  // namespace mvga::testing
