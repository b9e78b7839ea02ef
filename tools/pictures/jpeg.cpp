// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/jpeg.h"

// libjpeg's header does not include what it needs.
#include <jpeglib.h>
// What it calls its messages depends on what the other says of it.
#include <jerror.h>
#include <stdio.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <string>

#include "core/base/error.h"
#include "tools/pictures/exif.h"
#include "tools/pictures/inks.h"

namespace mvga::tool {
namespace {

/// A progressive picture of many scans can be small and take hours.
constexpr int kMostScans = 500;
constexpr int kExifMarker = JPEG_APP0 + 1;

/// What libjpeg says. It leaves by longjmp, and takes much that is damaged for a warning.
struct Complaints {
  jpeg_error_mgr base;
  std::jmp_buf escape;
  std::array<char, JMSG_LENGTH_MAX> error;
  std::array<char, JMSG_LENGTH_MAX> damage;
  bool broke_off;
  bool expects_pixels;  ///< what is between the headers before is nothing to the picture
};

Complaints& complaints_of(j_common_ptr info) {
  return *reinterpret_cast<Complaints*>(info->err);
}

[[noreturn]] void leave(j_common_ptr info) {
  Complaints& complaints = complaints_of(info);
  complaints.base.format_message(info, complaints.error.data());
  std::longjmp(complaints.escape, 1);  // NOLINT(cert-err52-cpp): libjpeg's way
}

/// Some cameras fill up to a whole number of words before the end.
bool skipped_padding(j_common_ptr info) {
  if (!info->is_decompressor) return false;
  const jpeg_source_mgr& source = *reinterpret_cast<j_decompress_ptr>(info)->src;
  const int skipped = info->err->msg_parm.i[0];
  return std::all_of(source.next_input_byte - skipped, source.next_input_byte,
                     [](JOCTET byte) { return byte == 0 || byte == 0xff; });
}

void note(j_common_ptr info, int level) {
  if (level >= 0) return;
  Complaints& complaints = complaints_of(info);
  switch (complaints.base.msg_code) {
    case JWRN_JPEG_EOF:
      complaints.broke_off = true;
      return;
    case JWRN_EXTRANEOUS_DATA:
      if (!complaints.expects_pixels || skipped_padding(info)) return;
      break;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_NOT_SEQUENTIAL:
    case JWRN_ARITH_BAD_CODE:
      break;
    default:
      return;
  }
  if (complaints.damage[0] == '\0') complaints.base.format_message(info, complaints.damage.data());
}

void count_scans(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMostScans)
    ERREXIT(info, JERR_BAD_PROGRESSION);
}

class JpegReader {
 public:
  explicit JpegReader(Bytes jpeg) : jpeg_(jpeg) {
    info_.err = jpeg_std_error(&complaints_.base);
    complaints_.base.error_exit = leave;
    complaints_.base.emit_message = note;
    progress_.progress_monitor = count_scans;
  }
  ~JpegReader() { jpeg_destroy_decompress(&info_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  Samples read() {
    run([this] { read_header(); });
    check_size(info_.image_width, info_.image_height);
    set_colours();
    Samples samples =
        make_samples(info_.image_width, info_.image_height, info_.out_color_components, 8);
    note_orientation(exif(), samples);
    run([&, this] { read_rows(samples); });
    check_whole();
    return samples;
  }

 private:
  /// Nothing in a step may have a destructor: libjpeg jumps over it.
  template <typename Step>
  void run(const Step& step) {
    if (setjmp(complaints_.escape) != 0) {  // NOLINT(cert-err52-cpp): libjpeg's way
      check_whole();
      throw Error(ErrorKind::unreadable, std::string("the JPEG is damaged, or of a kind that "
                                                     "libjpeg does not read: ") +
                                             complaints_.error.data());
    }
    step();
  }

  void read_header() {
    jpeg_create_decompress(&info_);
    info_.progress = &progress_;
    jpeg_mem_src(&info_, jpeg_.data(), jpeg_.size());
    jpeg_save_markers(&info_, kExifMarker, 0xffff);
    jpeg_read_header(&info_, TRUE);
  }

  void set_colours() {
    if (info_.num_components == 4)
      info_.out_color_space = JCS_CMYK;
    else
      info_.out_color_space = info_.jpeg_color_space == JCS_GRAYSCALE ? JCS_GRAYSCALE : JCS_RGB;
    info_.out_color_components = info_.num_components;
  }

  void read_rows(const Samples& samples) {
    complaints_.expects_pixels = true;
    jpeg_start_decompress(&info_);
    while (info_.output_scanline < info_.output_height) {
      JSAMPROW row = samples.row(static_cast<int>(info_.output_scanline));
      jpeg_read_scanlines(&info_, &row, 1);
    }
    jpeg_finish_decompress(&info_);
  }

  void check_whole() const {
    if (complaints_.broke_off)
      throw Error(ErrorKind::unreadable, "the JPEG breaks off before its end");
    if (complaints_.damage[0] != '\0')
      throw Error(ErrorKind::unreadable,
                  std::string("the JPEG is damaged: ") + complaints_.damage.data());
  }

  /// As TIFF, as it is in there; empty if there is none.
  Bytes exif() const {
    constexpr std::array<unsigned char, 6> kStart{'E', 'x', 'i', 'f', 0, 0};
    for (const jpeg_marker_struct* marker = info_.marker_list; marker != nullptr;
         marker = marker->next) {
      const Bytes data(marker->data, marker->data_length);
      if (marker->marker == kExifMarker && data.size() > kStart.size() &&
          std::equal(kStart.begin(), kStart.end(), data.begin()))
        return data.subspan(kStart.size());
    }
    return {};
  }

  Bytes jpeg_;
  jpeg_decompress_struct info_{};
  Complaints complaints_{};
  jpeg_progress_mgr progress_{};
};

}  // namespace

Samples decode_jpeg(Bytes jpeg) {
  Samples samples = JpegReader(jpeg).read();
  if (samples.channels != 4) return samples;
  Samples rgb = rgb_of_inks(samples);
  rgb.remarks = std::move(samples.remarks);
  rgb.orientation = samples.orientation;
  return rgb;
}

}  // namespace mvga::tool
