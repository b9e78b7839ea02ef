// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/mask.h"

#include <algorithm>
#include <cstddef>

#include "core/scoring/connected_runs.h"

namespace mvga::tool {
namespace {

// What is darker than this share of white, one in so many, is black, or a label.
constexpr int kDark = 8;
/// Pixels of the least that a lossy file marks: fewer than in a row of a block of JPEG.
constexpr int kSpeck = 8;

using Levels = std::vector<std::uint16_t>;

template <typename LevelOf>
Levels levels_of(std::span<const MaskPixel> pixels, const LevelOf& level_of) {
  Levels levels(pixels.size());
  std::transform(pixels.begin(), pixels.end(), levels.begin(), [&](const MaskPixel& pixel) {
    return static_cast<std::uint16_t>(level_of(pixel));
  });
  return levels;
}

int saturation(const MaskPixel& pixel) {
  return pixel.brightest - pixel.darkest;
}

/// Something is painted, and something is not.
bool is_layer(const MaskFile& file, std::span<const MaskPixel> pixels) {
  const auto opaque = [&](const MaskPixel& pixel) { return 2 * pixel.alpha > file.white; };
  return std::any_of(pixels.begin(), pixels.end(), opaque) &&
         !std::all_of(pixels.begin(), pixels.end(), opaque);
}

bool is_colour_on_white(const MaskFile& file, std::span<const MaskPixel> pixels) {
  const auto bright = [&](const MaskPixel& pixel) { return 2 * pixel.brightest > file.white; };
  const auto coloured = [&](const MaskPixel& pixel) { return 2 * saturation(pixel) > file.white; };
  const auto white = [&](const MaskPixel& pixel) {
    return kDark * (file.white - pixel.darkest) < file.white;
  };
  return std::all_of(pixels.begin(), pixels.end(), bright) &&
         std::any_of(pixels.begin(), pixels.end(), coloured) &&
         std::any_of(pixels.begin(), pixels.end(), white);
}

Levels levels_of_layer(const MaskFile& file, std::span<const MaskPixel> pixels) {
  Levels levels = levels_of(pixels, [&](const MaskPixel& pixel) {
    return static_cast<unsigned>(pixel.brightest) * pixel.alpha / file.white;
  });
  // Black paint is paint as well.
  if (kDark * *std::max_element(levels.begin(), levels.end()) < file.white)
    return levels_of(pixels, [](const MaskPixel& pixel) { return pixel.alpha; });
  return levels;
}

Levels levels_of(const MaskFile& file, std::span<const MaskPixel> pixels) {
  if (is_layer(file, pixels)) return levels_of_layer(file, pixels);
  if (is_colour_on_white(file, pixels)) return levels_of(pixels, saturation);
  return levels_of(pixels, [](const MaskPixel& pixel) { return pixel.brightest; });
}

/// What is brighter is marked.
int threshold_of(const MaskFile& file, int brightest) {
  if (file.lossy) return file.white / 2;
  return kDark * brightest <= file.white ? 0 : brightest / 2;
}

std::size_t count_of(const Levels& levels, std::uint16_t white) {
  std::vector<bool> seen(std::size_t{white} + 1);
  for (const std::uint16_t level : levels) seen[level] = true;
  return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

/// Beside an edge, a lossy file leaves pixels that would each count as a defect of its own.
void drop_specks(const MaskFile& file, std::vector<std::uint8_t>& defect) {
  ConnectedRuns connected;
  for (int y = 0; y < file.height; ++y) {
    const std::uint8_t* row = defect.data() + static_cast<std::size_t>(y) * file.width;
    for (int x = 0; x < file.width; ++x) {
      if (row[x] == 0) continue;
      const int left = x;
      while (x < file.width && row[x] != 0) ++x;
      connected.add(left, x - 1);
    }
    connected.end_row();
  }
  std::vector<int> pixels(connected.number_regions());
  for (const Run& run : connected.runs()) pixels[run.region] += run.right - run.left + 1;
  for (const Run& run : connected.runs())
    if (pixels[run.region] < kSpeck)
      std::fill_n(defect.begin() + static_cast<std::ptrdiff_t>(run.row) * file.width + run.left,
                  run.right - run.left + 1, std::uint8_t{0});
}

}  // namespace

Mask mask_from(const MaskFile& file, std::span<const MaskPixel> pixels) {
  Mask mask{file.width, file.height, {}, true, 0, 0};
  if (pixels.empty()) return mask;
  const Levels levels = levels_of(file, pixels);
  const int threshold = threshold_of(file, *std::max_element(levels.begin(), levels.end()));
  mask.defect.resize(levels.size());
  std::transform(levels.begin(), levels.end(), mask.defect.begin(),
                 [&](std::uint16_t level) { return level > threshold ? 1 : 0; });
  if (file.lossy) drop_specks(file, mask.defect);
  const auto marked = std::count(mask.defect.begin(), mask.defect.end(), 1);
  mask.empty = marked == 0;
  mask.share = static_cast<double>(marked) / static_cast<double>(mask.defect.size());
  mask.levels = count_of(levels, file.white);
  return mask;
}

}  // namespace mvga::tool
