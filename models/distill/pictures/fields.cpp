// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/pictures/fields.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace mvga::distill {
namespace {

/// Where a pixel falls between the points of a lattice, and what the four around it count.
struct SplineStep {
  int first;
  std::array<float, 4> weights;
};

/// Cubic B-splines: no overshoot, and smooth to the second derivative.
std::vector<SplineStep> spline_steps(int size, float cells, float offset) {
  std::vector<SplineStep> steps(size);
  for (int i = 0; i < size; ++i) {
    const float place = offset + static_cast<float>(i) * cells / static_cast<float>(size);
    const float t = place - std::floor(place);
    const float u = 1 - t;
    steps[i] = {static_cast<int>(place),
                {u * u * u / 6, (3 * t * t * t - 6 * t * t + 4) / 6,
                 (3 * u * u * u - 6 * u * u + 4) / 6, t * t * t / 6}};
  }
  return steps;
}

void add_octave(Random& random, Field& field, float cells_x, float cells_y, float height) {
  const int size = field.size;
  const auto across = spline_steps(size, cells_x, random.uniform());
  const auto down = spline_steps(size, cells_y, random.uniform());
  const int columns = static_cast<int>(cells_x) + 6;
  const int rows = static_cast<int>(cells_y) + 6;
  std::vector<float> lattice(static_cast<std::size_t>(columns) * rows);
  for (float& value : lattice) value = height * random.between(-1, 1);
  std::vector<float> wide(static_cast<std::size_t>(size) * rows);
  for (int r = 0; r < rows; ++r) {
    const float* from = &lattice[static_cast<std::size_t>(r) * columns];
    float* to = &wide[static_cast<std::size_t>(r) * size];
    for (int x = 0; x < size; ++x) {
      const auto& [first, w] = across[x];
      to[x] = w[0] * from[first] + w[1] * from[first + 1] + w[2] * from[first + 2] +
              w[3] * from[first + 3];
    }
  }
  for (int y = 0; y < size; ++y) {
    const auto& [first, w] = down[y];
    const float* from = &wide[static_cast<std::size_t>(first) * size];
    float* to = field.row(y);
    for (int x = 0; x < size; ++x)
      to[x] += w[0] * from[x] + w[1] * from[x + size] + w[2] * from[x + 2 * size] +
               w[3] * from[x + 3 * size];
  }
}

template <typename Fold>
Field folded_noise(Random& random, int size, const NoiseShape& shape, const Fold& fold) {
  Field sum(size);
  float height = 1;
  float factor = 1;
  const auto most = static_cast<float>(size);
  for (int octave = 0; octave < shape.octaves; ++octave) {
    const float across = shape.cells_x * factor;
    const float down = shape.cells_y * factor;
    if (octave > 0 && std::max(across, down) > most) break;
    Field one(size);
    add_octave(random, one, std::min(across, most), std::min(down, most), 1);
    for (std::size_t i = 0; i < sum.values.size(); ++i)
      sum.values[i] += height * fold(one.values[i]);
    factor *= 2;
    height *= shape.gain;
  }
  stretch(sum);
  return sum;
}

/// A triangle wave between 0 and 1.
float triangle(float x) {
  return std::abs(2 * (x - std::floor(x)) - 1);
}

/// What repeats in a regular pattern, by the place within its tile, both in [0, 1).
struct Tile {
  enum class Kind { stripes, sine, checks, weave, holes, mesh, studs };
  Kind kind;
  float share;  ///< how much of it is the one and not the other

  float operator()(float u, float v, bool odd) const {
    const float away = std::hypot(u - 0.5F, v - 0.5F);
    switch (kind) {
      case Kind::stripes:
        return u < share ? 1.0F : 0.0F;
      case Kind::sine:
        return 0.5F + 0.5F * std::sin(2 * pi * u);
      case Kind::checks:
        return odd ? 1.0F : 0.0F;
      case Kind::weave:  // threads over and under each other, each of them round
        return std::sin(pi * (odd ? u : v)) * (0.6F + 0.4F * std::sin(pi * (odd ? v : u)));
      case Kind::holes:
        return away < 0.5F * share ? 0.0F : 1.0F;
      case Kind::mesh:
        return u < 0.3F * share || v < 0.3F * share ? 1.0F : 0.0F;
      case Kind::studs:
        return std::max(0.0F, 1 - 2 * away);
    }
    return 0;
  }
};

}  // namespace

