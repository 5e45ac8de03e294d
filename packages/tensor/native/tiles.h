// Products of bfloat16 by the tiles of AMX: 16 x 16 sums over 32 numbers with one instruction.
#pragma once

#if defined(__AMX_BF16__) && defined(__AVX512BF16__)

#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bfloat16.h"

namespace mdctr {

struct Tiles : Pairs {
  /// Two tiles of A by two of B make four of C: all eight that there are.
  static constexpr int ROWS = 32, COLUMNS = 32, STEP = 16, DEPTH = 256;

  /// Linux lends the tiles' registers to processes that ask for them.
  static bool allowed() {
    constexpr int REQUEST = 0x1023, TILE_DATA = 18;  // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
    static const bool granted = syscall(SYS_arch_prctl, REQUEST, TILE_DATA) == 0;
    return granted;
  }

  template <class Source>
  static void packLeft(float* to, const Rows<Source>& rows, int line, int lines, int from, int deep, int end) {
    packLines<Tiles, ROWS>(to, DEPTH, rows, line, lines, from, deep, end);
  }
  template <class Source>
  static void packLeft(float* to, const Columns<Source>& columns, int line, int lines, int from, int deep, int end) {
    for (int block = 0; block < (lines + ROWS - 1) / ROWS * ROWS; block += LANES) {
      const int width = std::max(0, std::min(LANES, lines - block));
      for (int i = 0; i < deep; i += LANES) {
        packTransposed(
            [&](int k) {
              if (width == LANES) return across(columns.source, from + i + k, line + block, end);
              Lanes some = {};
              for (int r = 0; r < width; r++) some[r] = acrossOne(columns.source, from + i + k, line + block + r, end);
              return some;
            },
            [&](int r, Lanes row) { store(to + size_t(block + r) * DEPTH + i, row); });
      }
    }
  }
  template <class Source>
  static void packRight(float* to, const Rows<Source>& rows, int line, int lines, int from, int deep, int end) {
    pack<Tiles, COLUMNS>(to, rows, line, lines, from, deep, end);
  }
  template <class Source>
  static void packRight(float* to, const Columns<Source>& columns, int line, int lines, int from, int deep, int end) {
    pack<Tiles, COLUMNS>(to, COLUMNS * DEPTH, columns, line, lines, from, deep, end);
  }

  /// Each thread tells its tiles' sizes before a product, and gives them back: TensorFlow's products use them as well.
  static void begin() {
    struct alignas(64) {
      uint8_t palette = 1, start = 0, none[14] = {};
      uint16_t bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
      uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
    } shape;
    _tile_loadconfig(&shape);
  }
  static void end() { _tile_release(); }

  template <bool ADD, bool>
  static void panel(int deep, const float* a, const float* b, float* c, size_t stride) {
    const size_t row = stride * sizeof(float), line = DEPTH * sizeof(float);
    if (ADD) {
      _tile_loadd(0, c, row);
      _tile_loadd(1, c + 16, row);
      _tile_loadd(2, c + 16 * stride, row);
      _tile_loadd(3, c + 16 * stride + 16, row);
    } else {
      _tile_zero(0);
      _tile_zero(1);
      _tile_zero(2);
      _tile_zero(3);
    }
    for (int k = 0; k < deep; k += STEP) {
      _tile_loadd(4, a + k, line);
      _tile_loadd(5, a + size_t(16) * DEPTH + k, line);
      _tile_loadd(6, b + size_t(k) * COLUMNS, COLUMNS * sizeof(float));
      _tile_loadd(7, b + size_t(k) * COLUMNS + 16, COLUMNS * sizeof(float));
      _tile_dpbf16ps(0, 4, 6);
      _tile_dpbf16ps(1, 4, 7);
      _tile_dpbf16ps(2, 5, 6);
      _tile_dpbf16ps(3, 5, 7);
    }
    _tile_stored(0, c, row);
    _tile_stored(1, c + 16, row);
    _tile_stored(2, c + 16 * stride, row);
    _tile_stored(3, c + 16 * stride + 16, row);
  }
};

}  // namespace mdctr

#endif
