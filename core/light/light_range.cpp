// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/light/light_range.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/light/tone_curve.h"

namespace mvga {
namespace {

constexpr double kTolerance = 0.01;  // beside the learned range: images that were not learned
/// The furthest that light is corrected: half or twice as bright, and so on.
constexpr LightState kFurthest{0.7, 0.5, 0.3, 0.3};

ToneCurve curve_of(const LightState& light) {
  return {{light[0] + light[2], light[0] - light[2] - light[3], light[0] + light[3]},
          std::exp(light[1])};
}

/// Where a value that lies out of [low, high] is brought.
double brought_back(double value, double low, double middle, double high, double furthest) {
  const double above = value - high;
  if (above > 0) {
    const double beyond = std::max(above - furthest, 0.0);
    return beyond + high - std::min(above, high - middle);
  }
  const double under = low - value;
  if (under > 0) {
    const double beyond = std::max(under - furthest, 0.0);
    return low + std::min(under, middle - low) - beyond;
  }
  return value;
}

LightState brought_back(const LightState& light, const LightRange& range) {
  LightState back{};
  for (std::size_t i = 0; i < back.size(); ++i)
    back[i] = brought_back(light[i], range.low[i], range.middle[i], range.high[i], kFurthest[i]);
  return back;
}

constexpr std::size_t kNearlyWhite = 245;

/// What was white in the image, as far as the learned images say: where these have their brightest
/// tones, which may be white as well. None if too little of the image is white to tell, or if it is
/// brighter than light makes what was learned.
/// @param corrected white, by the light alone: what was cut off there was no darker
std::optional<double> value_of_white(const std::array<double, kTones>& tones,
                                     const std::array<double, kTones>& reference,
                                     double corrected) {
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < kTones; ++i) {
    if (tones[i] < white_tone()) continue;
    sum += reference[i];
    ++count;
  }
  if (count > 0) {
    const double value = value_of(sum / count);
    return value >= corrected ? std::optional(value) : std::nullopt;
  }
  if (reference.back() >= white_tone()) return 255;
  return std::nullopt;
}

/// Ends the table in `last`, without a step.
void end_in(double last, ValueTables::value_type& table) {
  const double steps = 255 - kNearlyWhite;
  for (std::size_t v = kNearlyWhite; v < table.size(); ++v) {
    const double share = static_cast<double>(v - kNearlyWhite) / steps;
    const double value = table[v] + share * (last - table[v]);
    table[v] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
  }
}

/// The values that make light `from` light `to`.
ValueTables tables_between(const ToneCurve& from, const ToneCurve& to, const MiddleTones& middles) {
  ValueTables tables{};
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t v = 0; v < tables[c].size(); ++v) {
      const double tone = tone_of(static_cast<double>(v)) - middles[c];
      const double other =
          (from.shifts[c] + from.exponent * tone - to.shifts[c]) / to.exponent + middles[c];
      tables[c][v] =
          static_cast<std::uint8_t>(std::lround(std::clamp(value_of(other), 0.0, 255.0)));
    }
  return tables;
}

/// Whether the light is in the range, if need be without a part of the image that is darker or
/// brighter than the rest, as a defect may be.
bool is_learned_but_for_a_part(const Histograms& histograms, const LightRange& range) {
  constexpr std::array<PassedOver, 9> parts{
      {{}, {0, 0.03}, {0.03, 0}, {0, 0.06}, {0.06, 0}, {0, 0.1}, {0.1, 0}, {0, 0.15}, {0.15, 0}}};
  return std::any_of(parts.begin(), parts.end(), [&](const PassedOver& part) {
    const LightState light = light_of(tones_of(histograms, part), range.reference);
    return brought_back(light, range) == light;
  });
}

/// The images that were learned had no colours.
bool is_grey(const LightRange& range) {
  const auto is_nothing = [&](std::size_t i) {
    return range.high[i] <= 2 * kTolerance && range.low[i] >= -2 * kTolerance;
  };
  const Tones& tones = range.reference;
  double most = 0;
  for (std::size_t i = 0; i < kTones; ++i)
    for (const std::size_t c : {std::size_t{0}, std::size_t{2}})
      most = std::max(most, std::abs(tones[c][i] - tones[1][i]));
  return most < kTolerance && is_nothing(2) && is_nothing(3);
}

/// Gives all three colours that in the middle: one that was cut off at white is not.
void make_grey(RgbImage& image) {
  for (std::size_t i = 0; i + 2 < image.pixels.size(); i += 3) {
    std::uint8_t* rgb = image.pixels.data() + i;
    const std::uint8_t middle =
        std::max(std::min(rgb[0], rgb[1]), std::min(std::max(rgb[0], rgb[1]), rgb[2]));
    std::fill_n(rgb, 3, middle);
  }
}

}  // namespace

bool LightRange::empty() const {
  return reference == Tones{};
}

LightState light_of(const Tones& tones, const Tones& reference) {
  const ToneCurve curve = curve_between(tones, reference);
  const auto& [red, green, blue] = curve.shifts;
  const double mean = (red + green + blue) / 3;
  return {mean, std::log(curve.exponent), red - mean, blue - mean};
}

LightRange light_range(std::span<const Tones> learned) {
  LightRange range;
  for (const Tones& tones : learned)
    for (std::size_t c = 0; c < 3; ++c)
      for (std::size_t i = 0; i < kTones; ++i)
        range.reference[c][i] += tones[c][i] / static_cast<double>(learned.size());
  std::vector<LightState> lights;
  for (const Tones& tones : learned) lights.push_back(light_of(tones, range.reference));
  for (std::size_t i = 0; i < range.low.size(); ++i) {
    std::vector<double> values;
    values.reserve(lights.size());
    for (const LightState& light : lights) values.push_back(light[i]);
    std::sort(values.begin(), values.end());
    range.low[i] = values.front() - kTolerance;
    range.middle[i] = values[values.size() / 2];
    range.high[i] = values.back() + kTolerance;
  }
  return range;
}

std::optional<RgbImage> in_learned_light(const RgbView& image, const LightRange& range) {
  if (range.empty()) return std::nullopt;
  const Histograms histograms = histograms_of(image);
  if (is_learned_but_for_a_part(histograms, range)) return std::nullopt;
  const Tones tones = tones_of(histograms);
  const LightState light = light_of(tones, range.reference);
  const LightState back = brought_back(light, range);
  ValueTables tables =
      tables_between(curve_of(light), curve_of(back), middle_tones(range.reference));
  for (std::size_t c = 0; c < 3; ++c)
    if (const auto value = value_of_white(tones[c], range.reference[c], tables[c].back()))
      end_in(*value, tables[c]);
  RgbImage relit = with_values(image, tables);
  if (is_grey(range)) make_grey(relit);
  return relit;
}

}  // namespace mvga
