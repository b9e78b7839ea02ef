// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/png.h"

#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "tools/pictures/exif.h"

namespace mvga::tool {
namespace {

/// libpng's last words before it leaves by longjmp.
using Words = std::array<char, 200>;

[[noreturn]] void leave(png_structp png, png_const_charp why) {
  Words& words = *static_cast<Words*>(png_get_error_ptr(png));
  std::strncpy(words.data(), why, words.size() - 1);
  png_longjmp(png, 1);
}

void ignore(png_structp, png_const_charp) {}

void take_bytes(png_structp png, png_bytep to, std::size_t size) {
  Bytes& left = *static_cast<Bytes*>(png_get_io_ptr(png));
  if (size > left.size()) png_error(png, "it breaks off before its end");
  std::memcpy(to, left.data(), size);
  left = left.subspan(size);
}

class PngReader {
 public:
  explicit PngReader(Bytes png)
      : left_(png), png_(png_create_read_struct(PNG_LIBPNG_VER_STRING, &words_, leave, ignore)) {
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
    if (info_ == nullptr) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw Error(ErrorKind::engine, "libpng is of another version than mvga was built with");
    }
    png_set_read_fn(png_, &left_, take_bytes);
    // Ours are checked where the text can say them.
    png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  Samples read() {
    run([this] { png_read_info(png_, info_); });
    check_size(png_get_image_width(png_, info_), png_get_image_height(png_, info_));
    run([this] { set_transformations(); });
    Samples samples =
        make_samples(png_get_image_width(png_, info_), png_get_image_height(png_, info_),
                     png_get_channels(png_, info_), png_get_bit_depth(png_, info_));
    std::vector<png_bytep> rows;
    rows.reserve(static_cast<std::size_t>(samples.height));
    for (int y = 0; y < samples.height; ++y) rows.push_back(samples.row(y));
    run([&, this] {
      png_read_image(png_, rows.data());
      png_read_end(png_, info_);
    });
    note_significant_bits(samples);
    note_orientation(exif(), samples);
    return samples;
  }

 private:
  /// Nothing in a step may have a destructor: libpng jumps over it.
  template <typename Step>
  void run(const Step& step) {
    if (setjmp(png_jmpbuf(png_)) != 0)  // NOLINT(cert-err52-cpp): libpng's way
      throw Error(ErrorKind::unreadable, std::string("the PNG is damaged: ") + words_.data());
    step();
  }

  void set_transformations() {
    const int colour = png_get_color_type(png_, info_);
    if (colour == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png_);
    if (colour == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(png_);
    if (png_get_bit_depth(png_, info_) == 16) png_set_swap(png_);
    png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
  }

  /// By sBIT. The format wants such numbers moved up into the full range; but there are writers
  /// that leave them as they are. Small ones that were moved have nothing below.
  void note_significant_bits(Samples& samples) {
    png_color_8p bits = nullptr;
    if (samples.bits != 16 || png_get_sBIT(png_, info_, &bits) == 0) return;
    const int used =
        samples.channels >= 3 ? std::max({bits->red, bits->green, bits->blue}) : bits->gray;
    if (used < 8 || used > 15) return;
    const unsigned all = bits_in_use(samples);
    if (all >> used != 0)
      samples.stated_bits = 16;
    else if ((all & ((1U << (16 - used)) - 1)) != 0)
      take_stated_bits(used, samples);
  }

  Bytes exif() {
    png_bytep exif = nullptr;
    png_uint_32 size = 0;
    if (png_get_eXIf_1(png_, info_, &size, &exif) == 0) return {};
    return {exif, size};
  }

  Words words_{};
  Bytes left_;
  png_structp png_;
  png_infop info_ = nullptr;
};

}  // namespace

Samples decode_png(Bytes png) {
  return PngReader(png).read();
}

}  // namespace mvga::tool
