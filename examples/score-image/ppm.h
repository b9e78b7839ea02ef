// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <mvga/mvga.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

/// A binary PPM (P6) of 8 bits, as `convert a.jpg a.ppm` or `djpeg` write it.
struct Picture {
  explicit Picture(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string kind;
    int most = 0;
    if (!(file >> kind >> width >> height >> most) || kind != "P6" || most != 255 || width < 1 ||
        height < 1)
      throw std::runtime_error(path.string() + ": is no PPM of 8 bits");
    file.get();
    pixels.resize(std::size_t{3} * width * height);
    if (!file.read(reinterpret_cast<char*>(pixels.data()),
                   static_cast<std::streamsize>(pixels.size())))
      throw std::runtime_error(path.string() + ": is cut off");
  }
  mvga::v1::Image image() const { return {pixels.data(), pixels.size(), width, height}; }

  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};
