// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/picture_rows.h"

// Debian builds for every x86-64; the loops are compiled for a newer generation of it as well, and
// picked at run time. Without that generation's fused multiplication, which rounds otherwise: the
// pixels that a model is learned from are the same wherever it is used.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define MVGA_PICTURE_ROWS_BY_CPU 1
#pragma GCC push_options
#pragma GCC target("avx2")
namespace mvga::rows::avx2 {
#include "core/features/picture_rows_loops.h"
}
#pragma GCC pop_options
#endif
namespace mvga::rows::baseline {
#include "core/features/picture_rows_loops.h"
}

namespace mvga {

const PictureRowLoops& portable_picture_row_loops() {
  static constexpr PictureRowLoops kLoops{rows::baseline::side_by_side,
                                          rows::baseline::join_bytes,
                                          rows::baseline::weigh_columns,
                                          rows::baseline::one_below_the_other,
                                          rows::baseline::rounded_below_each_other,
                                          rows::baseline::weigh_rows,
                                          rows::baseline::to_rgb};
  return kLoops;
}

const PictureRowLoops& picture_row_loops() {
#ifdef MVGA_PICTURE_ROWS_BY_CPU
  static constexpr PictureRowLoops kLoops{rows::avx2::side_by_side,
                                          rows::avx2::join_bytes,
                                          rows::avx2::weigh_columns,
                                          rows::avx2::one_below_the_other,
                                          rows::avx2::rounded_below_each_other,
                                          rows::avx2::weigh_rows,
                                          rows::avx2::to_rgb};
  static const bool kHasThem = __builtin_cpu_supports("avx2") != 0;
  if (kHasThem) return kLoops;
#endif
  return portable_picture_row_loops();
}

}  // namespace mvga
