// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What was learned from normal images.
#pragma once

#include <mvga/api.h>
#include <mvga/image.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace mvga::v1 {

/// How distances become a score and a map (docs/accuracy.md).
enum class Profile {
  paper = 0,       ///< exactly as published (doi 10.32604/jnm.2022.032447, section 3.4)
  calibrated = 1,  ///< levels brought to a common scale over normal images: better
};

/// A model: what *.mvga files hold, from this library, mvgafit or `mvga fit`.
///
/// A value that never changes. Copies share what they stand for and cost next to nothing; copies
/// and originals may be used from several threads at once. One that was moved from can only be
/// assigned to, or go.
class MVGA_API Model {
 public:
  /// Reads a file, and checks every length, shape, type and number in it, and its seal.
  /// @throws Error not_found, unreadable, no_space
  static Model open(const std::filesystem::path& path);

  /// Replaces the file at `path` in one step: when anything fails, an older one stays as it was.
  /// @throws Error not_found, unwritable, no_space
  void save(const std::filesystem::path& path) const;

  std::string backbone() const;        ///< the network's architecture, such as mvga_small
  std::string weights_sha256() const;  ///< of the weights it was learned with; no others do
  int input_size() const;              ///< side of the network's square input in pixels
  Profile profile() const;
  Box roi() const;                 ///< the part of images that was learned, and is looked at
  std::uint64_t images() const;    ///< how many were learned
  std::uint64_t held_out() const;  ///< how many of them were scored by what had not seen them
  /// How many of these are no near copies of each other: the witnesses of promised_fpr(). In models
  /// of a time before copies were looked for, all of them.
  std::uint64_t independent() const;

  double target_fpr() const;  ///< share of normal images that may raise an alarm, as asked for
  /// Above this score an image is anomalous: the lowest threshold that keeps target_fpr() with 95 %
  /// confidence, an order statistic of the held-out scores (Wilks 1941).
  double threshold() const;
  /// The rate that threshold() keeps with 95 % confidence. Above target_fpr() where too few
  /// independent images were learned to support that: 1 % takes 299 of them, 5 % takes 59.
  double promised_fpr() const;

  /// Columns and rows of Result::map(). That of mvga_small has a cell for 4 x 4 pixels of the
  /// network's input.
  int map_width() const;
  int map_height() const;

 private:
  friend class Detector;
  friend class Learner;
  struct Data;
  explicit Model(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

  std::shared_ptr<const Data> data_;
};

}  // namespace mvga::v1
