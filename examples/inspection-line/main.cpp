// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga-inspection-line: a film of parts on a conveyor, to learn from and to find defects in. The
// same settings give the same frames on every machine with the same cairo and fonts.

#include <cstdio>
#include <cstdlib>
#include <exception>

#include "examples/common/handles.h"
#include "examples/inspection-line/camera.h"
#include "examples/inspection-line/film_writer.h"
#include "examples/inspection-line/ground_truth.h"
#include "examples/inspection-line/scene.h"
#include "examples/inspection-line/settings.h"

int main(int argc, char** argv) {
  namespace ex = mvga::examples;
  try {
    const film::Settings settings = film::read_command_line(argc, argv);
    gst_init(nullptr, nullptr);
    film::Scene scene(settings);
    film::Camera camera(settings);
    film::GroundTruth truth(settings);
    film::write_film(settings, [&](int frame, std::uint8_t* pixels) {
      const ex::Surface surface(cairo_image_surface_create_for_data(
          pixels, CAIRO_FORMAT_RGB24, settings.width, settings.height, 4 * settings.width));
      const ex::Cairo cr(cairo_create(surface.get()));
      scene.draw(cr.get(), frame);
      cairo_surface_flush(surface.get());
      camera.expose(pixels, frame);
      truth.add(frame, scene.sightings(frame));
    });
    if (!settings.ground_truth.empty()) truth.save(settings.ground_truth);
    return EXIT_SUCCESS;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "mvga-inspection-line: %s\n", e.what());
    return EXIT_FAILURE;
  }
}
