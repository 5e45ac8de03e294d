// Copies a few lines of an operand side by side, so that the innermost loop of a product reads memory in order. An element is
// what that loop multiplies at once: a float, or a pair of bfloat16 that follow each other along the sum (see bfloat16.h).
#pragma once

#include <algorithm>

#include "lanes.h"
#include "operands.h"

namespace mdctr {

/// LANES x LANES elements at a time, transposed: `load(i)` gives LANES elements of the i-th line, `keep(i, lanes)` takes a column.
template <class Load, class Keep>
inline void packTransposed(const Load& load, const Keep& keep) {
  Lanes block[LANES];
#pragma GCC unroll 16
  for (int i = 0; i < LANES; i++) block[i] = load(i);
  transpose(block);
#pragma GCC unroll 16
  for (int i = 0; i < LANES; i++) keep(i, block[i]);
}

/// Writes `lines` rows from `line` on, elements `from` to `from + deep`, as rows `stride` apart, and rows of 0 up to a multiple of
/// HEIGHT. `end`: the numbers of a row.
template <class Math, int HEIGHT, class Source>
inline void packLines(float* to, size_t stride, const Rows<Source>& rows, int line, int lines, int from, int deep, int end) {
  const Source& source = rows.source;
  const int whole = std::max(0, std::min(deep, end / Math::VALUES - from)) / LANES * LANES;
  for (int r = 0; r < (lines + HEIGHT - 1) / HEIGHT * HEIGHT; r++, to += stride) {
    if (r >= lines) {
      std::fill(to, to + deep, 0.0f);
      continue;
    }
    for (int i = 0; i < whole; i += LANES) store(to + i, Math::along(source, line + r, from + i));
    for (int i = whole; i < deep; i++) to[i] = Math::alongOne(source, line + r, from + i, end);
  }
}

/// Writes `lines` rows from `line` on, elements `from` to `from + deep`, as [deep, WIDTH]; what is over an edge is 0. `end`: the
/// numbers of a row.
template <class Math, int WIDTH, class Source>
inline void pack(float* to, const Rows<Source>& rows, int line, int lines, int from, int deep, int end) {
  const Source& source = rows.source;
  const int whole = std::max(0, std::min(deep, end / Math::VALUES - from)) / LANES * LANES;
  for (int block = 0; block < WIDTH; block += LANES) {
    const int width = std::min(LANES, WIDTH - block);
    for (int i = 0; i < whole; i += LANES) {
      packTransposed(
          [&](int r) {
            return r < width && block + r < lines ? Math::along(source, line + block + r, from + i) : Lanes{};
          },
          [&](int k, Lanes column) {
            const float* values = reinterpret_cast<const float*>(&column);
            std::copy(values, values + width, to + size_t(i + k) * WIDTH + block);
          });
    }
  }
  for (int i = whole; i < deep; i++) {
    for (int r = 0; r < WIDTH; r++) {
      to[size_t(i) * WIDTH + r] = r < lines ? Math::alongOne(source, line + r, from + i, end) : 0;
    }
  }
}

/// The same for `lines` columns from `line` on, as panels [deep, WIDTH], `stride` apart; `end`: the numbers of a column. Rows of the
/// matrix are read from left to right. Behind the last row of a panel LANES more may be written: a panel narrower than a vector is
/// written with whole vectors where the matrix has columns enough to read.
template <class Math, int WIDTH, class Source>
inline void pack(float* to, size_t stride, const Columns<Source>& columns, int line, int lines, int from, int deep, int end) {
  const Source& source = columns.source;
  for (int i = 0; i < deep; i++, to += WIDTH) {
    float* panel = to;
    for (int first = 0; first < lines; first += WIDTH, panel += stride) {
      const int width = std::min(WIDTH, lines - first), column = line + first, room = columns.count - column;
      int j = 0;
      for (; j < width && j + LANES <= room; j += LANES) store(panel + j, Math::across(source, from + i, column + j, end));
      for (; j < width; j++) panel[j] = Math::acrossOne(source, from + i, column + j, end);
      for (j = width; j < WIDTH; j++) panel[j] = 0;
    }
  }
}

}  // namespace mdctr
