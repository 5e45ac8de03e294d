// Single-precision matrix products on one thread, C = A B, for matrices of some hundred rows and columns. Operands are read
// through packing functions, so that a product may transpose them, or scale them elementwise, on their way into the cache.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace mdctr {

// The registers of the widest instruction set that this file is compiled for hold ROWS x COLUMNS sums.
#if defined(__AVX512F__)
constexpr int LANES = 16, ROWS = 12, COLUMNS = 32;
#else
constexpr int LANES = 8, ROWS = 6, COLUMNS = 16;
#endif
/// Depth of a block: a panel of B, DEPTH x COLUMNS, stays in the first-level cache.
constexpr int DEPTH = 192;

typedef float Lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

/// Every second lane from `a` and from `b`, beginning with the lane FROM of both.
template <int FROM>
inline Lanes interleave(Lanes a, Lanes b) {
#if defined(__AVX512F__)
  return __builtin_shufflevector(a, b, FROM, FROM + 16, FROM + 1, FROM + 17, FROM + 2, FROM + 18, FROM + 3, FROM + 19, FROM + 4,
                                 FROM + 20, FROM + 5, FROM + 21, FROM + 6, FROM + 22, FROM + 7, FROM + 23);
#else
  return __builtin_shufflevector(a, b, FROM, FROM + 8, FROM + 1, FROM + 9, FROM + 2, FROM + 10, FROM + 3, FROM + 11);
#endif
}

inline Lanes lanes(const float* from) { return *reinterpret_cast<const Lanes*>(from); }
inline const float* rowStart(const Lanes& row) { return reinterpret_cast<const float*>(&row); }

/// Room for packed operands; one a thread, kept for its life.
struct Scratch {
  std::vector<float> a, b;

  static float* room(std::vector<float>& of, size_t size) {
    if (of.size() < size) of.resize(size);
    return of.data();
  }
};

/// C [rows, columns] (+)= a panel of A [depth, ROWS] times a panel of B [depth, COLUMNS].
template <bool ADD>
inline void panelProduct(int depth, const float* a, const float* b, float* c, size_t stride, int rows, int columns) {
  constexpr int VECTORS = COLUMNS / LANES;
  Lanes sum[ROWS][VECTORS] = {};
  for (int k = 0; k < depth; k++, a += ROWS, b += COLUMNS) {
    Lanes right[VECTORS];
#pragma GCC unroll 4
    for (int v = 0; v < VECTORS; v++) right[v] = *reinterpret_cast<const Lanes*>(b + v * LANES);
#pragma GCC unroll 12
    for (int r = 0; r < ROWS; r++) {
#pragma GCC unroll 4
      for (int v = 0; v < VECTORS; v++) sum[r][v] += a[r] * right[v];
    }
  }
  if (rows == ROWS && columns == COLUMNS) {
#pragma GCC unroll 12
    for (int r = 0; r < ROWS; r++) {
#pragma GCC unroll 4
      for (int v = 0; v < VECTORS; v++) {
        Lanes* to = reinterpret_cast<Lanes*>(c + r * stride + v * LANES);
        *to = ADD ? *to + sum[r][v] : sum[r][v];
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

/**
 * C [m, n], rows `stride` apart, = A [m, k] B [k, n]. `packA(to, row, rows, depth, depths)` writes A's rows from `row` on as
 * [depths, ROWS], `packB(to, depth, depths, column, columns)` B's columns from `column` on as [depths, COLUMNS]; what is over
 * the edge is 0.
 */
template <class PackA, class PackB>
void product(Scratch& scratch, int m, int n, int k, const PackA& packA, const PackB& packB, float* c, size_t stride) {
  const int blocks = std::max(1, (k + DEPTH - 1) / DEPTH);
  const int depth = (k + blocks - 1) / blocks;
  const int panels = (m + ROWS - 1) / ROWS;
  float* a = Scratch::room(scratch.a, size_t(panels) * ROWS * depth);
  float* b = Scratch::room(scratch.b, size_t(COLUMNS) * depth);
  for (int from = 0; from == 0 || from < k; from += depth) {
    const int deep = std::min(depth, k - from);
    for (int p = 0; p < panels; p++) packA(a + size_t(p) * ROWS * deep, p * ROWS, std::min(ROWS, m - p * ROWS), from, deep);
    for (int column = 0; column < n; column += COLUMNS) {
      const int columns = std::min(COLUMNS, n - column);
      packB(b, from, deep, column, columns);
      for (int p = 0; p < panels; p++) {
        float* to = c + size_t(p) * ROWS * stride + column;
        const float* left = a + size_t(p) * ROWS * deep;
        const int rows = std::min(ROWS, m - p * ROWS);
        if (from == 0) panelProduct<false>(deep, left, b, to, stride, rows, columns);
        else panelProduct<true>(deep, left, b, to, stride, rows, columns);
      }
    }
  }
}

/// The transpose of LANES x LANES numbers, in registers: log2(LANES) rounds of interleaving the two halves.
inline void transpose(Lanes (&rows)[LANES]) {
  for (int round = 1; round < LANES; round *= 2) {
    Lanes next[LANES];
#pragma GCC unroll 8
    for (int i = 0; i < LANES / 2; i++) {
      next[2 * i] = interleave<0>(rows[i], rows[i + LANES / 2]);
      next[2 * i + 1] = interleave<LANES / 2>(rows[i], rows[i + LANES / 2]);
    }
#pragma GCC unroll 16
    for (int i = 0; i < LANES; i++) rows[i] = next[i];
  }
}

/**
 * Packs `lines` rows of a row-major matrix as [length, WIDTH], transposed; `load(line, i)` gives LANES numbers of a row from
 * the i-th on, `one(line, i)` a single one.
 */
template <int WIDTH, class Load, class One>
inline void packTransposed(float* to, int lines, int length, const Load& load, const One& one) {
  const int whole = length / LANES * LANES;
  for (int block = 0; block < WIDTH; block += LANES) {
    const int width = std::min(LANES, WIDTH - block);
    for (int i = 0; i < whole; i += LANES) {
      Lanes rows[LANES];
#pragma GCC unroll 16
      for (int r = 0; r < LANES; r++) rows[r] = r < width && block + r < lines ? load(block + r, i) : Lanes{};
      transpose(rows);
      float* at = to + size_t(i) * WIDTH + block;
      for (int r = 0; r < LANES; r++, at += WIDTH) std::copy(rowStart(rows[r]), rowStart(rows[r]) + width, at);
    }
  }
  for (int i = whole; i < length; i++) {
    for (int line = 0; line < WIDTH; line++) to[size_t(i) * WIDTH + line] = line < lines ? one(line, i) : 0;
  }
}

/// Packs `columns` columns of a row-major matrix, `length` rows deep, as [length, WIDTH].
template <int WIDTH, class Load, class One>
inline void packStraight(float* to, int columns, int length, const Load& load, const One& one) {
  for (int i = 0; i < length; i++, to += WIDTH) {
    int j = 0;
    for (; j + LANES <= columns; j += LANES) *reinterpret_cast<Lanes*>(to + j) = load(i, j);
    for (; j < columns; j++) to[j] = one(i, j);
    for (; j < WIDTH; j++) to[j] = 0;
  }
}

}  // namespace mdctr
