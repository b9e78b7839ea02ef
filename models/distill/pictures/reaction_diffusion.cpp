// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/pictures/reaction_diffusion.h"

#include <array>
#include <utility>

#include "models/distill/pictures/fields.h"

namespace mvga::distill {
namespace {

constexpr int side = 128;
constexpr int steps = 2500;
constexpr int copies = 3;  // of each regime, from other seeds

/// Feed and kill rates whose patterns differ (Pearson 1993): spots, stripes, mazes, worms, bubbles.
struct Regime {
  float feed;
  float kill;
};
constexpr std::array<Regime, 7> regimes{{{0.037F, 0.060F},
                                         {0.030F, 0.062F},
                                         {0.025F, 0.060F},
                                         {0.029F, 0.057F},
                                         {0.039F, 0.058F},
                                         {0.046F, 0.063F},
                                         {0.014F, 0.054F}}};

struct Substances {
  Field a{side, 1};
  Field b{side, 0};
};

void react(const Substances& from, Substances& to, const Regime& regime) {
  constexpr float spread_a = 0.16F;
  constexpr float spread_b = 0.08F;
  const auto one_row = [](const Field& field, Field& out, const Field& a, const Field& b, int y,
                          float spread, const auto& gain) {
    const float* up = field.row((y + side - 1) % side);
    const float* here = field.row(y);
    const float* down = field.row((y + 1) % side);
    const float* row_a = a.row(y);
    const float* row_b = b.row(y);
    float* next = out.row(y);
    const auto cell = [&](int x, int left, int right) {
      const float laplace = up[x] + down[x] + here[left] + here[right] - 4 * here[x];
      next[x] = here[x] + spread * laplace + gain(row_a[x], row_b[x]);
    };
    cell(0, side - 1, 1);
    for (int x = 1; x + 1 < side; ++x) cell(x, x - 1, x + 1);
    cell(side - 1, side - 2, 0);
  };
  for (int y = 0; y < side; ++y) {
    one_row(from.a, to.a, from.a, from.b, y, spread_a,
            [&](float a, float b) { return regime.feed * (1 - a) - a * b * b; });
    one_row(from.b, to.b, from.a, from.b, y, spread_b,
            [&](float a, float b) { return a * b * b - (regime.feed + regime.kill) * b; });
  }
}

Field grow(Random& random, const Regime& regime) {
  Substances now;
  for (int drop = 0; drop < 24; ++drop) {
    const int left = random.below(side);
    const int top = random.below(side);
    const int extent = random.from_to(4, 12);
    for (int y = 0; y < extent; ++y)
      for (int x = 0; x < extent; ++x) {
        now.a.at((left + x) % side, (top + y) % side) = 0.5F;
        now.b.at((left + x) % side, (top + y) % side) = 0.25F + 0.1F * random.uniform();
      }
  }
  Substances next;
  for (int i = 0; i < steps; ++i) {
    react(now, next, regime);
    std::swap(now, next);
  }
  stretch(now.b);
  return now.b;
}

}  // namespace

ReactionDiffusion::ReactionDiffusion(std::uint64_t seed) {
  Random random(seed, 0x7ea);
  for (int copy = 0; copy < copies; ++copy)
    for (const Regime& regime : regimes) grown_.push_back(grow(random, regime));
}

Field ReactionDiffusion::part(Random& random, int size) const {
  const Field& whole = grown_[random.below(static_cast<int>(grown_.size()))];
  Warp warp = some_warp(random);
  warp.scale_x *= 0.6F;
  warp.scale_y *= 0.6F;
  return warped(random, whole, size, warp);
}

}  // namespace mvga::distill
