// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/examples.h"

#include "core/base/error.h"
#include "tools/drawing/picture.h"
#include "tools/evaluation/ground_truth.h"
#include "tools/report/html.h"

namespace mvga::tool {
namespace {

// On a page as wide as a large screen, two examples of three pictures share a row.
constexpr int kLongestSide = 400;
// Pictures broader than this, width over height, have the row to themselves.
constexpr double kBroad = 1.5;

std::string panel(const Picture& picture, std::string_view name, std::string_view caption) {
  return "<figure><img src=\"" + data_uri(picture.encoded(PictureFormat::jpeg), "image/jpeg") +
         "\" width=\"" + std::to_string(picture.width()) + "\" height=\"" +
         std::to_string(picture.height()) + "\" alt=\"" + escaped(name) + ": " + escaped(caption) +
         "\"><figcaption>" + escaped(caption) + "</figcaption></figure>\n";
}

std::string truth_panel(const Highlight& shown, const Frame& frame, const std::string& name) {
  if (!shown.picture.mask)
    return "<figure><div class=\"no-mask\">– no mask</div><figcaption>ground truth"
           "</figcaption></figure>\n";
  Picture truth(frame, kLongestSide);
  truth.outline(read_ground_truth(*shown.picture.mask).mask);
  return panel(truth, name, "ground truth");
}

std::string panels(const Highlight& shown, const std::string& name, int bits,
                   overlay::OverlayPainter& painter) {
  const Frame frame = read_picture(shown.picture.file, bits);
  const Picture plain(frame, kLongestSide);
  Picture heat(frame, kLongestSide);
  heat.draw(shown.detection, painter);
  std::string html = plain.width() > kBroad * plain.height() ? "<div class=\"panels broad\">\n"
                                                             : "<div class=\"panels\">\n";
  html += panel(plain, name, "picture") + panel(heat, name, "heat map");
  if (!shown.picture.good()) html += truth_panel(shown, frame, name);
  return html + "</div>\n";
}

std::string verdict(const Highlight& shown) {
  const bool anomalous = shown.detection.anomalous;
  if (shown.picture.good())
    return anomalous ? "<span class=\"verdict wrong\">false alarm</span>"
                     : "<span class=\"verdict right\">passed</span>";
  return anomalous ? "<span class=\"verdict right\">found</span>"
                   : "<span class=\"verdict wrong\">missed</span>";
}

std::string numbers(const Highlight& shown) {
  std::string text = "score " + fixed(shown.detection.score, 2) + ", threshold " +
                     fixed(shown.detection.threshold, 2);
  if (shown.covered)
    text += "; " + fixed(100 * *shown.covered, 0) + " % of the defect is inside the contour";
  return text;
}

}  // namespace

std::string example(const Highlight& shown, std::string_view rank, int bits,
                    overlay::OverlayPainter& painter) {
  const std::string name = shown.picture.kind + "/" + shown.picture.file.filename().string();
  std::string html = "<article>\n<header><strong>" + escaped(rank) + "</strong> <span>" +
                     escaped(name) + "</span> " + verdict(shown) + "</header>\n";
  try {
    html += panels(shown, name, bits, painter);
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::unreadable && e.kind() != ErrorKind::not_found) throw;
    html += "<p class=\"missing\">– " + escaped(e.what()) + "</p>\n";
  }
  return html + "<p class=\"numbers\">" + numbers(shown) + "</p>\n</article>\n";
}

std::string colour_scale(const overlay::OverlaySettings& settings) {
  constexpr int kStops = 16;
  const overlay::HeatTable table = overlay::heat_table(settings.colormap, settings.alpha);
  std::string stops;
  for (int i = 0; i <= kStops; ++i) {
    const overlay::Rgb c = overlay::colour(settings.colormap, static_cast<double>(i) / kStops);
    const double opacity =
        (table.at(static_cast<std::size_t>(255 * i / kStops)) >> 24) / (255 * settings.alpha);
    stops += ",rgba(" + fixed(255 * c.red, 0) + "," + fixed(255 * c.green, 0) + "," +
             fixed(255 * c.blue, 0) + "," + fixed(opacity, 2) + ")";
  }
  return R"(<div class="scale"><div style="background:linear-gradient(90deg)" + stops +
         ")\"></div><span>end of the normal range</span><span>threshold</span>"
         "<span>twice as far</span></div>\n";
}

}  // namespace mvga::tool
