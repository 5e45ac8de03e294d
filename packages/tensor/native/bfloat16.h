// Products of numbers rounded to bfloat16, summed in single precision: two numbers that follow each other along the sum share
// an element of 32 bits, and one instruction multiplies and adds both.
#pragma once

#if defined(__AVX512BF16__)

#include <immintrin.h>

#include <cstdint>
#include <cstring>

#include "float32.h"

namespace mdctr {

/// How both kinds of bfloat16 products make elements out of numbers. Rounds to nearest, ties to even.
struct Pairs {
  static constexpr int VALUES = 2;

  /// 2 x LANES numbers in a row.
  static Lanes inOrder(Lanes low, Lanes high) { return (Lanes)_mm512_cvtne2ps_pbh((__m512)high, (__m512)low); }
  /// LANES pairs, the first of each from `low`.
  static Lanes sideBySide(Lanes low, Lanes high) {
    const __m512i first = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh((__m512)low));
    const __m512i second = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh((__m512)high));
    return (Lanes)_mm512_or_si512(first, _mm512_slli_epi32(second, 16));
  }
  static float pair(float low, float high) {
    const Lanes both = sideBySide(Lanes{} + low, Lanes{} + high);
    return both[0];
  }

  template <class Source>
  static Lanes along(const Source& source, size_t row, size_t at) {
    return inOrder(source.many(row, 2 * at), source.many(row, 2 * at + LANES));
  }
  template <class Source>
  static float alongOne(const Source& source, size_t row, size_t at, size_t end) {
    const size_t i = 2 * at;
    return pair(i < end ? source.one(row, i) : 0, i + 1 < end ? source.one(row, i + 1) : 0);
  }
  template <class Source>
  static Lanes across(const Source& source, size_t at, size_t column, size_t end) {
    const size_t i = 2 * at;
    return sideBySide(i < end ? source.many(i, column) : Lanes{}, i + 1 < end ? source.many(i + 1, column) : Lanes{});
  }
  template <class Source>
  static float acrossOne(const Source& source, size_t at, size_t column, size_t end) {
    const size_t i = 2 * at;
    return pair(i < end ? source.one(i, column) : 0, i + 1 < end ? source.one(i + 1, column) : 0);
  }
};

/// With AVX512_BF16: the loops of single precision, with a pair where there was a number.
struct Bfloat16 : Pairs {
  static constexpr int ROWS = Float32::ROWS, COLUMNS = Float32::COLUMNS, STEP = 1, DEPTH = 192;

  template <class Source>
  static void packLeft(float* to, const Rows<Source>& rows, int line, int lines, int from, int deep, int end) {
    packLines<Bfloat16, ROWS>(to, DEPTH, rows, line, lines, from, deep, end);
  }
  template <class Source>
  static void packLeft(float* to, const Columns<Source>& columns, int line, int lines, int from, int deep, int end) {
    pack<Bfloat16, ROWS>(to, ROWS * DEPTH, columns, line, lines, from, deep, end);
  }
  template <class Source>
  static void packRight(float* to, const Rows<Source>& rows, int line, int lines, int from, int deep, int end) {
    pack<Bfloat16, COLUMNS>(to, rows, line, lines, from, deep, end);
  }
  template <class Source>
  static void packRight(float* to, const Columns<Source>& columns, int line, int lines, int from, int deep, int end) {
    pack<Bfloat16, COLUMNS>(to, COLUMNS * DEPTH, columns, line, lines, from, deep, end);
  }

  static void begin() {}
  static void end() {}

  template <bool ADD, bool ROWS_OF_A>
  static void panel(int deep, const float* a, const float* b, float* c, size_t stride) {
    constexpr int LINE = ROWS_OF_A ? DEPTH : 1, NEXT = ROWS_OF_A ? 1 : ROWS;
    panelProduct<ROWS, COLUMNS, LINE, NEXT, ADD>(deep, a, b, c, stride, [](Lanes sum, float left, Lanes right) {
      // All bits of a pair must survive, so it is moved as an integer.
      int32_t bits;
      std::memcpy(&bits, &left, sizeof bits);
      return (Lanes)_mm512_dpbf16_ps((__m512)sum, (__m512bh)_mm512_set1_epi32(bits), (__m512bh)(__m512)right);
    });
  }
};

}  // namespace mdctr

#endif
