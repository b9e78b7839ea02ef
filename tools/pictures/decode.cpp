// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/decode.h"

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "tools/pictures/bmp.h"
#include "tools/pictures/first_bytes.h"
#include "tools/pictures/foreign.h"
#include "tools/pictures/jpeg.h"
#include "tools/pictures/netpbm.h"
#include "tools/pictures/png.h"
#include "tools/pictures/regular_file.h"
#include "tools/pictures/tiff.h"
#include "tools/pictures/webp.h"

namespace mvga::tool {

using namespace std::string_view_literals;

PictureKind picture_kind(Bytes start) {
  if (has_at(start, 0, "\x89PNG\r\n\x1a\n"sv)) return PictureKind::png;
  if (has_at(start, 0, "\xff\xd8\xff"sv)) return PictureKind::jpeg;
  if (has_at(start, 0, "II*\0"sv) || has_at(start, 0, "MM\0*"sv) || has_at(start, 0, "II+\0"sv) ||
      has_at(start, 0, "MM\0+"sv))
    return PictureKind::tiff;
  if (has_at(start, 0, "RIFF"sv) && has_at(start, 8, "WEBP"sv)) return PictureKind::webp;
  if (is_bmp(start)) return PictureKind::bmp;
  if (is_netpbm(start)) return PictureKind::netpbm;
  return PictureKind::none;
}

PictureKind picture_kind(const std::filesystem::path& file) {
  return picture_kind(RegularFile(file).start(kStartOfPicture));
}

bool is_foreign_picture(const std::filesystem::path& file) {
  return !foreign_picture(RegularFile(file).start(kStartOfPicture)).empty();
}

bool may_be_deep(const std::filesystem::path& file) {
  constexpr std::size_t kDepthOfPng = 24;
  const RegularFile opened(file);
  const std::vector<unsigned char> start = opened.start(kStartOfPicture);
  switch (picture_kind(start)) {
    case PictureKind::png:
      return start.size() > kDepthOfPng && start[kDepthOfPng] == 16;
    case PictureKind::tiff:
      return bits_of_tiff(opened) > 8;
    case PictureKind::netpbm:
      return true;  // what tells is no further away than its pixels
    default:
      return false;
  }
}

Samples decode_picture(Bytes contents) {
  switch (picture_kind(contents)) {
    case PictureKind::png:
      return decode_png(contents);
    case PictureKind::jpeg:
      return decode_jpeg(contents);
    case PictureKind::bmp:
      return decode_bmp(contents);
    case PictureKind::tiff:
      return decode_tiff(contents);
    case PictureKind::webp:
      return decode_webp(contents);
    case PictureKind::netpbm:
      return decode_netpbm(contents);
    case PictureKind::none:
      break;
  }
  if (const std::string_view format = foreign_picture(contents); !format.empty())
    throw Error(ErrorKind::unreadable, "it is " + std::string(format) +
                                           ", which is not read; convert such pictures to PNG");
  throw Error(
      ErrorKind::unreadable,
      "what is in it is none of PNG, JPEG, BMP, TIFF, WebP and Netpbm, whatever its name says");
}

Samples decode_picture(const std::filesystem::path& file) {
  const RegularFile opened(file);
  try {
    if (picture_kind(opened.start(kStartOfPicture)) == PictureKind::tiff)
      return decode_tiff(opened);
    return decode_picture(opened.contents());
  } catch (const Error& e) {
    throw Error(e.kind(), file.string() + ": cannot be decoded: " + e.what());
  }
}

}  // namespace mvga::tool
