// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A TIFF, opened by libtiff, and what libtiff says of it.
#pragma once

#include <tiffio.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// Where the bytes of a TIFF are. Pages and reductions can make a file much larger than what is
/// read of it.
struct TiffSource {
  std::uint64_t size = 0;
  /// As many as there are.
  /// @throws Error unreadable
  std::function<std::size_t(std::uint64_t from, std::span<unsigned char> to)> read;
};

class OpenTiff {
 public:
  /// @throws Error unreadable
  explicit OpenTiff(TiffSource source);

  TIFF* get() const { return tiff_.get(); }

  template <typename T>
  T field(std::uint32_t tag) const {
    T value{};
    TIFFGetFieldDefaulted(tiff_.get(), tag, &value);
    return value;
  }

  /// From now on a warning is about pixels that are not there as they should be.
  void expect_pixels() { expects_pixels_ = true; }
  /// @throws Error unreadable with what was said, if anything was
  void check() const;
  [[noreturn]] void fail() const;

  // For libtiff alone.
  void complain(const std::string& text);
  void warn(const std::string& text);
  const TiffSource& source() const { return source_; }
  std::uint64_t place = 0;

 private:
  struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
  };
  TiffSource source_;
  std::string complaint_;
  bool expects_pixels_ = false;
  std::unique_ptr<TIFF, Close> tiff_;
};

}  // namespace mvga::tool
