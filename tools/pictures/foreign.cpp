// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/foreign.h"

#include <array>
#include <cctype>

#include "tools/pictures/first_bytes.h"

namespace mvga::tool {
namespace {

using namespace std::string_view_literals;

struct Format {
  std::size_t at;
  std::string_view bytes;
  std::string_view name;
};

constexpr std::array kFormats{
    Format{0, "GIF8"sv, "a GIF"sv},
    // Videos begin with ftyp as well, and have other brands.
    Format{4, "ftypavif"sv, "an AVIF picture"sv},
    Format{4, "ftypheic"sv, "a HEIC picture"sv},
    Format{4, "ftypheix"sv, "a HEIC picture"sv},
    Format{4, "ftypheim"sv, "a HEIC picture"sv},
    Format{4, "ftypheis"sv, "a HEIC picture"sv},
    Format{4, "ftypmif1"sv, "a HEIF picture"sv},
    Format{4, "ftypjxs "sv, "a JPEG XS picture"sv},
    Format{4, "ftypcrx "sv, "a raw file of a camera (CR3)"sv},
    Format{0, "\0\0\0\x0cJXL \r\n\x87\n"sv, "a JPEG XL picture"sv},
    Format{0, "\xff\x0a"sv, "a JPEG XL picture"sv},
    Format{0, "\0\0\0\x0cjP  \r\n\x87\n"sv, "a JPEG 2000 picture"sv},
    Format{0, "\xff\x4f\xff\x51"sv, "a JPEG 2000 picture"sv},
    Format{0, "II\xbc"sv, "a JPEG XR picture"sv},
    Format{0, "8BPS"sv, "a Photoshop file (PSD)"sv},
    Format{0, "gimp xcf"sv, "a GIMP file (XCF)"sv},
    Format{0, "\x76\x2f\x31\x01"sv, "an OpenEXR picture"sv},
    Format{0, "#?RADIANCE"sv, "a Radiance picture (HDR)"sv},
    Format{0, "#?RGBE"sv, "a Radiance picture (HDR)"sv},
    Format{128, "DICM"sv, "a DICOM file"sv},
    Format{0, "SIMPLE  ="sv, "a FITS file"sv},
    Format{0, "\x93NUMPY"sv, "an array of NumPy"sv},
    Format{0, "FUJIFILMCCD-RAW"sv, "a raw file of a camera (RAF)"sv},
    Format{0, "IIRO"sv, "a raw file of a camera (ORF)"sv},
    Format{0, "IIU\0"sv, "a raw file of a camera (RW2)"sv},
    Format{0, "qoif"sv, "a QOI picture"sv},
    Format{0, "DDS "sv, "a DDS picture"sv},
    Format{0, "BPG\xfb"sv, "a BPG picture"sv},
    Format{0, "FLIF"sv, "a FLIF picture"sv},
    Format{0, "\x8aMNG\r\n\x1a\n"sv, "an MNG"sv},
    Format{0, "\x8bJNG\r\n\x1a\n"sv, "a JNG picture"sv},
    Format{0, "\x59\xa6\x6a\x95"sv, "a Sun raster picture"sv},
    Format{0, "\x01\xda\0\x01"sv, "an SGI picture"sv},
    Format{0, "\x01\xda\x01\x01"sv, "an SGI picture"sv},
    Format{0, "\x0a\x05\x01\x08"sv, "a PCX picture"sv},
    Format{0, "AT&TFORM"sv, "a DjVu file"sv},
    Format{0, "%PDF-"sv, "a PDF"sv},
};

/// PF and Pf of floating-point numbers, P7 of any.
bool is_rare_netpbm(Bytes start) {
  return start.size() >= 3 && start[0] == 'P' && std::isspace(start[2]) != 0 &&
         (start[1] == '7' || start[1] == 'F' || start[1] == 'f');
}

/// Icons and cursors: some pictures, the first of which has a byte that is always 0. Video streams
/// may begin like it.
bool is_icon(Bytes start) {
  return (has_at(start, 0, "\0\0\1\0"sv) || has_at(start, 0, "\0\0\2\0"sv)) && start.size() >= 22 &&
         start[4] != 0 && start[5] == 0 && start[9] == 0;
}

}  // namespace

std::string_view foreign_picture(Bytes start) {
  for (const Format& format : kFormats)
    if (has_at(start, format.at, format.bytes)) return format.name;
  if (is_rare_netpbm(start)) return "a PAM or PFM picture";
  if (is_icon(start)) return "an icon (ICO)";
  return {};
}

}  // namespace mvga::tool
