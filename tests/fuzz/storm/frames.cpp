// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/storm/frames.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "tests/fuzz/storm/metas.h"

namespace mvga::fuzz {
namespace {

constexpr gsize kMostBytes = 1 << 20;

GstVideoFormat format_from(Script& script) {
  constexpr GstVideoFormat kFormats[] = {
      GST_VIDEO_FORMAT_RGB,       GST_VIDEO_FORMAT_I420,      GST_VIDEO_FORMAT_NV12,
      GST_VIDEO_FORMAT_GRAY8,     GST_VIDEO_FORMAT_BGRA,      GST_VIDEO_FORMAT_xRGB,
      GST_VIDEO_FORMAT_YUY2,      GST_VIDEO_FORMAT_UYVY,      GST_VIDEO_FORMAT_YVYU,
      GST_VIDEO_FORMAT_NV16,      GST_VIDEO_FORMAT_NV24,      GST_VIDEO_FORMAT_Y42B,
      GST_VIDEO_FORMAT_Y444,      GST_VIDEO_FORMAT_GBR,       GST_VIDEO_FORMAT_GRAY16_LE,
      GST_VIDEO_FORMAT_GRAY16_BE, GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_I420_10LE,
      GST_VIDEO_FORMAT_I422_10LE, GST_VIDEO_FORMAT_Y444_10LE, GST_VIDEO_FORMAT_YV12,
      GST_VIDEO_FORMAT_AYUV,      GST_VIDEO_FORMAT_v210,      GST_VIDEO_FORMAT_ENCODED,
  };
  return script.pick(kFormats);
}

int side_from(Script& script) {
  constexpr int kSides[] = {8, 6, 1, 2, 3, 5, 16, 17, 31, 33, 64, 97, 200, 720, 16384};
  return script.pick(kSides);
}

GstCaps* wrong_caps(Script& script) {
  constexpr const char* kTexts[] = {
      "video/x-raw,format=RGB,width=0,height=6,framerate=25/1",
      "video/x-raw,format=RGB,width=-8,height=6,framerate=25/1",
      "video/x-raw,format=RGB,width=2147483647,height=2147483647,framerate=25/1",
      "video/x-raw,format=I420,width=32768,height=8,framerate=0/1",
      "video/x-raw,format=RGB,width=8",
      "video/x-raw,format=RGB,width=8,height=6,framerate=25/1,pixel-aspect-ratio=0/1",
      "video/x-raw,format=RGB,width=8,height=6,framerate=25/1,pixel-aspect-ratio=2147483647/1",
      "video/x-raw,format=I420,width=8,height=6,framerate=1/1,interlace-mode=fields",
      "video/x-raw,format=NONE,width=8,height=6",
      "video/x-raw,format=(int)7,width=8,height=6",
      "video/x-raw(memory:DMABuf),format=RGB,width=8,height=6,framerate=25/1",
      "video/x-bayer,format=rggb,width=8,height=6,framerate=25/1",
      "video/x-h264,stream-format=byte-stream,width=8,height=6",
      "audio/x-raw,format=S16LE,rate=8000,channels=1,layout=interleaved",
      "text/x-raw,format=utf8",
  };
  return gst_caps_from_string(script.pick(kTexts));
}

/// In the last of each, times that no pipeline should see.
GstClockTime time_from(Script& script, GstClockTime usual) {
  switch (script.below(6)) {
    case 4:
      return GST_CLOCK_TIME_NONE;
    case 5:
      return script.whole_number();
    default:
      return usual;
  }
}

gsize size_from(Script& script, gsize right) {
  switch (script.below(8)) {
    case 5:
      return right - std::min<gsize>(right, 1 + script.below(64));
    case 6:
      return 0;
    case 7:
      return right + script.below(64);
    default:
      return right;
  }
}

void set_flags(Script& script, GstBuffer* buffer) {
  constexpr GstBufferFlags kFlags[] = {GST_BUFFER_FLAG_DISCONT,    GST_BUFFER_FLAG_CORRUPTED,
                                       GST_BUFFER_FLAG_GAP,        GST_BUFFER_FLAG_DROPPABLE,
                                       GST_BUFFER_FLAG_DELTA_UNIT, GST_BUFFER_FLAG_RESYNC,
                                       GST_BUFFER_FLAG_HEADER,     GST_BUFFER_FLAG_MARKER};
  if (script.below(4) == 3) GST_BUFFER_FLAG_SET(buffer, script.pick(kFlags));
}

void append(GstBuffer* buffer, gsize size, bool writable, guint8 value) {
  auto* bytes = static_cast<guint8*>(g_malloc(size));
  std::fill_n(bytes, size, value);
  // Where the caps promise changing pixels, there are some.
  for (gsize i = 0; i < size; i += 7) bytes[i] = static_cast<guint8>(value + i);
  gst_buffer_append_memory(buffer, gst_memory_new_wrapped(writable ? static_cast<GstMemoryFlags>(0)
                                                                   : GST_MEMORY_FLAG_READONLY,
                                                          bytes, size, 0, size, bytes, g_free));
}

void fill(Script& script, GstBuffer* buffer, gsize size) {
  const guint8 value = script.byte();
  const unsigned kind = script.below(8);
  const bool writable = kind != 7;
  if (kind == 6 && size > 1) {
    append(buffer, size / 2, writable, value);
    append(buffer, size - size / 2, writable, value);
  } else if (size > 0) {
    append(buffer, size, writable, value);
  }
}

}  // namespace

GstCaps* caps_from(Script& script) {
  if (script.below(8) == 7) return wrong_caps(script);
  GstVideoInfo info;
  const GstVideoFormat format = format_from(script);
  const int width = side_from(script);
  const int height = side_from(script);
  if (!gst_video_info_set_format(&info, format, static_cast<guint>(width),
                                 static_cast<guint>(height)))
    return wrong_caps(script);
  info.fps_n = static_cast<int>(script.below(3)) * 25;
  info.fps_d = 1;
  GstCaps* const caps = gst_video_info_to_caps(&info);
  return caps != nullptr ? caps : wrong_caps(script);
}

GstCaps* caps_downstream(Script& script) {
  constexpr const char* kTexts[] = {
      "video/x-raw(ANY)",
      "video/x-raw(meta:GstVideoOverlayComposition); video/x-raw",
      "video/x-raw,width=[2,100],height=[2,100]",
      "video/x-raw,format=GRAY8,width=5,height=[1,2147483647]",
      "video/x-raw,format=BGRA,width=[1,3],pixel-aspect-ratio=1/2147483647",
      "video/x-raw,format={GRAY16_LE,BGRA},height=4,framerate=[1/3,2/3]",
      "video/x-h264",
      "EMPTY",
  };
  return gst_caps_from_string(script.pick(kTexts));
}

GstBuffer* buffer_from(Script& script, const GstVideoInfo& video, GstClockTime time) {
  GstBuffer* buffer = gst_buffer_new();
  fill(script, buffer, std::min(size_from(script, video.size), kMostBytes));
  GST_BUFFER_PTS(buffer) = time_from(script, time);
  GST_BUFFER_DTS(buffer) = script.flip() ? time_from(script, time) : GST_CLOCK_TIME_NONE;
  GST_BUFFER_DURATION(buffer) = time_from(script, GST_SECOND / 25);
  set_flags(script, buffer);
  add_metas(script, buffer, video);
  return buffer;
}

}  // namespace mvga::fuzz
