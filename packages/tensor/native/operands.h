// Matrices as a product reads them: where numbers lie, what is done to them on their way, and which of both sides is summed over.
#pragma once

#include <cstddef>

#include "lanes.h"

namespace mdctr {

/// A row-major matrix as it is.
struct Matrix {
  const float* from;
  size_t stride;

  Lanes many(size_t row, size_t column) const { return lanes(from + row * stride + column); }
  float one(size_t row, size_t column) const { return from[row * stride + column]; }
};

/// `from` times `by`, elementwise; `from` alone where `by` is null.
struct Scaled {
  const float *from, *by;
  size_t stride;

  Lanes many(size_t row, size_t column) const {
    const size_t at = row * stride + column;
    return by ? lanes(from + at) * lanes(by + at) : lanes(from + at);
  }
  float one(size_t row, size_t column) const {
    const size_t at = row * stride + column;
    return by ? from[at] * by[at] : from[at];
  }
};

/// `from` where `gate` is above 0, else 0; all of `from` where `gate` is null.
struct Gated {
  const float *from, *gate;
  size_t stride;

  Lanes many(size_t row, size_t column) const {
    const size_t at = row * stride + column;
    return gate ? (lanes(gate + at) > 0.0f ? lanes(from + at) : Lanes{}) : lanes(from + at);
  }
  float one(size_t row, size_t column) const {
    const size_t at = row * stride + column;
    return !gate || gate[at] > 0 ? from[at] : 0;
  }
};

/// The rows of a matrix, each a line of the product; sums go along them.
template <class Source>
struct Rows {
  Source source;
};
template <class Source>
Rows(Source) -> Rows<Source>;

/// The columns of a matrix, each a line of the product; sums go down them. There are `count`.
template <class Source>
struct Columns {
  Source source;
  int count;
};
template <class Source>
Columns(Source, int) -> Columns<Source>;

template <class Operand>
constexpr bool ofRows = false;
template <class Source>
constexpr bool ofRows<Rows<Source>> = true;

}  // namespace mdctr
