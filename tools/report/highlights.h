// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which test pictures a report shows.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "tools/evaluation/observer.h"

namespace mvga::tool {

/// What is kept of a picture until the report shows it: not the picture, which is read again.
struct Highlight {
  TestPicture picture;
  Detection detection;
  std::optional<double> covered;  ///< share of what the mask marks that lies above the map's
                                  ///< threshold; none without a mask
};

/// The pictures of one kind with the highest and the lowest image score; of those with the same,
/// the first.
struct KindHighlights {
  std::size_t pictures = 0;
  std::size_t anomalous = 0;
  std::optional<Highlight> highest;
  std::optional<Highlight> lowest;  ///< none if there is only one picture
};

/// Keeps two pictures' results for each kind, however many there are.
class Highlights {
 public:
  void add(const TestedPicture& tested);
  /// In alphabetical order.
  const std::map<std::string, KindHighlights>& kinds() const { return kinds_; }

 private:
  std::map<std::string, KindHighlights> kinds_;
};

}  // namespace mvga::tool
