// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/page.h"

#include <cmath>

#include "tools/report/charts.h"
#include "tools/report/html.h"
#include "tools/report/metrics_table.h"
#include "tools/report/style.h"

namespace mvga::tool {
namespace {

std::string head(const std::string& title) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
         escaped(title) + "</title>\n<style>" + kPageStyle + "</style>\n</head>\n";
}

std::string facts_list(const RunFacts& facts) {
  std::string html = "<dl>\n";
  for (const auto& [name, value] : facts)
    html += "<div><dt>" + escaped(name) + "</dt><dd>" + escaped(value) + "</dd></div>\n";
  return html + "</dl>\n";
}

/// "Learned from 209 pictures in 31 s. Found: 60 of 63 defective pictures. ..."
std::string summary(const CategoryReport& category) {
  std::size_t good = 0;
  std::size_t defective = 0;
  for (const KindReport& kind : category.kinds) (kind.good ? good : defective) += kind.anomalous;
  std::string text = "Learned from " + counted(category.result.n_train, "picture");
  if (category.result.seconds_fit > 0)  // a model that was there before took none
    text += " in " + fixed(category.result.seconds_fit, 0) + " s";
  text += ".";
  const auto add = [&](const char* what, std::size_t some, std::size_t all, const char* kind) {
    if (all > 0)
      text.append(" ").append(what).append(": <strong>" + std::to_string(some) + " of " +
                                           std::to_string(all) + "</strong> " + kind + ".");
  };
  add("Found at the threshold", defective, category.defective.size(), "defective pictures");
  add("False alarms", good, category.good.size(), "good pictures");
  if (!std::isnan(category.result.f1))
    text += " F1 of these verdicts: <strong>" + fixed(category.result.f1, 1) + " %</strong>.";
  return "<p>" + text + "</p>\n";
}

std::string kind_section(const KindReport& kind) {
  const std::string counts = kind.good ? counted(kind.pictures, "picture") + ", " +
                                             std::to_string(kind.anomalous) + " above the threshold"
                                       : std::to_string(kind.anomalous) + " of " +
                                             counted(kind.pictures, "picture") + " found";
  return "<h3>" + escaped(kind.name) + " <small>" + counts + "</small></h3>\n" +
         "<div class=\"examples\">\n" + kind.examples + "</div>\n";
}

std::string category_section(const CategoryReport& category, std::size_t number) {
  std::string html = "<section id=\"" + section_id(number) + "\">\n<h2>" +
                     escaped(category.result.name) + "</h2>\n" + summary(category) +
                     "<div class=\"charts\">\n" + roc_chart(category) + pro_chart(category) +
                     score_histogram(category) + "</div>\n";
  for (const KindReport& kind : category.kinds) html += kind_section(kind);
  return html + "</section>\n";
}

std::string reading_aid(const std::string& colours) {
  return "<section>\n<h2>How to read the pictures</h2>\n"
         "<p>Of each kind of defect two pictures are shown: the one that is found best, with the "
         "<strong>highest</strong> image score, and the one that is found worst, with the "
         "<strong>lowest</strong>. Of the good pictures it is the one with the highest score, the "
         "next to raise a false alarm. Heat maps run over a fixed scale that "
         "belongs to the category's model, not to the picture: the colours of two pictures can be "
         "compared. The <span class=\"line contour\"></span> white contour is where the map "
         "passes its threshold, the <span class=\"line truth\"></span> magenta line is the edge of "
         "the ground truth.</p>\n" +
         colours + "</section>\n";
}

}  // namespace

std::string page(const RunFacts& facts, const std::vector<CategoryReport>& categories,
                 const std::string& colours) {
  const std::string title =
      categories.size() == 1 ? "Evaluation of " + categories.front().result.name
                             : "Evaluation of " + std::to_string(categories.size()) + " categories";
  std::string html = head(title) + "<body>\n<main>\n<h1>" + escaped(title) + "</h1>\n" +
                     facts_list(facts) + "<section>\n<h2>Metrics</h2>\n" +
                     metrics_table(categories) +
                     "<p class=\"notes\">All in percent. AUROC: area under the ROC curve. AP: "
                     "average precision. PRO: per-region overlap, the normalised area under its "
                     "curve up to a false-positive rate of 0.3. Pixels are measured at the "
                     "pictures' own resolution, over the good pictures and those with a "
                     "mask.</p>\n</section>\n" +
                     reading_aid(colours);
  for (std::size_t i = 0; i < categories.size(); ++i) html += category_section(categories[i], i);
  return html + "</main>\n</body>\n</html>\n";
}

}  // namespace mvga::tool
