// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/pictures/drawing.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace mvga::distill {
namespace {

constexpr Colour white{1, 1, 1};

struct Point {
  float x, y;
};

Point anywhere(Random& random, int size) {
  const auto side = static_cast<float>(size);
  return {random.between(-0.05F, 1.05F) * side, random.between(-0.05F, 1.05F) * side};
}

void blob(Random& random, cairo_t* pen, Point at, float radius) {
  constexpr int points = 9;
  const float unevenness = random.between(0.1F, 0.6F);
  std::array<Point, points> around{};
  for (int i = 0; i < points; ++i) {
    const float r = radius * (1 - unevenness * random.uniform());
    const float a = 2 * pi * static_cast<float>(i) / points;
    around[i] = {at.x + r * std::cos(a), at.y + r * std::sin(a)};
  }
  // A closed spline through the points (Catmull and Rom).
  cairo_move_to(pen, around[0].x, around[0].y);
  for (int i = 0; i < points; ++i) {
    const Point p0 = around[(i + points - 1) % points];
    const Point p1 = around[i];
    const Point p2 = around[(i + 1) % points];
    const Point p3 = around[(i + 2) % points];
    cairo_curve_to(pen, p1.x + (p2.x - p0.x) / 6, p1.y + (p2.y - p0.y) / 6,
                   p2.x - (p3.x - p1.x) / 6, p2.y - (p3.y - p1.y) / 6, p2.x, p2.y);
  }
  cairo_close_path(pen);
}

void polygon(cairo_t* pen, Point at, float radius, int corners, float angle, float inner) {
  for (int i = 0; i < corners; ++i) {
    const float a = angle + 2 * pi * static_cast<float>(i) / static_cast<float>(corners);
    const float r = i % 2 == 0 ? radius : radius * inner;
    cairo_line_to(pen, at.x + r * std::cos(a), at.y + r * std::sin(a));
  }
  cairo_close_path(pen);
}

void rounded_box(cairo_t* pen, Point at, float width, float height, float angle, float rounding) {
  cairo_save(pen);
  cairo_translate(pen, at.x, at.y);
  cairo_rotate(pen, angle);
  const float w = width / 2;
  const float h = height / 2;
  const float r = std::min(w, h) * rounding;
  cairo_new_sub_path(pen);
  cairo_arc(pen, w - r, h - r, r, 0, pi / 2);
  cairo_arc(pen, r - w, h - r, r, pi / 2, pi);
  cairo_arc(pen, r - w, r - h, r, pi, 1.5F * pi);
  cairo_arc(pen, w - r, r - h, r, 1.5F * pi, 2 * pi);
  cairo_close_path(pen);
  cairo_restore(pen);
}

void ellipse(cairo_t* pen, Point at, float width, float height, float angle) {
  rounded_box(pen, at, width, height, angle, 1);
}

/// Adds the outline of some shape to the path.
void shape(Random& random, cairo_t* pen, Point at, float radius) {
  const float angle = random.chance(0.3F) ? 0 : random.angle();
  const float aspect = random.ratio_between(0.35F, 1);
  switch (random.below(6)) {
    case 0:
      cairo_new_sub_path(pen);
      cairo_arc(pen, at.x, at.y, radius, 0, 2 * pi);
      break;
    case 1:
      rounded_box(pen, at, 1.7F * radius, 1.7F * radius * aspect, angle,
                  random.chance(0.5F) ? 0 : random.between(0.1F, 1));
      break;
    case 2:
      polygon(pen, at, radius, random.from_to(3, 8), angle, 1);
      break;
    case 3: {
      const float inner = random.between(0.4F, 0.95F);
      polygon(pen, at, radius, 2 * random.from_to(4, 14), angle, inner);
      break;
    }
    case 4:
      ellipse(pen, at, 2 * radius, 2 * radius * aspect, angle);
      break;
    default:
      blob(random, pen, at, radius);
  }
}

/// A sign of a few strokes within a box of one.
class Sign {
 public:
  explicit Sign(Random& random) {
    const auto place = [&] {
      return Point{0.5F * static_cast<float>(random.below(3)),
                   0.5F * static_cast<float>(random.below(3))};
    };
    const int count = random.from_to(1, 4);
    for (int i = 0; i < count; ++i)
      strokes_.push_back({place(), place(), random.chance(0.4F) ? random.between(-0.6F, 0.6F) : 0});
  }

  void draw(cairo_t* pen, Point at, float width, float height) const {
    for (const Stroke& s : strokes_) {
      const Point from{at.x + s.from.x * width, at.y + s.from.y * height};
      const Point to{at.x + s.to.x * width, at.y + s.to.y * height};
      const Point side{(from.y - to.y) * s.bend, (to.x - from.x) * s.bend};
      cairo_move_to(pen, from.x, from.y);
      cairo_curve_to(pen, from.x + side.x, from.y + side.y, to.x + side.x, to.y + side.y, to.x,
                     to.y);
    }
    cairo_stroke(pen);
  }

