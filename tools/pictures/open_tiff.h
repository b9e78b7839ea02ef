// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A TIFF in memory, opened by libtiff, and what libtiff says of it.
#pragma once

#include <tiffio.h>

#include <memory>
#include <string>

#include "tools/pictures/samples.h"

namespace mvga::tool {

class OpenTiff {
 public:
  /// @throws Error unreadable
  explicit OpenTiff(Bytes tiff);

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
  Bytes bytes() const { return bytes_; }
  std::size_t place = 0;

 private:
  struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
  };
  Bytes bytes_;
  std::string complaint_;
  bool expects_pixels_ = false;
  std::unique_ptr<TIFF, Close> tiff_;
};

}  // namespace mvga::tool
