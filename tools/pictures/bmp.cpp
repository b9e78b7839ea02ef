// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/bmp.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

struct UnrefLoader {
  void operator()(GdkPixbufLoader* loader) const { g_object_unref(loader); }
  void operator()(GError* error) const { g_error_free(error); }
};

std::uint32_t number(Bytes bmp, std::size_t at, std::size_t bytes) {
  if (at > bmp.size() || bmp.size() - at < bytes) return 0;
  std::uint32_t value = 0;
  for (std::size_t i = bytes; i > 0; --i) value = value << 8 | bmp[at + i - 1];
  return value;
}

struct BmpHeader {
  std::uint64_t width;
  std::uint64_t height;
  std::uint32_t bits;         ///< a pixel
  std::uint32_t compression;  ///< 0 none, 1 and 2 run lengths of 8 and 4 bits, 3 and 6 masks
  std::size_t data;           ///< where the pixels start
};

BmpHeader header_of(Bytes bmp) {
  const bool oldest = number(bmp, 14, 4) == 12;
  BmpHeader header{};
  header.width = oldest ? number(bmp, 18, 2) : number(bmp, 18, 4);
  const std::uint32_t height = oldest ? number(bmp, 20, 2) : number(bmp, 22, 4);
  // Negative: from top to bottom.
  header.height = oldest ? height
                         : static_cast<std::uint64_t>(std::abs(
                               static_cast<std::int64_t>(static_cast<std::int32_t>(height))));
  header.bits = oldest ? number(bmp, 24, 2) : number(bmp, 28, 2);
  header.compression = oldest ? 0 : number(bmp, 30, 4);
  header.data = number(bmp, 10, 4);
  return header;
}

/// Steps over run lengths to the mark that ends them, or to the end of the last row. None may be
/// longer than its row.
bool runs_end(Bytes runs, const BmpHeader& header) {
  const bool four_bits = header.compression == 2;
  std::uint64_t rows = 0;
  std::uint64_t x = 0;
  for (std::size_t at = 0; at + 2 <= runs.size() && x <= header.width;) {
    const std::size_t count = runs[at];
    const std::size_t second = runs[at + 1];
    at += 2;
    if (count > 0) {  // so many of the same
      x += count;
    } else if (second == 0) {
      x = 0;
      if (++rows == header.height) return true;
    } else if (second == 1) {
      return true;
    } else if (second == 2) {  // a step to the right, and up
      if (at < runs.size()) x += runs[at];
      at += 2;
    } else {
      x += second;
      at += four_bits ? (second + 3) / 4 * 2 : (second + 1) / 2 * 2;
    }
  }
  return false;
}

void check_whole(Bytes bmp, const BmpHeader& header) {
  const Bytes data = bmp.subspan(std::min(header.data, bmp.size()));
  const bool runs = header.compression == 1 || header.compression == 2;
  const std::uint64_t stride = (header.width * header.bits + 31) / 32 * 4;
  const bool whole = runs ? runs_end(data, header) : data.size() >= stride * header.height;
  if (!whole)
    throw Error(ErrorKind::unreadable, "the BMP is damaged, or breaks off before its end");
}

[[noreturn]] void fail(GError* error) {
  const std::unique_ptr<GError, UnrefLoader> owner(error);
  throw Error(ErrorKind::unreadable,
              std::string("gdk-pixbuf says: ") + (error != nullptr ? error->message : "nothing"));
}

Samples copy_of(const GdkPixbuf* pixbuf) {
  const int channels = gdk_pixbuf_get_n_channels(pixbuf);
  Samples samples =
      make_samples(static_cast<std::uint64_t>(gdk_pixbuf_get_width(pixbuf)),
                   static_cast<std::uint64_t>(gdk_pixbuf_get_height(pixbuf)), channels, 8);
  const guint8* pixels = gdk_pixbuf_read_pixels(pixbuf);
  for (int y = 0; y < samples.height; ++y)
    std::memcpy(samples.row(y),
                pixels + static_cast<std::ptrdiff_t>(y) * gdk_pixbuf_get_rowstride(pixbuf),
                static_cast<std::size_t>(samples.width) * static_cast<std::size_t>(channels));
  return samples;
}

}  // namespace

bool is_bmp(Bytes start) {
  if (start.size() < 2 || start[0] != 'B' || start[1] != 'M') return false;
  static constexpr std::array<std::uint32_t, 8> kHeaders{12, 16, 40, 52, 56, 64, 108, 124};
  return std::find(kHeaders.begin(), kHeaders.end(), number(start, 14, 4)) != kHeaders.end();
}

Samples decode_bmp(Bytes bmp) {
  const BmpHeader header = header_of(bmp);
  check_size(header.width, header.height);
  check_whole(bmp, header);
  GError* error = nullptr;
  const std::unique_ptr<GdkPixbufLoader, UnrefLoader> loader(
      gdk_pixbuf_loader_new_with_type("bmp", &error));
  if (!loader) fail(error);
  const bool read = gdk_pixbuf_loader_write(loader.get(), bmp.data(), bmp.size(), &error) != FALSE;
  // Has to be closed in any case, and only the first error counts.
  const bool closed = gdk_pixbuf_loader_close(loader.get(), read ? &error : nullptr) != FALSE;
  if (!read || !closed) fail(error);
  const GdkPixbuf* pixbuf = gdk_pixbuf_loader_get_pixbuf(loader.get());
  if (pixbuf == nullptr) fail(nullptr);
  return copy_of(pixbuf);
}

}  // namespace mvga::tool
