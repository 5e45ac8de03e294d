// Vectors as wide as the registers of the instruction set that this library is compiled for.
#pragma once

#include <cstddef>

namespace mdctr {

#if defined(__AVX512F__)
constexpr int LANES = 16;
#else
constexpr int LANES = 8;
#endif

typedef float Lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

inline Lanes lanes(const float* from) { return *reinterpret_cast<const Lanes*>(from); }
inline void store(float* to, Lanes values) { *reinterpret_cast<Lanes*>(to) = values; }

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

}  // namespace mdctr
