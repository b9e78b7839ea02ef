// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames that a decoder has marked as damaged.

#include <gst/gst.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <string>

#include "core/files/model_file.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/harness/run_tool.h"
#include "tests/tools/media/small_videos.h"
#include "tools/commands/commands.h"

namespace mvga::tool {
namespace {

using testing::TemporaryFolder;

constexpr const char* kDecoder = "markingjpegdec";
constexpr unsigned kEvery = 4;  ///< so many frames have one that is marked

GstPadProbeReturn mark(GstPad*, GstPadProbeInfo* info, gpointer count) {
  GstBuffer* buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
  if (++*static_cast<unsigned*>(count) % kEvery == 0)
    GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_CORRUPTED);
  GST_PAD_PROBE_INFO_DATA(info) = buffer;
  return GST_PAD_PROBE_OK;
}

void add_ghost(GstElement* bin, GstElement* inner, const char* name) {
  GstPad* pad = gst_element_get_static_pad(inner, name);
  if (GST_PAD_IS_SRC(pad))
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, mark, g_new0(unsigned, 1), g_free);
  gst_element_add_pad(bin, gst_ghost_pad_new(name, pad));
  gst_object_unref(pad);
}

void init_decoder(GTypeInstance* instance, gpointer) {
  GstElement* decoder = gst_element_factory_make("jpegdec", nullptr);
  gst_bin_add(GST_BIN(instance), decoder);
  add_ghost(GST_ELEMENT(instance), decoder, "sink");
  add_ghost(GST_ELEMENT(instance), decoder, "src");
}

void init_decoder_class(gpointer klass, gpointer) {
  static GstStaticPadTemplate sink =
      GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS("image/jpeg"));
  static GstStaticPadTemplate src =
      GST_STATIC_PAD_TEMPLATE("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS("video/x-raw"));
  gst_element_class_add_static_pad_template(GST_ELEMENT_CLASS(klass), &sink);
  gst_element_class_add_static_pad_template(GST_ELEMENT_CLASS(klass), &src);
  gst_element_class_set_static_metadata(GST_ELEMENT_CLASS(klass), kDecoder, "Codec/Decoder/Image",
                                        kDecoder, kDecoder);
}

GType decoder_type() {
  static const GType type = g_type_register_static_simple(
      GST_TYPE_BIN, "MarkingJpegDec", sizeof(GstBinClass), init_decoder_class, sizeof(GstBin),
      init_decoder, static_cast<GTypeFlags>(0));
  return type;
}

/// While it lives, this process decodes JPEGs with what marks some.
class MarkingDecoder {
 public:
  MarkingDecoder() {
    gst_element_register(nullptr, kDecoder, GST_RANK_PRIMARY + 1000, decoder_type());
  }
  ~MarkingDecoder() {
    GstPluginFeature* feature = gst_registry_lookup_feature(gst_registry_get(), kDecoder);
    gst_registry_remove_feature(gst_registry_get(), feature);
    gst_object_unref(feature);
  }
  MarkingDecoder(const MarkingDecoder&) = delete;
  MarkingDecoder& operator=(const MarkingDecoder&) = delete;
};

/// @return what it said on stderr
std::string fit_here(const std::string& arguments) {
  CLI::App program;
  add_fit(program);
  ::testing::internal::CaptureStderr();
  program.parse("fit " + arguments + testing::small_options());
  return ::testing::internal::GetCapturedStderr();
}

TEST(Corrupted, FramesAreNotLearnedButCounted) {
  const TemporaryFolder folder;
  testing::write_video(folder / "v.mkv", 40);
  const std::string video = (folder / "v.mkv").string();
  const std::string model = (folder / "v.mvga").string();
  EXPECT_EQ(fit_here(video + " -q -o " + model).find("corrupted"), std::string::npos);
  EXPECT_EQ(load_model(model).frames, 40u);

  const MarkingDecoder decoder;
  const std::string said = fit_here(video + " -q -o " + model);
  EXPECT_NE(said.find("warning: 10 frames are marked as corrupted"), std::string::npos) << said;
  EXPECT_EQ(load_model(model).frames, 30u);

  const std::string first = fit_here(video + " -q --max-frames 6 -o " + model);
  EXPECT_NE(first.find("warning: 1 frames are marked as corrupted"), std::string::npos) << first;
  EXPECT_EQ(load_model(model).frames, 6u) << "a frame that is left out takes nobody's place";
}

}  // namespace
}  // namespace mvga::tool
