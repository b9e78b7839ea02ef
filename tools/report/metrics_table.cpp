// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/metrics_table.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/metrics/catalogue.h"
#include "tools/evaluation/figures.h"
#include "tools/evaluation/missing_metrics.h"
#include "tools/report/html.h"

namespace mvga::tool {
namespace {

std::string heading(std::string_view title) {
  return "<th>" + escaped(title) + "</th>";
}

std::string group(std::string_view title, std::size_t columns) {
  return "<th colspan=\"" + std::to_string(columns) + "\">" + escaped(title) + "</th>";
}

std::size_t columns_of(Ranked ranked) {
  return static_cast<std::size_t>(std::count_if(
      metrics().begin(), metrics().end(), [&](const Metric& m) { return m.ranked == ranked; }));
}

std::string head() {
  std::size_t counts = 0;
  std::string titles;
  for (const Count& count : kCounts) {
    if (!count.has_column()) continue;
    ++counts;
    titles += heading(count.title);
  }
  for (const Metric& m : metrics()) titles += heading(m.title);
  return "<thead>\n<tr><th></th>" + group("Pictures", counts) +
         group("Images", columns_of(Ranked::images)) + group("Pixels", columns_of(Ranked::pixels)) +
         "<th></th></tr>\n<tr><th scope=\"col\">Category</th>" + titles + heading("ms an image") +
         "</tr>\n</thead>\n";
}

std::string cell(const std::string& text) {
  return "<td>" + text + "</td>";
}

std::string cell(const CategoryResult& r, const Metric& metric) {
  const double value = r.metrics[metric.key];
  const std::string why = std::isnan(value) ? why_incomplete(r, metric.ranked) : "";
  if (why.empty()) return cell(fixed(value, metric.digits));
  return "<td title=\"" + escaped(why) + "\">" + fixed(value, metric.digits) + "</td>";
}

std::string row(const CategoryResult& r, const std::string& name) {
  std::string html = "<tr><th scope=\"row\">" + name + "</th>";
  for (const Count& count : kCounts)
    if (count.has_column()) html += cell(std::to_string(r.*count.value));
  for (const Metric& m : metrics()) html += cell(r, m);
  return html + cell(fixed(1000 * r.seconds_per_image, 0)) + "</tr>\n";
}

void add_notes(const CategoryResult& r, std::vector<std::string>& notes) {
  const auto note = [&](const std::string& text) { notes.push_back(r.name + ": " + text); };
  for (const std::string& reason : missing_metrics(r)) note(reason);
  if (r.n_unreadable > 0)
    note(counted(r.n_unreadable, "picture") + " could not be read and " +
         (r.n_unreadable == 1 ? "was" : "were") + " passed over");
}

}  // namespace

std::string section_id(std::size_t category) {
  return "category-" + std::to_string(category + 1);
}

std::string metrics_table(const std::vector<CategoryReport>& categories) {
  std::string html = "<div class=\"scroll\"><table>\n" + head() + "<tbody>\n";
  std::vector<CategoryResult> results;
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    const CategoryResult& r = categories[i].result;
    results.push_back(r);
    html += row(r, "<a href=\"#" + section_id(i) + "\">" + escaped(r.name) + "</a>");
    add_notes(r, notes);
  }
  html += "</tbody>\n<tfoot>\n" + row(mean_of(results), "Mean") + "</tfoot>\n</table></div>\n";
  if (!notes.empty()) html += "<ul class=\"notes\">\n";
  for (const std::string& note : notes) html += "<li>" + escaped(note) + ".</li>\n";
  if (!notes.empty()) html += "</ul>\n";
  return html;
}

}  // namespace mvga::tool
