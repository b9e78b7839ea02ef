// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/table.h"

#include <glib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "core/base/plain_text.h"
#include "core/metrics/catalogue.h"
#include "tools/evaluation/figures.h"

namespace mvga::tool {
namespace {

constexpr const char* kMissing = "-";
constexpr std::string_view kTimeHeading = "ms an image";
constexpr std::string_view kF1Heading = "F1";
constexpr std::size_t kF1Width = 7;

std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(g_utf8_strlen(text.data(), static_cast<gssize>(text.size())));
}

std::string format(double value, int digits) {
  if (std::isnan(value)) return kMissing;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

/// Right-aligned, as numbers and what stands over them are.
std::string padded(std::string_view text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ').append(text);
}

/// Left-aligned, as names are: of anything that a folder may be called.
std::string name_cell(const std::string& name, std::size_t width) {
  const std::string text = one_line(name);
  return text + std::string(width - std::min(width, columns_of(text)), ' ');
}

std::size_t width_under(std::string_view heading) {
  return heading.size() + 2;
}

std::string verdict_column(const CategoryResult& r, const Verdicts& count) {
  return padded(r.judged ? std::to_string(r.verdicts.*count.value) : kMissing,
                width_under(count.heading));
}

}  // namespace

std::string name_of_part(const std::string& part) {
  return "  " + part;
}

std::vector<const Extra*> extras_of(const std::vector<Category>& categories) {
  const auto any = [&](bool (*has)(const Category&)) {
    return std::any_of(categories.begin(), categories.end(), has);
  };
  const bool saturated = any([](const Category& c) { return c.defects != nullptr; });
  const bool segmented = any([](const Category& c) { return !c.validation.empty(); });
  std::vector<const Extra*> extras;
  for (const Extra& extra : kExtras)
    if (extra.saturated != nullptr ? saturated : segmented) extras.push_back(&extra);
  return extras;
}

Table::Table(const std::vector<std::string>& names, const std::vector<const Extra*>& extras) {
  for (const Extra* extra : extras)
    if (!extra->heading.empty()) extras_.push_back(extra);
  for (const std::string& name : names)
    width_of_names_ = std::max(width_of_names_, columns_of(one_line(name)));
}

std::string Table::heading() const {
  std::string text = name_cell("category", width_of_names_);
  for (const Count& count : kCounts)
    if (count.has_column()) text += padded(count.heading, width_under(count.heading));
  for (const Metric& m : metrics()) text += padded(m.heading, m.width);
  for (const Extra* extra : extras_) text += padded(extra->heading, width_under(extra->heading));
  text += padded(kF1Heading, kF1Width);
  for (const Verdicts& count : kVerdicts)
    if (!count.heading.empty()) text += padded(count.heading, width_under(count.heading));
  return text + padded(kTimeHeading, width_under(kTimeHeading)) + "\n";
}

std::string Table::metric_cells(const CategoryResult& r) const {
  std::string text;
  for (const Metric& m : metrics()) text += padded(format(r.metrics[m.key], m.digits), m.width);
  for (const Extra* extra : extras_)
    text += padded(format(extra->of(r), 1), width_under(extra->heading));
  return text + padded(format(r.f1, 1), kF1Width);
}

std::string Table::row(const CategoryResult& r) const {
  std::string text = only_row(r);
  for (CategoryResult part : r.parts) {
    part.name = name_of_part(part.name);
    text += only_row(part);
  }
  return text;
}

std::string Table::only_row(const CategoryResult& r) const {
  std::string text = name_cell(r.name, width_of_names_);
  for (const Count& count : kCounts)
    if (count.has_column())
      text += padded(std::to_string(r.*count.value), width_under(count.heading));
  text += metric_cells(r);
  for (const Verdicts& count : kVerdicts)
    if (!count.heading.empty()) text += verdict_column(r, count);
  return text + padded(format(1000 * r.seconds_per_image, 1), width_under(kTimeHeading)) + "\n";
}

std::string Table::deviation_row(const std::string& name, const CategoryResult& deviation) const {
  std::string text = name_cell(name, width_of_names_);
  for (const Count& count : kCounts)
    if (count.has_column()) text += padded("", width_under(count.heading));
  return text + metric_cells(deviation) + "\n";
}

std::string table(const std::vector<CategoryResult>& results) {
  std::vector<std::string> names;
  names.reserve(results.size());
  for (const CategoryResult& r : results) names.push_back(r.name);
  const Table shown(names);
  std::string text = shown.heading();
  for (const CategoryResult& r : results) text += shown.row(r);
  return text + shown.row(mean_of(results));
}

}  // namespace mvga::tool
