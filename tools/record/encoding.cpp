// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/encoding.h"

#include <gst/video/video.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "tools/record/pipelines.h"

namespace mvga::tool {
namespace {

constexpr const char* kH264 = "h264parse ! video/x-h264,stream-format=avc,alignment=au";
constexpr double kBitsPerPixel = 0.12;  // of an encoder that knows no constant quality

struct RawVideo {
  int width = 0;
  int height = 0;
  double rate = 30;  ///< a second; what is not known is taken for a common camera

  int key_frame_distance() const { return std::max(1, static_cast<int>(std::lround(rate))); }
  int bits_per_second(int kilobits) const {
    if (kilobits > 0) return 1000 * kilobits;
    return static_cast<int>(std::min(kBitsPerPixel * width * height * rate, 1e8));
  }
};

RawVideo raw_video(const GstCaps* caps) {
  const GstStructure* s = gst_caps_get_structure(caps, 0);
  RawVideo video;
  gst_structure_get_int(s, "width", &video.width);
  gst_structure_get_int(s, "height", &video.height);
  int numerator = 0;
  int denominator = 1;
  if (gst_structure_get_fraction(s, "framerate", &numerator, &denominator) != FALSE &&
      numerator > 0)
    video.rate = static_cast<double>(numerator) / denominator;
  return video;
}

std::string x264(const RawVideo& video, int bitrate) {
  const std::string rate =
      bitrate > 0 ? "bitrate=" + std::to_string(bitrate) : std::string("pass=qual quantizer=21");
  return "x264enc tune=zerolatency speed-preset=veryfast " + rate +
         " key-int-max=" + std::to_string(video.key_frame_distance()) + " ! " + kH264;
}

std::string openh264(const RawVideo& video, int bitrate) {
  return "openh264enc complexity=low bitrate=" + std::to_string(video.bits_per_second(bitrate)) +
         " gop-size=" + std::to_string(video.key_frame_distance()) + " ! " + kH264;
}

std::string vp8(const RawVideo& video, int bitrate) {
  return "vp8enc deadline=1 cpu-used=8 target-bitrate=" +
         std::to_string(video.bits_per_second(bitrate)) +
         " keyframe-max-dist=" + std::to_string(video.key_frame_distance());
}

/// Motion JPEG of a network, or of a file that holds nothing else, comes in pieces as well.
bool is_framed(const GstCaps* caps) {
  const GstStructure* structure = gst_caps_get_structure(caps, 0);
  return gst_structure_has_field(structure, "width") != FALSE &&
         gst_structure_has_field(structure, "framerate") != FALSE;
}

}  // namespace

std::string parser_for(const GstCaps* caps) {
  const std::string type = gst_structure_get_name(gst_caps_get_structure(caps, 0));
  if (type == "video/x-h264") return kH264;
  if (type == "video/x-h265") return "h265parse ! video/x-h265,stream-format=hvc1,alignment=au";
  if (type == "video/x-av1") return "av1parse ! video/x-av1,stream-format=obu-stream,alignment=tu";
  if (type == "video/x-vp9" && element_exists("vp9parse"))
    return "vp9parse ! video/x-vp9,alignment=super-frame";
  if (type == "image/jpeg" && !is_framed(caps) && element_exists("jpegparse")) return "jpegparse";
  return "identity";
}

std::string encoder_for(const GstCaps* caps, int bitrate) {
  const RawVideo video = raw_video(caps);
  const std::string format = "videoconvert ! video/x-raw,format=I420 ! ";
  if (element_exists("x264enc") && element_exists("h264parse"))
    return format + x264(video, bitrate);
  if (element_exists("openh264enc") && element_exists("h264parse"))
    return format + openh264(video, bitrate);
  if (element_exists("vp8enc")) return format + vp8(video, bitrate);
  throw Error(ErrorKind::settings,
              "there is no encoder for this video; install gstreamer1.0-plugins-ugly (x264enc) and "
              "gstreamer1.0-plugins-bad (h264parse), or gstreamer1.0-plugins-good (vp8enc)");
}

}  // namespace mvga::tool
