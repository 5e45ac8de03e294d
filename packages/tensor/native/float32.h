// Products in single precision.
#pragma once

#include "pack.h"

namespace mdctr {

/**
 * C [rows, columns] (+)= a panel of A [deep, ROWS] times a panel of B [deep, COLUMNS]; `multiplyAdd(sum, a, b)` multiplies one
 * element of A with LANES elements of B.
 */
template <int ROWS, int COLUMNS, bool ADD, class MultiplyAdd>
inline void panelProduct(int deep, const float* a, const float* b, float* c, size_t stride, int rows, int columns,
                         const MultiplyAdd& multiplyAdd) {
  constexpr int VECTORS = COLUMNS / LANES;
  Lanes sum[ROWS][VECTORS] = {};
  for (int k = 0; k < deep; k++, a += ROWS, b += COLUMNS) {
    Lanes right[VECTORS];
#pragma GCC unroll 4
    for (int v = 0; v < VECTORS; v++) right[v] = lanes(b + v * LANES);
#pragma GCC unroll 12
    for (int r = 0; r < ROWS; r++) {
#pragma GCC unroll 4
      for (int v = 0; v < VECTORS; v++) sum[r][v] = multiplyAdd(sum[r][v], a[r], right[v]);
    }
  }
  if (rows == ROWS && columns == COLUMNS) {
#pragma GCC unroll 12
    for (int r = 0; r < ROWS; r++) {
#pragma GCC unroll 4
      for (int v = 0; v < VECTORS; v++) {
        float* to = c + r * stride + v * LANES;
        store(to, ADD ? lanes(to) + sum[r][v] : sum[r][v]);
      }
    }
    return;
  }
  for (int r = 0; r < rows; r++) {
    for (int j = 0; j < columns; j++) {
      const float value = sum[r][j / LANES][j % LANES];
      c[r * stride + j] = ADD ? c[r * stride + j] + value : value;
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

  template <class Operand>
  static void packLeft(float* to, const Operand& operand, int line, int lines, int from, int deep, int end) {
    pack<Float32, ROWS>(to, operand, line, lines, from, deep, end);
  }
  template <class Operand>
  static void packRight(float* to, const Operand& operand, int line, int lines, int from, int deep, int end) {
    pack<Float32, COLUMNS>(to, operand, line, lines, from, deep, end);
  }

  static void begin() {}
  static void end() {}

  template <bool ADD>
  static void panel(int deep, const float* a, const float* b, float* c, size_t stride, int rows, int columns) {
    panelProduct<ROWS, COLUMNS, ADD>(deep, a, b, c, stride, rows, columns,
                                     [](Lanes sum, float left, Lanes right) { return sum + left * right; });
  }
};

}  // namespace mdctr
