// Matrix products on one thread, C = A B, for matrices of some hundred rows and columns. What the numbers are multiplied in is
// up to `Math` (float32.h, bfloat16.h, tiles.h); how they are read, to the operands (operands.h).
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "bfloat16.h"
#include "float32.h"
#include "tiles.h"

namespace mdctr {

/// Memory that grows and begins on a cache line.
class Room {
 public:
  float* ofSize(size_t size) {
    size += 2 * LINE;  // packing may write a vector over the end
    if (room_.size() < size) room_.resize(size);
    const size_t past = reinterpret_cast<uintptr_t>(room_.data()) % (LINE * sizeof(float)) / sizeof(float);
    return room_.data() + (past == 0 ? 0 : LINE - past);
  }

 private:
  static constexpr size_t LINE = 16;
  std::vector<float> room_;
};

/// Room for packed operands; one a thread, kept for its life.
struct Scratch {
  Room a, b;

  static Scratch& ofThread() {
    thread_local Scratch scratch;
    return scratch;
  }
};

/// How a sum over `length` numbers is cut: into blocks of `depth` elements each, the last one shorter.
template <class Math>
struct Blocks {
  int elements, depth;

  explicit Blocks(int length) : elements(up((length + Math::VALUES - 1) / Math::VALUES, Math::STEP)) {
    const int count = std::max(1, (elements + Math::DEPTH - 1) / Math::DEPTH);
    depth = up((elements + count - 1) / count, Math::STEP);
  }
  int deep(int from) const { return std::min(depth, elements - from); }

  static int up(int value, int step) { return std::max(1, (value + step - 1) / step) * step; }
};

/// B [length, n], packed whole, for products that share it among threads.
template <class Math>
class Packed {
 public:
  Packed(float* room, int n, int length) : room_(room), panels_((n + Math::COLUMNS - 1) / Math::COLUMNS), blocks_(length) {}

  static size_t size(int n, int length) {
    return size_t((n + Math::COLUMNS - 1) / Math::COLUMNS) * Math::COLUMNS * Blocks<Math>(length).elements;
  }
  int panels() const { return panels_; }

  template <class Operand>
  void pack(int panel, const Operand& operand, int n, int length) {
    const int column = panel * Math::COLUMNS;
    for (int from = 0; from < blocks_.elements; from += blocks_.depth) {
      float* to = room_ + at(panel, from, blocks_.deep(from));
      Math::packRight(to, operand, column, std::min(Math::COLUMNS, n - column), from, blocks_.deep(from), length);
    }
  }
  const float* panel(int column, int from, int deep) const { return room_ + at(column / Math::COLUMNS, from, deep); }

 private:
  size_t at(int panel, int from, int deep) const {
    return (size_t(panels_) * from + size_t(panel) * deep) * Math::COLUMNS;
  }
  float* room_;
  int panels_;
  Blocks<Math> blocks_;
};

/// B [length, n], packed panel by panel as the product asks for it.
template <class Math, class Operand>
class PackedOnDemand {
 public:
  PackedOnDemand(const Operand& operand, int n, int length) : operand_(operand), n_(n), length_(length) {}

  const float* panel(int column, int from, int deep) const {
    float* to = Scratch::ofThread().b.ofSize(size_t(Math::COLUMNS) * deep);
    Math::packRight(to, operand_, column, std::min(Math::COLUMNS, n_ - column), from, deep, length_);
    return to;
  }

 private:
  const Operand& operand_;
  int n_, length_;
};

/// What of a panel of C lies within C's edges.
inline void keep(const float* panel, int width, float* c, size_t stride, int rows, int columns, bool add) {
  for (int r = 0; r < rows; r++) {
    for (int j = 0; j < columns; j++) {
      const float value = panel[r * width + j];
      c[r * stride + j] = add ? c[r * stride + j] + value : value;
    }
  }
}

/**
 * C [m, n], rows `stride` apart, = A B: A's lines from `line` on, each of `length` numbers, by B's n. `right.panel(column, from,
 * deep)` gives B packed; `done(row, rows, column, columns)` is called where a part of C has its last value and is in the cache.
 */
template <class Math, class Left, class Right, class Done>
void product(int m, int n, int length, const Left& left, int line, const Right& right, float* c, size_t stride,
             const Done& done) {
  constexpr int ROWS = Math::ROWS, COLUMNS = Math::COLUMNS;
  const Blocks<Math> blocks(length);
  const int panels = (m + ROWS - 1) / ROWS;
  constexpr size_t PANEL = size_t(ROWS) * Math::DEPTH;
  float* a = Scratch::ofThread().a.ofSize(panels * PANEL);
  alignas(64) float whole[ROWS * COLUMNS];
  Math::begin();
  for (int from = 0; from < blocks.elements; from += blocks.depth) {
    const int deep = blocks.deep(from);
    const bool last = from + deep == blocks.elements;
    Math::packLeft(a, left, line, m, from, deep, length);
    for (int column = 0; column < n; column += COLUMNS) {
      const int columns = std::min(COLUMNS, n - column);
      const float* b = right.panel(column, from, deep);
      for (int p = 0; p < panels; p++) {
        float* to = c + size_t(p) * ROWS * stride + column;
        const float* packed = a + p * PANEL;
        const int rows = std::min(ROWS, m - p * ROWS);
        if (rows < ROWS || columns < COLUMNS) {
          Math::template panel<false, ofRows<Left>>(deep, packed, b, whole, COLUMNS);
          keep(whole, COLUMNS, to, stride, rows, columns, from > 0);
        } else if (from == 0) {
          Math::template panel<false, ofRows<Left>>(deep, packed, b, to, stride);
        } else {
          Math::template panel<true, ofRows<Left>>(deep, packed, b, to, stride);
        }
        if (last) done(p * ROWS, rows, column, columns);
      }
    }
  }
  Math::end();
}

/// The same with B packed as it is needed.
template <class Math, class Left, class Right>
void product(int m, int n, int length, const Left& left, int line, const Right& right, float* c, size_t stride) {
  product<Math>(m, n, length, left, line, PackedOnDemand<Math, Right>(right, n, length), c, stride,
                [](int, int, int, int) {});
}

/// What a product multiplies in: single numbers, or one of the two forms of bfloat16.
enum class Precision { FLOAT32 = 0, PAIRS = 1, TILES = 2 };

/// Calls `use(Math{})` with the arithmetic asked for, or the next that this library and this process have.
template <class Use>
void withMath(Precision precision, const Use& use) {
#if defined(__AVX512BF16__)
#if defined(__AMX_BF16__)
  if (precision == Precision::TILES && Tiles::allowed()) return use(Tiles{});
#endif
  if (precision != Precision::FLOAT32) return use(Bfloat16{});
#endif
  (void)precision;
  use(Float32{});
}

}  // namespace mdctr