Field noise(Random& random, int size, const NoiseShape& shape) {
  return folded_noise(random, size, shape, [](float v) { return v; });
}

Field ridges(Random& random, int size, const NoiseShape& shape) {
  return folded_noise(random, size, shape, [](float v) { return 1 - std::abs(v); });
}

Field grain(Random& random, int size) {
  Field field(size);
  // The sum of the four 16-bit parts of a number is nearly normal, and cheap.
  for (float& value : field.values) {
    const std::uint64_t b = random.bits();
    const auto sum =
        static_cast<float>((b & 0xffff) + (b >> 16 & 0xffff) + (b >> 32 & 0xffff) + (b >> 48));
    value = (sum / 65535 - 2) * std::numbers::sqrt3_v<float>;
  }
  return field;
}

Field spots(Random& random, int size) {
  const float cells_across = random.ratio_between(8, 64);
  Field field(size);
  add_octave(random, field, cells_across, cells_across * random.ratio_between(0.4F, 2.5F), 1);
  const float middle = quantile(field, random.between(0.2F, 0.8F));
  const float softness = random.ratio_between(0.02F, 0.4F);
  step(field, middle - softness, middle + softness);
  return field;
}

Field cells(Random& random, int size) {
  const int count = static_cast<int>(random.ratio_between(4, 40));
  const float disorder = random.between(0.2F, 1.0F);
  const float squeeze = random.ratio_between(0.5F, 2);
  const int kind = random.below(4);
  struct Seed {
    float x, y, value;
  };
  const int columns = count + 3;
  std::vector<Seed> seeds(static_cast<std::size_t>(columns) * columns);
  for (int r = 0; r < columns; ++r)
    for (int c = 0; c < columns; ++c)
      seeds[static_cast<std::size_t>(r) * columns + c] = {
          static_cast<float>(c) + disorder * random.uniform() +
              (r % 2 ? 0.5F : 0.0F) * (1 - disorder),
          static_cast<float>(r) + disorder * random.uniform(), random.uniform()};
  Field field(size);
  const float factor = static_cast<float>(count) / static_cast<float>(size);
  for (int y = 0; y < size; ++y) {
    const float v = 1 + static_cast<float>(y) * factor;
    for (int x = 0; x < size; ++x) {
      const float u = 1 + static_cast<float>(x) * factor;
      float nearest = 1e9F;
      float second = 1e9F;
      float value = 0;
      for (int r = static_cast<int>(v) - 1; r <= static_cast<int>(v) + 1; ++r) {
        for (int c = static_cast<int>(u) - 1; c <= static_cast<int>(u) + 1; ++c) {
          const Seed& seed = seeds[static_cast<std::size_t>(r) * columns + c];
          const float dx = (seed.x - u) * squeeze;
          const float dy = seed.y - v;
          const float distance = dx * dx + dy * dy;
          if (distance < nearest) {
            second = nearest;
            nearest = distance;
            value = seed.value;
          } else {
            second = std::min(second, distance);
          }
        }
      }
      const float border = std::sqrt(second) - std::sqrt(nearest);
      const std::array<float, 4> kinds{std::sqrt(nearest), border, value,
                                       border < 0.12F ? 0.0F : 0.4F + 0.6F * value};
      field.at(x, y) = kinds[kind];
    }
  }
  stretch(field);
  return field;
}

Field regular_pattern(Random& random, int size) {
  using Kind = Tile::Kind;
  const Tile tile{random.one_of({Kind::stripes, Kind::sine, Kind::checks, Kind::weave, Kind::holes,
                                 Kind::mesh, Kind::studs}),
                  random.between(0.2F, 0.8F)};
  const float period = random.ratio_between(4, 64);
  const float aspect = random.chance(0.5F) ? 1 : random.ratio_between(0.3F, 3);
  const float shifted = random.chance(0.4F) ? 0.5F : 0;  // every other row: bricks
  const float angle = random.chance(0.5F) ? 0 : random.angle();
  const float cosine = std::cos(angle) / period;
  const float sine = std::sin(angle) / period;
  const float away = random.between(0, 100);
  const Field bending = noise(random, size, {3, 3, 2, 0.5F});
  const float bend = random.chance(0.5F) ? 0 : random.between(0, 1.5F);
  Field field(size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const float b = bend * bending.at(x, y);
      const auto fx = static_cast<float>(x);
      const auto fy = static_cast<float>(y);
      const float v = (fy * cosine - fx * sine) * aspect + away + b;
      const float row = std::floor(v);
      const bool odd_row = (static_cast<int>(row) & 1) != 0;
      const float u = fx * cosine + fy * sine + away + b + (odd_row ? shifted : 0);
      const float column = std::floor(u);
      field.at(x, y) = tile(u - column, v - row, odd_row != ((static_cast<int>(column) & 1) != 0));
    }
  }
  return field;
}

