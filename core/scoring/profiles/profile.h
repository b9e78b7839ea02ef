// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a profile is: the steps of the method that can be done in more than one way.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/features/backbone.h"
#include "core/gaussian/gaussian.h"
#include "core/io/field_writer.h"
#include "core/io/fields.h"
#include "core/scoring/anomaly_map.h"
#include "core/scoring/evidence.h"

namespace mvga {

/// How evidence becomes a map and a score, as a profile made it of held-out normal images.
/// Immutable, so safe to share between threads.
class Scoring {
 public:
  virtual ~Scoring() = default;

  /// @param maps the distances, of those levels that make the map
  /// @return on the grid of the finest of them
  virtual AnomalyMap map(std::vector<AnomalyMap> maps) const = 0;
  /// Larger is worse.
  /// @param evidence its maps are of those levels that make the map
  /// @param map what map() makes of those
  virtual double score(const Evidence& evidence, const AnomalyMap& map) const = 0;
  /// Adds to a model file what ProfileSteps::read makes the same of.
  virtual void write(FieldWriter& file) const = 0;
};

/// Stateless, so safe to share between threads.
class ProfileSteps {
 public:
  virtual ~ProfileSteps() = default;

  /// Which backbone suits it, and which of its levels.
  virtual std::string architecture() const = 0;
  virtual LevelSet level_set() const = 0;

  /// Which levels make the map: at least one of 0 to levels - 1, ascending.
  /// @param localising those whose maps localise best
  virtual std::vector<int> map_levels(std::span<const int> localising,
                                      std::size_t levels) const = 0;

  /// Whether a position is measured by what is normal at its place (core/gaussian/place_moments.h).
  virtual bool tells_places_apart() const { return false; }

  /// Whether images are brought back to the light that was learned (core/light/light_range.h), and
  /// some are learned as on another day, too (core/light/camera_changes.h).
  virtual bool allows_for_other_days() const { return false; }

  /// Fits a level's average vectors.
  /// @param image, image_sample of the average vectors
  /// @param pixel of the vectors at all positions
  /// @param left_out the tag of vectors that are passed over in the sample
  /// @throws Error too_few if there are fewer than two vectors or they do not differ
  virtual Gaussian fit_image(const Moments& image, const VectorSample& image_sample,
                             const Moments& pixel, const Reduction& reduction,
                             int left_out) const = 0;

  /// @param held_out of at least two normal images, each gathered with Gaussians that have not
  ///        seen it; the maps are of those levels that make the map
  virtual std::shared_ptr<const Scoring> calibrate(std::span<const Evidence> held_out) const = 0;
  /// Reads what Scoring::write has added.
  /// @param levels how many make the map
  /// @param grid of the map
  /// @throws Error unreadable
  virtual std::shared_ptr<const Scoring> read(const Fields& file, std::size_t levels,
                                              const GridSize& grid) const = 0;
};

}  // namespace mvga
