// Functions of vectors.
#pragma once

#include "lanes.h"

namespace mdctr {

typedef int Whole __attribute__((vector_size(LANES * sizeof(int))));

/// e^x, within two units in the last place: x = n ln 2 + r with |r| <= ln 2 / 2, and a polynomial for e^r.
inline Lanes exponential(Lanes x) {
  x = x > 88.0f ? Lanes{} + 88.0f : x;
  x = x < -87.0f ? Lanes{} - 87.0f : x;
  const Lanes scaled = x * 1.44269504f;
  const Whole n = __builtin_convertvector(scaled + (scaled > 0.0f ? Lanes{} + 0.5f : Lanes{} - 0.5f), Whole);
  const Lanes whole = __builtin_convertvector(n, Lanes);
  const Lanes r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
  // 1 + r + r^2/2! + ... + r^7/7!: what is left out is below 2e-8 of the sum.
  Lanes sum = Lanes{} + 1.0f / 5040;
  for (const float term : {1.0f / 720, 1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f}) sum = sum * r + term;
  return sum * reinterpret_cast<const Lanes&>(static_cast<const Whole&>((n + 127) << 23));
}

/// The distribution function of the normal law and, by the way, its density. Source: Abramowitz and Stegun, Handbook of
/// Mathematical Functions, 7.1.26; off by at most 1.5e-7.
inline Lanes normalDistribution(Lanes x, Lanes& density) {
  const Lanes size = (x < 0.0f ? -x : x) * 0.70710678f;
  const Lanes t = 1.0f / (1.0f + 0.3275911f * size);
  Lanes sum = Lanes{} + 1.061405429f;
  for (const float term : {-1.453152027f, 1.421413741f, -0.284496736f, 0.254829592f}) sum = sum * t + term;
  const Lanes bell = exponential(-size * size);
  const Lanes tail = 0.5f * sum * t * bell;
  density = bell * 0.39894228f;
  return x < 0.0f ? tail : 1.0f - tail;
}

}  // namespace mdctr
