// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/pictures/generator.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/distill/pictures/camera.h"
#include "models/distill/pictures/colours.h"
#include "models/distill/pictures/drawing.h"
#include "models/distill/pictures/fields.h"

namespace mvga::distill {
namespace {

constexpr int surface_kinds = static_cast<int>(Kind::fibres) + 1;

/// What several parts of one picture share.
class Studio {
 public:
  Studio(Random& random, int size, const ReactionDiffusion& grown)
      : random_(random), size_(size), grown_(grown) {}

  Picture scene(Kind kind) {
    switch (kind) {
      case Kind::writing:
        return printed(writing(random_, size_));
      case Kind::print:
        return printed(print(random_, size_));
      case Kind::part:
        return with_parts(silhouette(random_, size_));
      case Kind::parts:
        return with_parts(rows_of_parts(random_, size_));
      default:
        return surface(kind);
    }
  }

  void damage(Picture& picture) {
    const Field where = marks(random_, size_);
    lay_over(picture, random_.chance(0.5F) ? plain() : any_surface(), where);
  }

  /// One surface beside another.
  void patch(Picture& picture) {
    Field border = noise(
        random_, size_,
        {random_.ratio_between(1, 5), random_.ratio_between(1, 5), random_.from_to(1, 5), 0.5F});
    const float middle = quantile(border, random_.between(0.2F, 0.8F));
    step(border, middle, middle + random_.ratio_between(0.005F, 0.3F));
    lay_over(picture, any_surface(), border);
  }

 private:
  Picture plain() { return Picture(size_, Palette(random_).any(random_)); }

  Picture any_surface() { return surface(static_cast<Kind>(random_.below(surface_kinds))); }

  Picture surface(Kind kind) {
    const Palette palette(random_);
    if (kind == Kind::leaves) return dead_leaves(random_, size_, palette);
    Field field = field_of(kind);
    if (random_.chance(0.3F)) field = warped(random_, field, size_, some_warp(random_));
    Picture picture = painted(field, palette, random_.chance(0.15F) ? random_.from_to(2, 6) : 0);
    if (random_.chance(0.3F)) roughen(picture);
    return picture;
  }

  Field field_of(Kind kind) {
    const float x = random_.ratio_between(1.5F, 60);
    const float y = random_.chance(0.5F) ? x : random_.ratio_between(1.5F, 60);
    const NoiseShape shape{x, y, random_.from_to(1, 6), random_.between(0.35F, 0.85F)};
    switch (kind) {
      case Kind::ridges:
        return ridges(random_, size_, shape);
      case Kind::wood:
        return wood(random_, size_);
      case Kind::spots:
        return spots(random_, size_);
      case Kind::cells:
        return cells(random_, size_);
      case Kind::pattern:
        return regular_pattern(random_, size_);
      case Kind::fractal:
        return julia(random_, size_);
      case Kind::reaction:
        return grown_.part(random_, size_);
      case Kind::fibres:
        return fibres(random_, size_);
      default:
        return noise(random_, size_, shape);
    }
  }

  /// A fine second texture on top, as on leather, cast metal, paper.
  void roughen(Picture& picture) {
    const float x = random_.ratio_between(20, 120);
    const Field bumps = noise(random_, size_, {x, x, 2, 0.7F});
    const float depth = random_.ratio_between(0.03F, 0.5F);
    for (Field& plane : picture.planes)
      for (std::size_t i = 0; i < bumps.values.size(); ++i)
        plane.values[i] *= 1 + depth * (bumps.values[i] - 0.5F);
  }

  Picture background() { return random_.chance(0.4F) ? plain() : any_surface(); }

  Picture printed(const Field& ink) {
    Picture picture = background();
    lay_over(picture, random_.chance(0.8F) ? plain() : any_surface(), ink);
    return picture;
  }

  Picture with_parts(const Field& outline) {
    Picture picture = background();
    if (random_.chance(0.5F)) {
      Field shadow = warped_shadow(outline);
      blur(shadow, random_.ratio_between(1, 10));
      const float depth = random_.between(0.2F, 0.8F);
      for (Field& plane : picture.planes)
        for (std::size_t i = 0; i < shadow.values.size(); ++i)
          plane.values[i] *= 1 - depth * shadow.values[i];
    }
    Picture part = random_.chance(0.3F) ? plain() : any_surface();
    if (random_.chance(0.3F)) lay_over(part, plain(), print(random_, size_));
    if (random_.chance(0.7F)) shade_as_solid(random_, part, outline);
    lay_over(picture, part, outline);
    return picture;
  }

  Field warped_shadow(const Field& outline) {
    const int dx = random_.from_to(-8, 8);
    const int dy = random_.from_to(-8, 8);
    Field shadow(size_);
    for (int y = 0; y < size_; ++y)
      for (int x = 0; x < size_; ++x)
        shadow.at(x, y) =
            outline.at(std::clamp(x - dx, 0, size_ - 1), std::clamp(y - dy, 0, size_ - 1));
    return shadow;
  }

  Random& random_;
  int size_;
  const ReactionDiffusion& grown_;
};

}  // namespace

GeneratedPicture PictureGenerator::make(std::uint64_t index) const {
  Random random(seed_, index);
  const auto kind = static_cast<Kind>(random.below(kinds));
  Studio studio(random, size_, grown_);
  Picture picture = studio.scene(kind);
  if (random.chance(0.3F)) studio.patch(picture);
  if (random.chance(0.4F)) studio.damage(picture);
  light(random, picture);
  return {photograph(random, std::move(picture)), kind};
}

}  // namespace mvga::distill
