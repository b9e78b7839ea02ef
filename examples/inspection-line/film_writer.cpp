// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/film_writer.h"

#include <gst/app/gstappsrc.h>

#include <filesystem>

#include "examples/common/pipeline.h"

namespace film {
namespace {

namespace ex = mvga::examples;

struct Source {
  const Settings& settings;
  const PaintFrame& paint;
  int next = 0;
};

GstClockTime time_of(int frame, int fps) {
  return gst_util_uint64_scale_int(GST_SECOND, frame, fps);
}

GstBuffer* make_buffer(const Source& source) {
  const Settings& s = source.settings;
  const std::size_t size = static_cast<std::size_t>(4) * static_cast<std::size_t>(s.width) *
                           static_cast<std::size_t>(s.height);
  GstBuffer* buffer = gst_buffer_new_allocate(nullptr, size, nullptr);
  GstMapInfo map;
  gst_buffer_map(buffer, &map, GST_MAP_WRITE);
  source.paint(source.next, map.data);
  gst_buffer_unmap(buffer, &map);
  GST_BUFFER_PTS(buffer) = time_of(source.next, s.fps);
  GST_BUFFER_DURATION(buffer) = time_of(source.next + 1, s.fps) - GST_BUFFER_PTS(buffer);
  return buffer;
}

// Called by appsrc whenever the encoder is hungry, so that frames never pile up.
void on_need_data(GstAppSrc* appsrc, guint, gpointer user_data) {
  Source& source = *static_cast<Source*>(user_data);
  if (source.next == source.settings.frames()) {
    gst_app_src_end_of_stream(appsrc);
    return;
  }
  gst_app_src_push_buffer(appsrc, make_buffer(source));
  ++source.next;
}

}  // namespace

void write_film(const Settings& settings, const PaintFrame& paint) {
  const std::string part = settings.output + ".part";
  try {
    // The source outlives the pipeline that calls it.
    Source source{settings, paint};
    const ex::Pipeline pipeline = ex::parse_pipeline(
        "appsrc name=source format=time ! videoconvert ! video/x-raw,format=I420 ! "
        "x264enc pass=quant quantizer=21 speed-preset=veryfast key-int-max=50 ! "
        "matroskamux ! filesink name=file");
    const ex::Element file = ex::find_element(pipeline.get(), "file");
    g_object_set(file.get(), "location", part.c_str(), nullptr);
    const ex::Element element = ex::find_element(pipeline.get(), "source");
    const ex::Caps caps(gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, "BGRx", "width",
                                            G_TYPE_INT, settings.width, "height", G_TYPE_INT,
                                            settings.height, "framerate", GST_TYPE_FRACTION,
                                            settings.fps, 1, nullptr));
    gst_app_src_set_caps(GST_APP_SRC(element.get()), caps.get());
    g_signal_connect(element.get(), "need-data", G_CALLBACK(on_need_data), &source);
    ex::run_pipeline(pipeline.get());
    std::filesystem::rename(part, settings.output);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw;
  }
}

}  // namespace film
