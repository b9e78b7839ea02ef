// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/label.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "gst/drawing/canvas.h"

namespace mvga::overlay {
namespace {

constexpr int smallest_frame = 96;
// Font size in pixels: a share of the frame's height within readable limits.
constexpr double font_share = 0.026;
constexpr double smallest_font = 13;
constexpr double largest_font = 64;

struct Colour {
  double red, green, blue, alpha;
};
constexpr Colour background{0.06, 0.07, 0.09, 0.72};
constexpr Colour normal_pill{0.11, 0.53, 0.27, 1};
constexpr Colour anomaly_pill{0.82, 0.14, 0.13, 1};
constexpr Colour learning_pill{0.13, 0.38, 0.72, 1};
constexpr Colour white{1, 1, 1, 1};
constexpr Colour amber{1, 0.78, 0.33, 1};

const Colour& colour_of(LabelText::Pill pill) {
  switch (pill) {
    case LabelText::Pill::normal:
      return normal_pill;
    case LabelText::Pill::anomaly:
      return anomaly_pill;
    case LabelText::Pill::learning:
      break;
  }
  return learning_pill;
}

void set_colour(cairo_t* cairo, const Colour& c) {
  cairo_set_source_rgba(cairo, c.red, c.green, c.blue, c.alpha);
}

/// As many decimals as a reader needs, with a point in every locale.
std::string number(double value) {
  const double size = std::abs(value);
  const char* format = size < 100 ? "%.2f" : size < 1000 ? "%.1f" : size < 1e7 ? "%.0f" : "%.3g";
  std::array<char, G_ASCII_DTOSTR_BUF_SIZE> text = {};
  return g_ascii_formatd(text.data(), text.size(), format, value);
}

void rounded_rectangle(cairo_t* cairo, double x, double y, double width, double height,
                       double radius) {
  constexpr double quarter = std::numbers::pi / 2;
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, x + width - radius, y + radius, radius, -quarter, 0);
  cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, quarter);
  cairo_arc(cairo, x + radius, y + height - radius, radius, quarter, 2 * quarter);
  cairo_arc(cairo, x + radius, y + radius, radius, 2 * quarter, 3 * quarter);
  cairo_close_path(cairo);
}

/// One run of text, laid out and measured.
struct Words {
  LayoutPtr layout;
  Colour colour;
  double width = 0;
};

Words words(cairo_t* cairo, const std::string& markup, double font_size, PangoWeight weight,
            const Colour& colour) {
  const FontPtr font(pango_font_description_from_string("Sans"));
  pango_font_description_set_weight(font.get(), weight);
  pango_font_description_set_absolute_size(font.get(), font_size * PANGO_SCALE);
  Words result{LayoutPtr(pango_cairo_create_layout(cairo)), colour};
  pango_layout_set_font_description(result.layout.get(), font.get());
  pango_layout_set_markup(result.layout.get(), markup.c_str(), -1);
  PangoRectangle extents;
  pango_layout_get_extents(result.layout.get(), nullptr, &extents);
  result.width = static_cast<double>(extents.width) / PANGO_SCALE;
  return result;
}

std::string escaped(const std::string& text) {
  const gst::String result(g_markup_escape_text(text.c_str(), -1));
  return result.get();
}

/// The figures stand out from what they are called.
std::string numbers_markup(const LabelText& text) {
  std::string markup;
  for (const auto& [name, value] : text.figures) {
    if (!markup.empty()) markup += "   ";
    markup.append("<span alpha=\"68%\">").append(name).append("</span> ").append(value);
  }
  return markup;
}

/// Puts the baseline so that capitals and digits stand in the middle of the line.
void show(cairo_t* cairo, const Words& w, double x, double middle, double cap_height) {
  const double baseline =
      static_cast<double>(pango_layout_get_baseline(w.layout.get())) / PANGO_SCALE;
  set_colour(cairo, w.colour);
  cairo_move_to(cairo, x, std::round(middle + cap_height / 2) - baseline);
  pango_cairo_show_layout(cairo, w.layout.get());
}

