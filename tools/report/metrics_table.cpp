// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/metrics_table.h"

#include <algorithm>

#include "tools/evaluation/missing_metrics.h"
#include "tools/report/html.h"

namespace mvga::tool {
namespace {

std::string cell(const std::string& text) {
  return "<td>" + text + "</td>";
}

std::string cell(double value, int digits, const std::string& why_missing = "") {
  if (why_missing.empty()) return cell(fixed(value, digits));
  return "<td title=\"" + escaped(why_missing) + "\">" + fixed(value, digits) + "</td>";
}

std::string row(const CategoryResult& r, const std::string& name) {
  const std::string no_image = why_no_image_auroc(r);
  const std::string no_pixel = why_no_pixel_metrics(r);
  return "<tr><th scope=\"row\">" + name + "</th>" + cell(std::to_string(r.n_train)) +
         cell(std::to_string(r.n_good)) + cell(std::to_string(r.n_defect)) +
         cell(r.image_auroc, 2, no_image) + cell(r.image_f1_max, 1) + cell(r.image_ap, 1) +
         cell(r.pixel_auroc, 2, no_pixel) + cell(r.au_pro, 1, no_pixel) +
         cell(r.au_pro_05, 1, no_pixel) + cell(r.pixel_ap, 1, no_pixel) +
         cell(1000 * r.seconds_per_image, 0) + "</tr>\n";
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
  std::string html =
      "<div class=\"scroll\"><table>\n<thead>\n<tr><th></th><th colspan=\"3\">Pictures</th>"
      "<th colspan=\"3\">Images</th><th colspan=\"4\">Pixels</th><th></th></tr>\n"
      "<tr><th scope=\"col\">Category</th><th>train</th><th>good</th><th>defective</th>"
      "<th>AUROC</th><th>best F1</th><th>AP</th><th>AUROC</th><th>PRO</th><th>PRO to 0.05</th>"
      "<th>AP</th><th>ms an image</th></tr>\n</thead>\n<tbody>\n";
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
