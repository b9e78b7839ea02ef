// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/drawing/picture.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "gst/drawing/blend.h"
#include "gst/drawing/canvas.h"
#include "gst/drawing/cased_line.h"
#include "gst/drawing/iso_lines.h"
#include "gst/frames/handles.h"
#include "gst/frames/mapped_frame.h"

namespace mvga::tool {
namespace {

constexpr overlay::Rgb kOutlineColour{1.0, 0.25, 0.85};  // in none of the colormaps
constexpr double kMostShift = 0.25;  // pixels by which an outline may be off to have fewer points

/// Fields of interlaced video are seen together, as one frame.
GstVideoInfo progressive(GstVideoInfo info) {
  info.interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  return info;
}

RgbBuffer rgb_for(const Frame& frame, int longest_side) {
  const double longest = std::max(frame.width(), frame.height());
  const double scale = longest_side > 0 ? std::min(1.0, longest_side / longest) : 1;
  const auto side = [&](int length) {
    return static_cast<int>(std::max(1L, std::lround(scale * length)));
  };
  return make_rgb(side(frame.width()), side(frame.height()));
}

gst::Converter converter(GstVideoInfo from, GstVideoInfo to) {
  from.fps_n = to.fps_n;
  from.fps_d = to.fps_d;
  gst::Converter made(gst_video_converter_new(
      &from, &to,
      gst_structure_new("mvga-picture", GST_VIDEO_CONVERTER_OPT_DITHER_METHOD,
                        GST_TYPE_VIDEO_DITHER_METHOD, GST_VIDEO_DITHER_NONE, nullptr)));
  if (!made) throw Error(ErrorKind::settings, "GStreamer cannot convert such a frame to RGB");
  return made;
}

AnomalyMap as_map(const Mask& mask) {
  AnomalyMap map{mask.height, mask.width, {}};
  map.values.reserve(mask.defect.size());
  for (const std::uint8_t marked : mask.defect) map.values.push_back(marked != 0 ? 1 : 0);
  return map;
}

const char* media_type(PictureFormat format) {
  return format == PictureFormat::png ? "image/png" : "image/jpeg";
}

std::vector<std::byte> encode(const GstVideoInfo& info, GstBuffer* pixels, PictureFormat format) {
  const gst::Caps have(gst_video_info_to_caps(&info));
  const gst::Caps wanted(gst_caps_new_empty_simple(media_type(format)));
  const gst::Owned<GstSample> sample(gst_sample_new(pixels, have.get(), nullptr, nullptr));
  GError* error = nullptr;
  const gst::Owned<GstSample> file(
      gst_video_convert_sample(sample.get(), wanted.get(), GST_CLOCK_TIME_NONE, &error));
  const gst::Owned<GError> owner(error);
  if (!file)
    throw Error(ErrorKind::engine,
                std::string("a picture cannot be written as ").append(media_type(format)) + ": " +
                    (error != nullptr ? error->message : "the encoder gives nothing"));
  GstBuffer* buffer = gst_sample_get_buffer(file.get());
  std::vector<std::byte> bytes(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
  return bytes;
}

}  // namespace

Picture::Picture(const Frame& frame, int longest_side)
    : orientation_(frame.orientation()), rgb_(rgb_for(frame, longest_side)) {
  const GstVideoInfo source_info = progressive(frame.info());
  {
    gst::MappedFrame source(source_info, frame.buffer(), GST_MAP_READ);
    gst::MappedFrame copy(rgb_.info, rgb_.buffer.get(), GST_MAP_WRITE);
    if (!source || !copy)
      throw Error(ErrorKind::unreadable, "a frame is smaller than its caps promise");
    gst_video_converter_frame(converter(source_info, rgb_.info).get(), source.get(), copy.get());
  }
  rgb_ = upright(std::move(rgb_), orientation_);
}

void Picture::blend(GstVideoOverlayComposition* composition) {
  if (composition == nullptr) return;
  gst::MappedFrame frame(rgb_.info, rgb_.buffer.get(), GST_MAP_READWRITE);
  if (frame) overlay::blend(composition, frame.get());
}

void Picture::draw(const Detection& detection, overlay::OverlayPainter& painter) {
  blend(painter.paint(upright(detection, orientation_), "", width(), height()).get());
}

void Picture::outline(const Mask& mask) {
  const Mask turned = upright(mask, orientation_);
  overlay::LineStyle style = overlay::line_style(width(), height());
  style.colour = kOutlineColour;
  const double dx = static_cast<double>(width()) / turned.width;
  const double dy = static_cast<double>(height()) / turned.height;
  overlay::Canvas canvas(width(), height());
  {
    const overlay::CairoPtr cairo = canvas.cairo();
    for (const overlay::Line& edge : overlay::iso_lines(as_map(turned), 0.5F)) {
      cairo_new_sub_path(cairo.get());
      for (const auto& [x, y] : overlay::simplified(edge, kMostShift / std::max(dx, dy)).points)
        cairo_line_to(cairo.get(), (x + 0.5) * dx, (y + 0.5) * dy);
      if (edge.closed) cairo_close_path(cairo.get());
    }
    overlay::stroke_cased(cairo.get(), style);
  }
  const overlay::RectanglePtr rectangle =
      std::move(canvas).take_rectangle({0, 0, width(), height()});
  blend(overlay::CompositionPtr(gst_video_overlay_composition_new(rectangle.get())).get());
}

std::vector<std::byte> Picture::encoded(PictureFormat format) const {
  return encode(rgb_.info, rgb_.buffer.get(), format);
}

std::vector<std::byte> mask_png(const AnomalyMap& map, float threshold) {
  GstVideoInfo info;
  gst_video_info_set_format(&info, GST_VIDEO_FORMAT_GRAY8, static_cast<guint>(map.width),
                            static_cast<guint>(map.height));
  const gst::Owned<GstBuffer> buffer(
      gst_buffer_new_allocate(nullptr, GST_VIDEO_INFO_SIZE(&info), nullptr));
  {
    gst::MappedFrame frame(info, buffer.get(), GST_MAP_WRITE);
    for (int y = 0; y < map.height; ++y) {
      auto* row = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(frame.get(), 0)) +
                  static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_PLANE_STRIDE(frame.get(), 0);
      for (int x = 0; x < map.width; ++x) row[x] = map.at(y, x) > threshold ? 255 : 0;
    }
  }
  return encode(info, buffer.get(), PictureFormat::png);
}

void require_encoder(PictureFormat format) {
  const char* name = format == PictureFormat::png ? "pngenc" : "jpegenc";
  GstElementFactory* factory = gst_element_factory_find(name);
  if (factory == nullptr)
    throw Error(ErrorKind::settings, std::string("GStreamer's element ") + name +
                                         " is missing; install its good plugins "
                                         "(gstreamer1.0-plugins-good)");
  gst_object_unref(factory);
}

}  // namespace mvga::tool
