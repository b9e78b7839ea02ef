// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/decode.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "tools/pictures/bmp.h"
#include "tools/pictures/jpeg.h"
#include "tools/pictures/mapped_file.h"
#include "tools/pictures/png.h"
#include "tools/pictures/tiff.h"
#include "tools/pictures/webp.h"

namespace mvga::tool {
namespace {

using namespace std::string_view_literals;

bool has(Bytes contents, std::size_t at, std::string_view wanted) {
  return contents.size() >= at + wanted.size() &&
         std::equal(wanted.begin(), wanted.end(),
                    contents.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; });
}

}  // namespace

PictureKind picture_kind(Bytes start) {
  if (has(start, 0, "\x89PNG\r\n\x1a\n"sv)) return PictureKind::png;
  if (has(start, 0, "\xff\xd8\xff"sv)) return PictureKind::jpeg;
  if (has(start, 0, "II*\0"sv) || has(start, 0, "MM\0*"sv) || has(start, 0, "II+\0"sv) ||
      has(start, 0, "MM\0+"sv))
    return PictureKind::tiff;
  if (has(start, 0, "RIFF"sv) && has(start, 8, "WEBP"sv)) return PictureKind::webp;
  if (is_bmp(start)) return PictureKind::bmp;
  return PictureKind::none;
}

PictureKind picture_kind(const std::filesystem::path& file) {
  return picture_kind(MappedFile(file).bytes());
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
    case PictureKind::none:
      break;
  }
  throw Error(ErrorKind::unreadable,
              "what is in it is none of PNG, JPEG, BMP, TIFF and WebP, whatever its name says");
}

Samples decode_picture(const std::filesystem::path& file) {
  const MappedFile mapped(file);
  try {
    return decode_picture(mapped.bytes());
  } catch (const Error& e) {
    throw Error(e.kind(), file.string() + ": cannot be decoded: " + e.what());
  }
}

}  // namespace mvga::tool
