// Parts of a kernel [n, m] for threads that each make the gradient of a part: a sum has one thread then, and one order,
// whatever their number.
#pragma once

#include <algorithm>
#include <vector>

#include "parallel.h"

namespace mdctr {

/// Rows from `row` on, columns from `column` on.
struct Tile {
  int row, rows, column, columns;
};

/// Cuts a kernel into about as many tiles as there are threads, each at least two panels wide and high, along the side that
/// leaves less to be packed more than once. Sums over few `rows` are left in one piece.
template <class Math>
std::vector<Tile> tilesOf(int n, int m, int64_t rows) {
  const int threads = rows * n * m < (1 << 20) ? 1 : Workers::all().threads();
  const auto parts = [](int length, int unit, int wanted) { return std::clamp(length / (2 * unit), 1, std::max(1, wanted)); };
  const bool wide = m >= n;
  const int first = wide ? parts(m, Math::COLUMNS, threads) : parts(n, Math::ROWS, threads);
  const int left = (threads + first - 1) / first;
  const int across = wide ? first : parts(m, Math::COLUMNS, left), down = wide ? parts(n, Math::ROWS, left) : first;
  const auto edge = [](int length, int unit, int part, int of) {
    return part == of ? length : length * part / of / unit * unit;
  };
  std::vector<Tile> tiles;
  for (int i = 0; i < down; i++) {
    for (int j = 0; j < across; j++) {
      const int row = edge(n, Math::ROWS, i, down), column = edge(m, Math::COLUMNS, j, across);
      tiles.push_back({row, edge(n, Math::ROWS, i + 1, down) - row, column, edge(m, Math::COLUMNS, j + 1, across) - column});
    }
  }
  return tiles;
}

}  // namespace mdctr
