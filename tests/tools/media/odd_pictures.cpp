// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/media/odd_pictures.h"

#include <glib.h>

#include <fstream>

namespace mvga::testing {
namespace {

// Files in base64, as Pillow writes them.
constexpr const char* kRgbaPng =
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAYCAYAAACbU/80AAAANElEQVR4nGM8oRHFQAnwqZhGkX4minRTAYw6YNQB"
    "ow4YdcCoA0YdMOqAUQeMOmDUAaMOAADD9ALUQSYMuAAAAABJRU5ErkJggg==";

constexpr const char* kGreyAlphaPng =
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAYCAQAAAAxWje/AAAAJUlEQVR4nGOM+8+AFyjil2ZgIiBPEIwaMGrAqAGj"
    "BowaMJgMAACqEgGuJgul+gAAAABJRU5ErkJggg==";

constexpr const char* kPalettePng =
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAYAQMAAAChnW13AAAABlBMVEUUoPDIKFqCPqHLAAAAAXRSTlMAQObYZgAA"
    "ABJJREFUeJxj+P+fgYGJgYHeBAD3UwIta3Z5rAAAAABJRU5ErkJggg==";

constexpr const char* kGrey16Png =
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAYEAAAAADuqHyrAAAAJUlEQVR4nGOMi2PACxQV8csz4ZcmDEYNGDVg1IBR"
    "A0YNGEwGAACaxQEuB6aE8QAAAABJRU5ErkJggg==";

constexpr const char* kRgb16Png =
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAYEAIAAABEobQgAAAAPElEQVR42u3PMQ0AMAgAsIlABJpQhxzkIGEeluzr"
    "079nJrPqnxHdu/88AgICAgICAgICAgICAgICAgIvXvvmynm1kIayAAAAAElFTkSuQmCC";

constexpr const char* kLabels16Png =
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAYEAAAAADuqHyrAAAAHElEQVR42mNgIAQYCcBRA0YNGDVg1IBRA4aTAQB/"
    "lAGB9i4Z+AAAAABJRU5ErkJggg==";

constexpr const char* kGreyJpeg =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJ"
    "BwYGCAsICQoKCgoKBggLDAsKDAkKCgr/wAALCAAYACABAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcI"
    "CQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcY"
    "GRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKj"
    "pKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APne"
    "ivoSivnuivoSivnuivoSiv/Z";

constexpr const char* kCmykJpeg =
    "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcG"
    "BggLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgAGAAgBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAAB"
    "AgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNi"
    "coIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SV"
    "lpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4E"
    "QwBNAFkASwAAPwD9IK/J+vmev38oooor+S+v3gr+liiiiiiv60K/B+v5p6KKKKK/kvr94K/pYooooor+tCvwfr+a"
    "eiiiiiv5L6/eCv6WKKKKKK//2Q==";

constexpr const char* kTurnedJpeg =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAAIBAQEB"
    "AQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/2wBDAQIC"
    "AgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgr/wAAR"
    "CAAYACADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQA"
    "AAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdI"
    "SUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXG"
    "x8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL"
    "/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcY"
    "GRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOk"
    "paanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD5"
    "3ooornP9MD6Eooor/Qg/5mz57ooor/Pc/wCmQ+hKKKK/0IP+Zs//2Q==";

constexpr const char* kTurnedPng =
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAYCAIAAAAUMWhjAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZn"
    "S2kAAAAtSURBVHicYzyhEcVACvCpmEaSeiaSVJMBRi0YtWDUglELRi0YtWDUglELqAMAohwC1O2rRf4AAAAASUVORK5C"
    "YII=";

constexpr const char* kTurnedWebp =
    "UklGRl4AAABXRUJQVlA4WAoAAAAIAAAAHwAAFwAAVlA4TB0AAAAvH8AFAA9wRNBT0F4Nfv6jBQKBJH/pBQaI6H8UbwBF"
    "WElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA";

const char* base64_of(OddPicture kind) {
  switch (kind) {
    case OddPicture::rgba_png:
      return kRgbaPng;
    case OddPicture::grey_alpha_png:
      return kGreyAlphaPng;
    case OddPicture::palette_png:
      return kPalettePng;
    case OddPicture::grey_16_png:
      return kGrey16Png;
    case OddPicture::rgb_16_png:
      return kRgb16Png;
    case OddPicture::labels_16_png:
      return kLabels16Png;
    case OddPicture::grey_jpeg:
      return kGreyJpeg;
    case OddPicture::cmyk_jpeg:
      return kCmykJpeg;
    case OddPicture::turned_jpeg:
      return kTurnedJpeg;
    case OddPicture::turned_png:
      return kTurnedPng;
    case OddPicture::turned_webp:
      return kTurnedWebp;
  }
  return "";
}

}  // namespace

void write_odd_picture(const std::filesystem::path& file, OddPicture kind) {
  gsize size = 0;
  guchar* bytes = g_base64_decode(base64_of(kind), &size);
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  g_free(bytes);
}

}  // namespace mvga::testing
