// Products in single precision.
#pragma once

#include "pack.h"

namespace mdctr {

/**
 * C [ROWS, COLUMNS] (+)= a panel of A times a panel of B [deep, COLUMNS]; element k of A's line r is a[r * LINE + k * STEP].
 * `multiplyAdd(sum, a, b)` multiplies one element of A with LANES elements of B.
 */
template <int ROWS, int COLUMNS, int LINE, int STEP, bool ADD, class MultiplyAdd>
inline void panelProduct(int deep, const float* a, const float* b, float* c, size_t stride, const MultiplyAdd& multiplyAdd) {
  constexpr int VECTORS = COLUMNS / LANES;
  Lanes sum[ROWS][VECTORS] = {};
  for (int k = 0; k < deep; k++, a += STEP, b += COLUMNS) {
    Lanes right[VECTORS];
#pragma GCC unroll 4
    for (int v = 0; v < VECTORS; v++) right[v] = lanes(b + v * LANES);
#pragma GCC unroll 12
    for (int r = 0; r < ROWS; r++) {
#pragma GCC unroll 4
      for (int v = 0; v < VECTORS; v++) sum[r][v] = multiplyAdd(sum[r][v], a[r * LINE], right[v]);
    }
  }
#pragma GCC unroll 12
  for (int r = 0; r < ROWS; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < VECTORS; v++) {
      float* to = c + r * stride + v * LANES;
      store(to, ADD ? lanes(to) + sum[r][v] : sum[r][v]);
    }
  }
}

struct Float32 {
  /// As many sums as the registers hold.
#if defined(__AVX512F__)
  static constexpr int ROWS = 12, COLUMNS = 32;
#else
  static constexpr int ROWS = 6, COLUMNS = 16;
#endif
  /// Numbers in an element; elements that a panel's depth is a multiple of; the most that a panel is deep, so that one of B
  /// stays in the first-level cache.
  static constexpr int VALUES = 1, STEP = 1, DEPTH = 192;

  template <class Source>
  static Lanes along(const Source& source, size_t row, size_t at) {
    return source.many(row, at);
  }
  template <class Source>
  static float alongOne(const Source& source, size_t row, size_t at, size_t end) {
    return at < end ? source.one(row, at) : 0;
  }
  template <class Source>
  static Lanes across(const Source& source, size_t at, size_t column, size_t end) {
    return at < end ? source.many(at, column) : Lanes{};
  }
  template <class Source>
  static float acrossOne(const Source& source, size_t at, size_t column, size_t end) {
    return at < end ? source.one(at, column) : 0;
  }

  template <class Source>
  static void packLeft(float* to, const Rows<Source>& rows, int line, int lines, int from, int deep, int end) {
    packLines<Float32, ROWS>(to, DEPTH, rows, line, lines, from, deep, end);
  }
  template <class Source>
  static void packLeft(float* to, const Columns<Source>& columns, int line, int lines, int from, int deep, int end) {
    pack<Float32, ROWS>(to, ROWS * DEPTH, columns, line, lines, from, deep, end);
  }
  template <class Source>
  static void packRight(float* to, const Rows<Source>& rows, int line, int lines, int from, int deep, int end) {
    pack<Float32, COLUMNS>(to, rows, line, lines, from, deep, end);
  }
  template <class Source>
  static void packRight(float* to, const Columns<Source>& columns, int line, int lines, int from, int deep, int end) {
    pack<Float32, COLUMNS>(to, COLUMNS * DEPTH, columns, line, lines, from, deep, end);
  }

  static void begin() {}
  static void end() {}

  /// ROWS_OF_A: whether A's lines are rows of a matrix, which `packLeft` keeps as rows.
  template <bool ADD, bool ROWS_OF_A>
  static void panel(int deep, const float* a, const float* b, float* c, size_t stride) {
    panelProduct<ROWS, COLUMNS, ROWS_OF_A ? DEPTH : 1, ROWS_OF_A ? 1 : ROWS, ADD>(
        deep, a, b, c, stride, [](Lanes sum, float left, Lanes right) { return sum + left * right; });
  }
};

}  // namespace mdctr
