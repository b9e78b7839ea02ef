// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures and videos, as frames: pictures are decoded here (tools/pictures), videos by GStreamer.
#pragma once

#include <gst/video/video.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/features/reading.h"
#include "gst/frames/frame_reader.h"
#include "tools/media/mask.h"
#include "tools/media/remarks.h"
#include "tools/pictures/samples.h"

namespace mvga::tool {

/// One decoded frame, in the format that the decoder gave. Copies share the pixels.
class Frame {
 public:
  explicit Frame(GstSample* sample);  ///< takes it over
  const GstVideoInfo& info() const { return info_; }
  GstBuffer* buffer() const { return gst_sample_get_buffer(sample_.get()); }
  int width() const { return GST_VIDEO_INFO_WIDTH(&info_); }
  int height() const { return GST_VIDEO_INFO_HEIGHT(&info_); }

  /// What may surprise about it, with the file that it is from.
  const std::vector<Remark>& remarks() const { return remarks_; }
  const std::filesystem::path& file() const { return file_; }
  void set_remarks(const std::filesystem::path& file, std::vector<Remark> remarks);

  /// How it asks to be turned before people see it: 1 to 8, as EXIF numbers it; 1: not at all.
  /// It is learned and judged as it is stored, and places in it are places in what is stored.
  int orientation() const { return orientation_; }
  void set_orientation(int orientation) { orientation_ = orientation; }

  /// Share of a picture's pixels that are brighter than white.
  double saturated() const { return saturated_; }
  void set_saturated(double share) { saturated_ = share; }

 private:
  std::shared_ptr<GstSample> sample_;
  std::filesystem::path file_;
  std::vector<Remark> remarks_;
  int orientation_ = 1;
  double saturated_ = 0;
  GstVideoInfo info_{};
};

/// A video of which only the first frames could be decoded. `see` has seen them.
class BrokenOff : public Error {
 public:
  explicit BrokenOff(const std::string& what) : Error(ErrorKind::unreadable, what) {}
};

/// Decodes a picture or a video and shows every frame to `see`, until that says false. What a file
/// is, its contents say; but what is called a picture (is_picture) has to be one. Nothing else than
/// the file is read. docs/tool.md says what becomes of each sort of picture.
/// @param bits in a picture's samples of 16; the largest number is white
/// @return how many frames there were
/// @throws Error not_found, unreadable: the text names the file
/// @throws BrokenOff after the last frame of a video that has fewer than it should
std::size_t for_each_frame(const std::filesystem::path& file,
                           const std::function<bool(const Frame&)>& see, int bits = kAllBits);

/// The first frame of a file.
/// @throws Error not_found, unreadable
Frame read_picture(const std::filesystem::path& file, int bits = kAllBits);

/// @throws Error not_found, unreadable
Mask read_mask(const std::filesystem::path& file);

/// Brings frames of any size and format to a backbone's input, and says what is odd about them.
class InputReader {
 public:
  /// @param bits in samples of 16
  InputReader(const Box& roi, int side, int bits = kAllBits)
      : roi_(roi), side_(side), bits_(bits) {}
  /// The view lives until the next call.
  RgbView read(const Frame& frame);

 private:
  Box roi_;
  int side_;
  int bits_;
  gst::FrameReader reader_;
  RemarkReporter reporter_;
};

}  // namespace mvga::tool
