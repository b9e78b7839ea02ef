// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <cmath>

#include "tools/evaluation/missing_metrics.h"
#include "tools/report/charts.h"
#include "tools/report/html.h"
#include "tools/report/plot.h"

namespace mvga::tool {
namespace {

Axis share_axis(std::string title, double end = 1) {
  Axis axis{std::move(title), 0, end, {}, 1};
  const double step = end < 0.5 ? 0.1 : 0.2;
  for (int i = 0; i * step <= end + 1e-9; ++i) axis.ticks.push_back(i * step);
  return axis;
}

std::vector<PlotPoint> points_of(const std::vector<CurvePoint>& curve) {
  std::vector<PlotPoint> points;
  points.reserve(curve.size());
  for (const CurvePoint& p : curve) points.emplace_back(p.rate, p.found);
  return points;
}

/// The curve up to a rate.
std::vector<PlotPoint> cut(const std::vector<CurvePoint>& curve, double limit) {
  std::vector<PlotPoint> points;
  for (const CurvePoint& p : curve) {
    if (p.rate > limit) {
      const auto& [rate, found] = points.back();
      points.emplace_back(limit, found + (p.found - found) * (limit - rate) / (p.rate - rate));
      break;
    }
    points.emplace_back(p.rate, p.found);
  }
  return points;
}

double share_above(const std::vector<double>& scores, double threshold) {
  const auto above =
      std::count_if(scores.begin(), scores.end(), [&](double score) { return score > threshold; });
  return static_cast<double>(above) / static_cast<double>(scores.size());
}

/// As everywhere else where people read it.
std::string shown(const CategoryResult& result, std::string_view key) {
  return fixed(result.metrics[key], metric(key).digits);
}

std::string missing(const std::string& why) {
  return "<p class=\"missing\">– <span>There is no curve: " + escaped(why) + ".</span></p>\n";
}

}  // namespace

std::string roc_chart(const CategoryReport& category) {
  const CategoryResult& r = category.result;
  constexpr const char* kTitle = "ROC curve";
  if (category.image_roc.empty() && category.pixel_roc.empty())
    return chart_figure(kTitle, missing(why_incomplete(r, Ranked::images)), {});

  Plot plot(share_axis("False-positive rate"), share_axis("True-positive rate"));
  std::vector<LegendEntry> legend;
  plot.line(std::vector<PlotPoint>{{0, 0}, {1, 1}}, "chance");
  if (!category.pixel_roc.empty()) {
    plot.line(points_of(category.pixel_roc), "curve pixels");
    legend.push_back({"pixels", "pixels, AUROC " + shown(r, "pixel_auroc")});
  } else {
    legend.push_back({"none", "– pixels: " + why_incomplete(r, Ranked::pixels)});
  }
  if (!category.image_roc.empty()) {
    plot.line(points_of(category.image_roc), "curve images");
    legend.insert(legend.begin(), {"images", "images, AUROC " + shown(r, "image_auroc")});
    const double alarms = share_above(category.good, category.threshold);
    const double found = share_above(category.defective, category.threshold);
    plot.dot(alarms, found, "operating", "threshold " + fixed(category.threshold, 2));
    legend.push_back({"operating", "threshold: " + fixed(100 * found, 1) + " % found, " +
                                       fixed(100 * alarms, 1) + " % false alarms"});
  } else {
    legend.insert(legend.begin(), {"none", "– images: " + why_incomplete(r, Ranked::images)});
  }
  return chart_figure(kTitle, plot.svg("ROC curves of images and pixels"), legend);
}

std::string pro_chart(const CategoryReport& category) {
  constexpr const char* kTitle = "PRO curve";
  const CategoryResult& r = category.result;
  if (category.pro.empty())
    return chart_figure(kTitle, missing(why_incomplete(r, Ranked::pixels)), {});

  Plot plot(share_axis("False-positive rate of pixels", kProChartEnd),
            share_axis("Per-region overlap"));
  plot.area(cut(category.pro, 0.3), "area wide");
  plot.area(cut(category.pro, 0.05), "area narrow");
  plot.mark(0.05, "0.05", "limit");
  plot.mark(0.3, "0.3", "limit");
  plot.line(points_of(category.pro), "curve pixels");
  const std::vector<LegendEntry> legend{{"wide", "PRO to 0.3: " + shown(r, "au_pro")},
                                        {"narrow", "PRO to 0.05: " + shown(r, "au_pro_05")}};
  return chart_figure(kTitle, plot.svg("PRO curve with the limits 0.05 and 0.3"), legend);
}

}  // namespace mvga::tool
