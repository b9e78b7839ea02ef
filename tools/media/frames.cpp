// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/frames.h"

#include <optional>
#include <string>
#include <utility>

#include "tools/media/files.h"
#include "tools/media/picture_frame.h"
#include "tools/media/video.h"
#include "tools/pictures/decode.h"
#include "tools/pictures/mapped_file.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// By its contents; what is called a picture is nothing else.
bool is_still(const fs::path& file) {
  const PictureKind kind = picture_kind(file);
  if (kind == PictureKind::none) return is_picture(file);
  // JPEGs one after the other are a picture with others behind it, but for their name.
  return kind != PictureKind::jpeg || !is_motion_jpeg(file);
}

}  // namespace

Frame::Frame(GstSample* sample) : sample_(sample, gst_sample_unref) {
  gst_video_info_from_caps(&info_, gst_sample_get_caps(sample));
}

void Frame::set_remarks(const fs::path& file, std::vector<Remark> remarks) {
  file_ = file;
  remarks_ = std::move(remarks);
}

std::size_t for_each_frame(const fs::path& file, const std::function<bool(const Frame&)>& see) {
  if (!is_still(file)) return decode_video(file, see);
  see(frame_of(decode_picture(file), file));
  return 1;
}

Frame read_picture(const fs::path& file) {
  std::optional<Frame> first;
  for_each_frame(file, [&](const Frame& frame) {
    first = frame;
    return false;
  });
  return *first;  // without a frame there was an error
}

RgbView InputReader::read(const Frame& frame) {
  for (const Remark& remark : frame.remarks()) reporter_.report(frame.file(), remark);
  if (!reader_.configured() || !gst_video_info_is_equal(&reader_.info(), &frame.info()))
    reader_.configure(frame.info(), roi_, side_);
  return reader_.read(frame.buffer());
}

}  // namespace mvga::tool
