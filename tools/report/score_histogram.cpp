// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <cmath>

#include "tools/report/charts.h"
#include "tools/report/html.h"
#include "tools/report/plot.h"

namespace mvga::tool {
namespace {

constexpr int kBins = 40;

struct Bins {
  double low = 0;
  double width = 1;

  double start(int bin) const { return low + bin * width; }

  std::vector<std::size_t> count(const std::vector<double>& scores) const {
    std::vector<std::size_t> counts(kBins);
    for (const double score : scores) {
      const int bin = static_cast<int>((score - low) / width);
      ++counts[static_cast<std::size_t>(std::clamp(bin, 0, kBins - 1))];
    }
    return counts;
  }
};

/// In percent of all of them, so that kinds with many and with few pictures can be compared.
double share(std::size_t count, const std::vector<double>& scores) {
  return 100 * static_cast<double>(count) /
         static_cast<double>(std::max<std::size_t>(scores.size(), 1));
}

double highest_share(const std::vector<double>& scores, const Bins& bins) {
  const std::vector<std::size_t> counts = bins.count(scores);
  return share(*std::max_element(counts.begin(), counts.end()), scores);
}

void draw_bars(const std::vector<double>& scores, const Bins& bins, const std::string& kind,
               Plot& plot) {
  const std::vector<std::size_t> counts = bins.count(scores);
  for (int bin = 0; bin < kBins; ++bin) {
    const std::size_t n = counts[static_cast<std::size_t>(bin)];
    if (n == 0) continue;
    plot.bar(bins.start(bin), bins.start(bin + 1), share(n, scores), "bar " + kind,
             counted(n, kind + " picture") + " from " + fixed(bins.start(bin), 2) + " to " +
                 fixed(bins.start(bin + 1), 2));
  }
}

/// Steps over the bins from the first that is not empty to the last.
void draw_outline(const std::vector<double>& scores, const Bins& bins, Plot& plot) {
  const std::vector<std::size_t> counts = bins.count(scores);
  std::vector<PlotPoint> steps;
  for (int bin = 0; bin < kBins; ++bin) {
    const std::size_t n = counts[static_cast<std::size_t>(bin)];
    const bool before = bin > 0 && counts[static_cast<std::size_t>(bin) - 1] > 0;
    if (n == 0 && !before) continue;
    if (n > 0 && !before) steps.emplace_back(bins.start(bin), 0);
    steps.emplace_back(bins.start(bin), share(n, scores));
    if (n > 0) steps.emplace_back(bins.start(bin + 1), share(n, scores));
    if (n > 0 && bin + 1 == kBins) steps.emplace_back(bins.start(bin + 1), 0);
  }
  plot.line(steps, "outline held-out");
}

Axis score_axis(const CategoryReport& category) {
  double low = category.threshold;
  double high = category.threshold;
  for (const auto* scores : {&category.good, &category.defective, &category.held_out})
    for (const double score : *scores) {
      low = std::fmin(low, score);
      high = std::fmax(high, score);
    }
  const std::string unit(unit_of(category.profile));
  return round_axis("Image score (" + unit + ")", low, high, 8);
}

}  // namespace

std::string score_histogram(const CategoryReport& category) {
  const Axis x = score_axis(category);
  const Bins bins{x.low, (x.high - x.low) / kBins};
  double highest = 0;
  for (const auto* scores : {&category.good, &category.defective, &category.held_out})
    if (!scores->empty()) highest = std::max(highest, highest_share(*scores, bins));
  Plot plot(x, round_axis("Share of the pictures, %", 0, highest, 5));
  std::vector<LegendEntry> legend;
  if (!category.good.empty()) {
    draw_bars(category.good, bins, "good", plot);
    legend.push_back({"good", counted(category.good.size(), "good picture")});
  }
  if (!category.defective.empty()) {
    draw_bars(category.defective, bins, "defective", plot);
    legend.push_back({"defective", counted(category.defective.size(), "defective picture")});
  }
  if (!category.held_out.empty()) {
    draw_outline(category.held_out, bins, plot);
    legend.push_back({"held-out", counted(category.held_out.size(), "held-out training picture")});
  }
  if (!std::isnan(category.threshold)) {
    plot.mark(category.threshold, "threshold " + fixed(category.threshold, 2), "threshold");
  }
  return chart_figure("Image scores", plot.svg("Histogram of the image scores"), legend);
}

}  // namespace mvga::tool