double cap_height(const Words& w) {
  PangoRectangle ink;
  pango_layout_get_extents(w.layout.get(), &ink, nullptr);
  return static_cast<double>(ink.height) / PANGO_SCALE;
}

RectanglePtr draw(const LabelText& text, int frame_width, int frame_height) {
  if (frame_width < smallest_frame) return nullptr;
  const double font = std::clamp(font_share * frame_height, smallest_font, largest_font);
  const double margin = std::round(std::max(0.022 * frame_height, 4.0));
  const double height = std::round(1.9 * font);
  const double inset = std::round(0.22 * font);  // of the pill in the background
  const double padding = 0.6 * font;             // of the words in the pill
  const double gap = 0.7 * font;
  if (height + 2 * margin > frame_height) return nullptr;

  Canvas scratch(1, 1);
  const CairoPtr measure = scratch.cairo();
  const Words verdict = words(measure.get(), text.verdict, 0.92 * font, PANGO_WEIGHT_BOLD, white);
  std::vector<Words> rest;
  rest.push_back(words(measure.get(), numbers_markup(text), font, PANGO_WEIGHT_NORMAL, white));
  if (!text.note.empty()) {
    rest.push_back(words(measure.get(), escaped(text.note), font, PANGO_WEIGHT_NORMAL, amber));
  }

  // What does not fit is left out from the end: first the note, then the numbers.
  const double room = frame_width - 2 * margin;
  const double pill_width = verdict.width + 2 * padding;
  const auto total_width = [&] {
    double width = pill_width + 2 * inset;
    for (const Words& w : rest) width += gap + w.width;
    return std::ceil(rest.empty() ? width : width + gap - inset);
  };
  while (!rest.empty() && total_width() > room) rest.pop_back();
  if (total_width() > room) return nullptr;

  const double width = total_width();
  Canvas canvas(static_cast<int>(width), static_cast<int>(height));
  {
    const CairoPtr context = canvas.cairo();
    cairo_t* cairo = context.get();
    const double radius = 0.3 * height;
    rounded_rectangle(cairo, 0, 0, width, height, radius);
    set_colour(cairo, background);
    cairo_fill(cairo);
    rounded_rectangle(cairo, inset, inset, pill_width, height - 2 * inset, radius - inset);
    set_colour(cairo, colour_of(text.pill));
    cairo_fill(cairo);

    const double middle = height / 2;
    const double capitals = cap_height(verdict);
    show(cairo, verdict, inset + padding, middle, capitals);
    double x = inset + pill_width + gap;
    for (const Words& w : rest) {
      show(cairo, w, x, middle, capitals);
      x += w.width + gap;
    }
  }
  const int left = static_cast<int>(margin);
  const PixelRect place{left, left, canvas.width(), canvas.height()};
  return std::move(canvas).take_rectangle(place);
}

}  // namespace

LabelText label_text(const Detection& detection, const std::string& status_note) {
  LabelText text;
  text.pill = detection.anomalous ? LabelText::Pill::anomaly : LabelText::Pill::normal;
  text.verdict = detection.anomalous ? "ANOMALY" : "NORMAL";
  text.figures = {{"score", number(detection.score)}, {"limit", number(detection.threshold)}};
  text.note = status_note;
  return text;
}

LabelText learning_text(std::uint64_t learned_frames, std::uint64_t wanted_frames) {
  LabelText text;
  text.pill = LabelText::Pill::learning;
  text.verdict = "LEARNING";
  text.figures = {{"frame", std::to_string(learned_frames)}, {"of", std::to_string(wanted_frames)}};
  return text;
}

GstVideoOverlayRectangle* Label::rectangle(const LabelText& text, int frame_width,
                                           int frame_height) {
  if (text != text_ || frame_width != frame_width_ || frame_height != frame_height_) {
    rectangle_ = draw(text, frame_width, frame_height);
    text_ = text;
    frame_width_ = frame_width;
    frame_height_ = frame_height;
  }
  return rectangle_.get();
}

}  // namespace mvga::overlay