 private:
  struct Stroke {
    Point from, to;
    float bend;
  };
  std::vector<Stroke> strokes_;
};

/// A line that wanders.
void wander(Random& random, cairo_t* pen, Point from, float length, float crookedness) {
  constexpr int pieces = 8;
  float direction = random.angle();
  cairo_move_to(pen, from.x, from.y);
  for (int i = 0; i < pieces; ++i) {
    direction += crookedness * random.normal();
    from.x += length / pieces * std::cos(direction);
    from.y += length / pieces * std::sin(direction);
    cairo_line_to(pen, from.x, from.y);
  }
}

/// Draws `body` turned around the middle.
template <typename Body>
void turned(const Canvas& canvas, int size, float angle, const Body& body) {
  const float middle = 0.5F * static_cast<float>(size);
  cairo_save(canvas.pen());
  cairo_translate(canvas.pen(), middle, middle);
  cairo_rotate(canvas.pen(), angle);
  cairo_translate(canvas.pen(), -middle, -middle);
  body();
  cairo_restore(canvas.pen());
}

float upright_or_any(Random& random) {
  return random.chance(0.6F) ? random.between(-0.05F, 0.05F) : random.angle();
}

void bars(Random& random, cairo_t* pen, Point at, float width, float height) {
  for (float x = 0; x < width;) {
    const float bar = random.ratio_between(1, 6);
    cairo_rectangle(pen, at.x + x, at.y, bar, height);
    x += bar + random.ratio_between(1, 6);
  }
  cairo_fill(pen);
}

void matrix(Random& random, cairo_t* pen, Point at, float side) {
  const int modules = random.from_to(8, 21);
  const float module = side / static_cast<float>(modules);
  for (int y = 0; y < modules; ++y)
    for (int x = 0; x < modules; ++x)
      if (random.chance(0.5F))
        cairo_rectangle(pen, at.x + module * static_cast<float>(x),
                        at.y + module * static_cast<float>(y), module, module);
  cairo_fill(pen);
}

void tracks(Random& random, cairo_t* pen, int size) {
  const float pitch = random.ratio_between(6, 24);
  for (int i = random.from_to(4, 25); i > 0; --i) {
    Point p = anywhere(random, size);
    p = {std::round(p.x / pitch) * pitch, std::round(p.y / pitch) * pitch};
    cairo_move_to(pen, p.x, p.y);
    int direction = random.below(8);
    for (int piece = random.from_to(1, 5); piece > 0; --piece) {
      const float a = pi / 4 * static_cast<float>(direction);
      const float length = pitch * static_cast<float>(random.from_to(1, 6));
      p = {p.x + length * std::cos(a), p.y + length * std::sin(a)};
      cairo_line_to(pen, p.x, p.y);
      direction += random.from_to(-1, 1);
    }
    cairo_stroke(pen);
    cairo_arc(pen, p.x, p.y, pitch * random.between(0.2F, 0.45F), 0, 2 * pi);
    cairo_fill(pen);
  }
}

void rings(cairo_t* pen, Point at, float radius) {
  while (radius > 2) {
    cairo_new_sub_path(pen);
    cairo_arc(pen, at.x, at.y, radius, 0, 2 * pi);
    radius *= 0.7F;
  }
  cairo_stroke(pen);
}

/// Puts signs at `from`, then to the right of it until `end`.
void line_of_signs(Random& random, cairo_t* pen, const std::vector<Sign>& alphabet, Point from,
                   float end, float height, float width) {
  while (from.x < end) {
    if (random.chance(0.85F))
      alphabet[random.below(static_cast<int>(alphabet.size()))].draw(pen, from, width, height);
    from.x += 1.35F * width;
  }
}

void printed_thing(Random& random, cairo_t* pen, int size) {
  const Point at = anywhere(random, size);
  const float extent = static_cast<float>(size) * random.ratio_between(0.06F, 0.4F);
  cairo_set_line_width(pen, random.ratio_between(1, 8));
  switch (random.below(6)) {
    case 0:
      bars(random, pen, at, extent, extent * random.between(0.2F, 0.8F));
      break;
    case 1:
      matrix(random, pen, at, extent);
      break;
    case 2:
      shape(random, pen, at, extent / 2);
      cairo_stroke(pen);
      break;
    case 3:
      shape(random, pen, at, extent / 2);
      cairo_fill(pen);
      break;
    case 4:
      rings(pen, at, extent / 2);
      break;
    default:
      cairo_move_to(pen, 0, at.y);
      cairo_line_to(pen, static_cast<float>(size), at.y);
      cairo_stroke(pen);
  }
}

}  // namespace

