// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/mask_doubts.h"

#include <cmath>

#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

constexpr std::size_t kNamed = 5;
/// A defect that covers more of its picture is rare, and a mask that is inverted is not.
constexpr double kMostOfAPicture = 0.5;

}  // namespace

void MaskDoubts::warn(Doubt doubt, const std::filesystem::path& file, const std::string& what) {
  if (++counts_.at(doubt) <= kNamed) say("warning: " + file.string() + ": the mask " + what);
}

void MaskDoubts::see(const std::filesystem::path& file, const Mask& mask) {
  if (mask.levels > 2)
    warn(kGrey, file,
         "is not black and white, it has " + std::to_string(mask.levels) +
             " levels: what is brighter than half of its brightest counts as the defect (of small "
             "numbers, as labels are, all that are not 0)");
  if (mask.empty) warn(kEmpty, file, "is black: all pixels of its picture count as normal ones");
  if (mask.share > kMostOfAPicture)
    warn(kMost, file,
         "marks " + std::to_string(std::lround(100 * mask.share)) +
             " % of its picture as the defect: is it inverted? White has to mark the defect, black "
             "what is normal");
}

void MaskDoubts::finish() const {
  constexpr std::array<const char*, kDoubts> kWhat{" are not black and white", " are black",
                                                   " mark most of their picture"};
  for (std::size_t i = 0; i < kDoubts; ++i)
    if (counts_.at(i) > kNamed)
      say("warning: " + category_ + ": " + std::to_string(counts_.at(i)) + " masks" + kWhat.at(i));
}

}  // namespace mvga::tool