Field wood(Random& random, int size) {
  const float rings = random.ratio_between(3, 30);
  const Field slow = noise(random, size, {1.5F, random.ratio_between(2, 8), 3, 0.5F});
  const Field fine = noise(random, size, {random.ratio_between(2, 6), 120, 2, 0.7F});
  const float bend = random.between(0.05F, 0.6F);
  const float pores = random.between(0, 0.5F);
  Field field(size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const float place = static_cast<float>(y) / static_cast<float>(size) + bend * slow.at(x, y);
      field.at(x, y) = triangle(rings * place) + pores * fine.at(x, y);
    }
  }
  stretch(field);
  return field;
}

Field julia(Random& random, int size) {
  constexpr int most = 48;
  const float turn = random.angle();
  const std::complex<float> c = std::polar(random.between(0.6F, 0.85F), turn);
  const float zoom = random.ratio_between(0.3F, 1.6F) / static_cast<float>(size);
  const float left = random.between(-1, 0.6F);
  const float top = random.between(-1, 0.6F);
  Field field(size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      float re = left + static_cast<float>(x) * zoom;
      float im = top + static_cast<float>(y) * zoom;
      int n = 0;
      float square = re * re + im * im;
      for (; n < most && square < 16; ++n) {
        const float next = re * re - im * im + c.real();
        im = 2 * re * im + c.imag();
        re = next;
        square = re * re + im * im;
      }
      const float smooth = n == most ? static_cast<float>(most)
                                     : static_cast<float>(n) - std::log2(std::log2(square) / 4);
      field.at(x, y) = std::sqrt(std::max(0.0F, smooth));
    }
  }
  stretch(field);
  return field;
}

Field warped(Random& random, const Field& field, int size, const Warp& warp) {
  const Field bend_x = noise(random, size, {warp.bend_cells, warp.bend_cells, 2, 0.4F});
  const Field bend_y = noise(random, size, {warp.bend_cells, warp.bend_cells, 2, 0.4F});
  const float left = random.between(0, static_cast<float>(field.size));
  const float top = random.between(0, static_cast<float>(field.size));
  const float cosine = std::cos(warp.angle);
  const float sine = std::sin(warp.angle);
  const int n = field.size;
  const auto wrap = [n](int i) { return ((i % n) + n) % n; };
  Field result(size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const auto fx = static_cast<float>(x);
      const auto fy = static_cast<float>(y);
      const float u = left + (fx * cosine + fy * sine) * warp.scale_x + warp.bend * bend_x.at(x, y);
      const float v = top + (fy * cosine - fx * sine) * warp.scale_y + warp.bend * bend_y.at(x, y);
      const float u0 = std::floor(u);
      const float v0 = std::floor(v);
      const float s = u - u0;
      const float t = v - v0;
      const int left_column = wrap(static_cast<int>(u0));
      const int right_column = left_column + 1 == n ? 0 : left_column + 1;
      const int upper = wrap(static_cast<int>(v0));
      const int lower = upper + 1 == n ? 0 : upper + 1;
      const float above =
          field.at(left_column, upper) * (1 - s) + field.at(right_column, upper) * s;
      const float below =
          field.at(left_column, lower) * (1 - s) + field.at(right_column, lower) * s;
      result.at(x, y) = above * (1 - t) + below * t;
    }
  }
  return result;
}

Warp some_warp(Random& random) {
  Warp warp;
  warp.angle = random.angle();
  warp.scale_x = random.ratio_between(0.4F, 1.6F);
  warp.scale_y = random.chance(0.5F) ? warp.scale_x : random.ratio_between(0.4F, 1.6F);
  warp.bend = random.chance(0.5F) ? 0 : random.ratio_between(3, 60);
  warp.bend_cells = random.ratio_between(1.5F, 10);
  return warp;
}

}  // namespace mvga::distill