Canvas::Canvas(int size, const Colour& paper)
    : size_(size),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, size, size)),
      pen_(cairo_create(surface_.get())) {
  set_colour(paper);
  cairo_paint(pen());
  cairo_set_line_cap(pen(), CAIRO_LINE_CAP_ROUND);
}

void Canvas::set_colour(const Colour& colour, float alpha) const {
  cairo_set_source_rgba(pen(), colour[0], colour[1], colour[2], alpha);
}

const unsigned char* Canvas::pixels() const {
  cairo_surface_flush(surface_.get());
  return cairo_image_surface_get_data(surface_.get());
}

Picture Canvas::picture() const {
  const unsigned char* from = pixels();
  const int stride = cairo_image_surface_get_stride(surface_.get());
  Picture picture(size_);
  for (int y = 0; y < size_; ++y)
    for (int x = 0; x < size_; ++x)
      for (int c = 0; c < 3; ++c)
        picture.planes[c].at(x, y) = static_cast<float>(from[y * stride + 4 * x + 2 - c]) / 255;
  return picture;
}

Field Canvas::field() const {
  const unsigned char* from = pixels();
  const int stride = cairo_image_surface_get_stride(surface_.get());
  Field field(size_);
  for (int y = 0; y < size_; ++y)
    for (int x = 0; x < size_; ++x)
      field.at(x, y) = static_cast<float>(from[y * stride + 4 * x + 2]) / 255;
  return field;
}

Picture dead_leaves(Random& random, int size, const Palette& palette) {
  const Canvas canvas(size, palette.any(random));
  const float smallest = random.ratio_between(2, 16);
  const float largest = static_cast<float>(size) * random.between(0.2F, 0.5F);
  const int leaves = random.from_to(60, 500);
  const float kinds = random.uniform();
  cairo_set_line_width(canvas.pen(), random.ratio_between(0.5F, 3));
  const bool outlined = random.chance(0.3F);
  for (int i = 0; i < leaves; ++i) {
    // Density r^-3 between the two, the larger ones first so that the small ones are seen.
    const float share = random.uniform();
    const float low = 1 / (largest * largest);
    const float high = 1 / (smallest * smallest);
    const float radius = 1 / std::sqrt(low + share * (high - low));
    const Point at = anywhere(random, size);
    if (random.uniform() < kinds) {
      const float angle = random.angle();
      ellipse(canvas.pen(), at, 2 * radius, 2 * radius * random.between(0.3F, 1), angle);
    } else {
      shape(random, canvas.pen(), at, radius);
    }
    const Colour colour = palette.near_any(random);
    if (random.chance(0.25F)) {
      const float a = random.angle();
      const Colour other = palette.near_any(random);
      cairo_pattern_t* shading =
          cairo_pattern_create_linear(at.x - radius * std::cos(a), at.y - radius * std::sin(a),
                                      at.x + radius * std::cos(a), at.y + radius * std::sin(a));
      cairo_pattern_add_color_stop_rgb(shading, 0, colour[0], colour[1], colour[2]);
      cairo_pattern_add_color_stop_rgb(shading, 1, other[0], other[1], other[2]);
      cairo_set_source(canvas.pen(), shading);
      cairo_pattern_destroy(shading);
    } else {
      canvas.set_colour(colour);
    }
    cairo_fill_preserve(canvas.pen());
    if (outlined) {
      canvas.set_colour({0.1F, 0.1F, 0.1F}, 0.6F);
      cairo_stroke_preserve(canvas.pen());
    }
    cairo_new_path(canvas.pen());
  }
  return canvas.picture();
}

Field fibres(Random& random, int size) {
  const Canvas canvas(size, {0.5F, 0.5F, 0.5F});
  const float direction = random.angle();
  const float spread = random.chance(0.5F) ? pi : random.between(0.02F, 0.6F);
  const float length = random.ratio_between(6, 120);
  cairo_set_line_width(canvas.pen(), random.ratio_between(0.6F, 4));
  for (int i = random.from_to(150, 900); i > 0; --i) {
    const Point at = anywhere(random, size);
    const float a = direction + spread * random.between(-1, 1);
    const float l = length * random.between(0.3F, 1);
    const Point to{at.x + l * std::cos(a), at.y + l * std::sin(a)};
    const float bend = 0.2F * l * random.between(-1, 1);
    const float grey = random.uniform();
    canvas.set_colour({grey, grey, grey}, random.between(0.2F, 0.9F));
    cairo_move_to(canvas.pen(), at.x, at.y);
    cairo_curve_to(canvas.pen(), at.x + bend, at.y - bend, to.x + bend, to.y - bend, to.x, to.y);
    cairo_stroke(canvas.pen());
  }
  return canvas.field();
}

