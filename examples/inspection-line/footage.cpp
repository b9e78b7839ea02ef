// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/footage.h"

#include "examples/common/handles.h"

namespace film {

namespace ex = mvga::examples;

void Footage::paint(int frame, std::uint8_t* pixels) {
  const ex::Surface surface(cairo_image_surface_create_for_data(
      pixels, CAIRO_FORMAT_RGB24, settings_.width, settings_.height, 4 * settings_.width));
  const ex::Cairo cr(cairo_create(surface.get()));
  scene_.draw(cr.get(), frame);
  cairo_surface_flush(surface.get());
  camera_.expose(pixels, frame);
}

}  // namespace film