Field writing(Random& random, int size) {
  const Canvas canvas(size);
  canvas.set_colour(white);
  constexpr int signs = 24;
  std::vector<Sign> alphabet;
  alphabet.reserve(signs);
  for (int i = 0; i < signs; ++i) alphabet.emplace_back(random);
  const auto side = static_cast<float>(size);
  turned(canvas, size, upright_or_any(random), [&] {
    const float top = random.between(0, 0.7F) * side;
    const float bottom = random.between(0.3F, 1) * side;
    float y = top;
    while (y < bottom) {
      const float height = random.ratio_between(5, 40);
      const float width = height * random.between(0.5F, 0.8F);
      cairo_set_line_width(canvas.pen(), height * random.between(0.06F, 0.2F));
      const int lines = random.from_to(1, 4);
      for (int line = 0; line < lines && y < bottom; ++line) {
        const float x = random.chance(0.7F) ? 0.05F * side : random.between(0, 0.6F) * side;
        const float end = x + random.between(0.2F, 0.9F) * side;
        line_of_signs(random, canvas.pen(), alphabet, {x, y}, end, height, width);
        y += 1.6F * height;
      }
      y += height * random.between(0, 2);
    }
  });
  return canvas.field();
}

Field print(Random& random, int size) {
  const Canvas canvas(size);
  canvas.set_colour(white);
  turned(canvas, size, upright_or_any(random), [&] {
    if (random.chance(0.3F)) {
      cairo_set_line_width(canvas.pen(), random.ratio_between(1, 6));
      tracks(random, canvas.pen(), size);
    }
    for (int i = random.from_to(1, 12); i > 0; --i) printed_thing(random, canvas.pen(), size);
  });
  return canvas.field();
}

Field silhouette(Random& random, int size) {
  const Canvas canvas(size);
  canvas.set_colour(white);
  const auto side = static_cast<float>(size);
  const Point at{side * random.between(0.35F, 0.65F), side * random.between(0.35F, 0.65F)};
  const float radius = side * random.between(0.18F, 0.48F);
  for (int i = random.from_to(1, 3); i > 0; --i)
    shape(random, canvas.pen(),
          {at.x + 0.4F * radius * random.between(-1, 1),
           at.y + 0.4F * radius * random.between(-1, 1)},
          radius * random.between(0.5F, 1));
  cairo_fill(canvas.pen());
  canvas.set_colour({});
  for (int i = random.chance(0.5F) ? random.from_to(1, 5) : 0; i > 0; --i) {  // holes
    shape(random, canvas.pen(),
          {at.x + 0.6F * radius * random.between(-1, 1),
           at.y + 0.6F * radius * random.between(-1, 1)},
          radius * random.between(0.05F, 0.35F));
    cairo_fill(canvas.pen());
  }
  return canvas.field();
}

Field rows_of_parts(Random& random, int size) {
  const Canvas canvas(size);
  canvas.set_colour(white);
  const float pitch = static_cast<float>(size) * random.ratio_between(0.08F, 0.4F);
  const float radius = pitch * random.between(0.2F, 0.5F);
  const std::uint64_t same = random.bits();
  const bool alike = random.chance(0.7F);
  const float disorder = random.chance(0.5F) ? 0 : 0.2F * pitch;
  turned(canvas, size, upright_or_any(random), [&] {
    const float begin = -0.3F * static_cast<float>(size);
    const float end = 1.3F * static_cast<float>(size);
    float y = begin;
    while (y < end) {
      float x = begin;
      while (x < end) {
        Random its_own(same, alike ? 0 : random.bits());
        shape(its_own, canvas.pen(),
              {x + disorder * random.between(-1, 1), y + disorder * random.between(-1, 1)}, radius);
        cairo_fill(canvas.pen());
        x += pitch;
      }
      y += pitch;
    }
  });
  return canvas.field();
}

Field marks(Random& random, int size) {
  const Canvas canvas(size);
  const auto side = static_cast<float>(size);
  for (int i = random.from_to(1, 6); i > 0; --i) {
    canvas.set_colour(white, random.between(0.3F, 1));
    const Point at = anywhere(random, size);
    if (random.chance(0.6F)) {
      cairo_set_line_width(canvas.pen(), random.ratio_between(0.6F, 5));
      const float crookedness = random.chance(0.5F) ? 0.08F : 0.7F;
      wander(random, canvas.pen(), at, side * random.ratio_between(0.05F, 0.8F), crookedness);
      cairo_stroke(canvas.pen());
    } else {
      blob(random, canvas.pen(), at, side * random.ratio_between(0.01F, 0.15F));
      cairo_fill(canvas.pen());
    }
  }
  return canvas.field();
}

}  // namespace mvga::distill
