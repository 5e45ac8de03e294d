#include "group_norm.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "op.h"
#include "parallel.h"

namespace mdctr {
namespace {

/// Numbers that are worth a thread of their own.
constexpr int64_t WORTH = 1 << 15;
/// Columns of all rows that stay in the second-level cache from one pass to the next.
constexpr int64_t COLUMNS = 48;

/// Rows of each group; empty where the groups do not fit.
std::vector<int32_t> countRows(const Array& group, int64_t groups) {
  std::vector<int32_t> rows(groups, 0);
  for (int64_t r = 0; r < group.size(); r++) {
    const int32_t g = group.ints()[r];
    if (g < 0 || g >= groups) return {};
    rows[g]++;
  }
  return rows;
}

/// Calls `pass(from, to)` for narrow ranges of columns, on all threads: a column's sums have one order.
template <class Pass>
void byColumns(int64_t n, bool worth, const Pass& pass) {
  const ColumnParts parts(n, worth);
  Workers::all().run(parts.count(), [&](int i) {
    for (int64_t from = parts.from(i); from < parts.to(i); from += COLUMNS) pass(from, std::min(parts.to(i), from + COLUMNS));
  });
}

/// The part of `rows` [*, n] that `pass` works on.
struct Slice {
  float* at;
  int64_t n;

  Slice(const Array& array, int64_t from) : at(array.floats() + from), n(array.dim(1)) {}
  float* row(int64_t r) const { return at + r * n; }
  void clear(int64_t rows, int64_t columns) const {
    for (int64_t r = 0; r < rows; r++) std::fill_n(row(r), columns, 0.0f);
  }
};

void forward(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array x = call.input(0), group = call.input(1), scale = call.input(2), offset = call.input(3);
  const Array givenMean = call.input(4), givenVariance = call.input(5), epsilonOf = call.input(6);
  if (call.failed()) return;
  const int64_t rows = x.dim(0), n = x.dim(1), groups = scale.dim(0);
  const std::vector<int32_t> sizes = countRows(group, groups);
  const bool fit = group.size() == rows && scale.dim(1) == n && int64_t(sizes.size()) == groups;
  if (call.failed(fit, "the groups do not fit the rows")) return;
  const Array y = call.output(0, {rows, n}), mean = call.output(1, {groups, n}), variance = call.output(2, {groups, n});
  const Array centre = call.output(3, {groups, n}), inverse = call.output(4, {groups, n});
  if (call.failed()) return;
  const float epsilon = epsilonOf.floats()[0];
  const int32_t* ids = group.ints();
  byColumns(n, rows * n >= WORTH, [&](int64_t from, int64_t to) {
    const int64_t columns = to - from;
    const Slice in(x, from), means(mean, from), spreads(variance, from), centres(centre, from), inverses(inverse, from);
    means.clear(groups, columns);
    spreads.clear(groups, columns);
    for (int64_t r = 0; r < rows; r++) {
      const float* __restrict values = in.row(r);
      float* __restrict sum = means.row(ids[r]);
      for (int64_t j = 0; j < columns; j++) sum[j] += values[j];
    }
    for (int64_t g = 0; g < groups; g++) {
      const float share = sizes[g] > 0 ? 1.0f / sizes[g] : 0;
      for (int64_t j = 0; j < columns; j++) {
        means.row(g)[j] *= share;
        centres.row(g)[j] = sizes[g] > 1 ? means.row(g)[j] : Slice(givenMean, from).row(g)[j];
      }
    }
    for (int64_t r = 0; r < rows; r++) {
      const float* __restrict values = in.row(r);
      const float* __restrict middle = centres.row(ids[r]);
      float* __restrict sum = spreads.row(ids[r]);
      for (int64_t j = 0; j < columns; j++) sum[j] += (values[j] - middle[j]) * (values[j] - middle[j]);
    }
    for (int64_t g = 0; g < groups; g++) {
      const float unbiased = 1.0f / std::max(1, sizes[g] - 1);
      for (int64_t j = 0; j < columns; j++) {
        const float sum = spreads.row(g)[j];
        const float own = sizes[g] > 1 ? sum / sizes[g] : Slice(givenVariance, from).row(g)[j];
        inverses.row(g)[j] = 1 / std::sqrt(own + epsilon);
        spreads.row(g)[j] = sum * unbiased;
      }
    }
    for (int64_t r = 0; r < rows; r++) {
      const float* __restrict values = in.row(r);
      const float* __restrict middle = centres.row(ids[r]);
      const float* __restrict factor = inverses.row(ids[r]);
      const float* __restrict gamma = Slice(scale, from).row(ids[r]);
      const float* __restrict beta = Slice(offset, from).row(ids[r]);
      float* __restrict out = Slice(y, from).row(r);
      for (int64_t j = 0; j < columns; j++) out[j] = (values[j] - middle[j]) * (gamma[j] * factor[j]) + beta[j];
    }
  });
}

/// With h = (x - centre) inverse and a = scale inverse: dx = a (dy - mean(dy) - h mean(dy h)), means over a group's rows.
void backward(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array dy = call.input(0), x = call.input(1), group = call.input(2), scale = call.input(3);
  const Array centre = call.input(4), inverse = call.input(5);
  if (call.failed()) return;
  const int64_t rows = x.dim(0), n = x.dim(1), groups = scale.dim(0);
  const std::vector<int32_t> sizes = countRows(group, groups);
  const bool fit = group.size() == rows && dy.size() == x.size() && int64_t(sizes.size()) == groups;
  if (call.failed(fit, "the groups do not fit the rows")) return;
  const Array dx = call.output(0, {rows, n}), dScale = call.output(1, {groups, n}), dOffset = call.output(2, {groups, n});
  if (call.failed()) return;
  const int32_t* ids = group.ints();
  byColumns(n, rows * n >= WORTH, [&](int64_t from, int64_t to) {
    const int64_t columns = to - from;
    const Slice in(x, from), slopes(dy, from), centres(centre, from), inverses(inverse, from);
    const Slice scales(dScale, from), offsets(dOffset, from);
    scales.clear(groups, columns);
    offsets.clear(groups, columns);
    for (int64_t r = 0; r < rows; r++) {
      const float* __restrict d = slopes.row(r);
      const float* __restrict values = in.row(r);
      const float* __restrict middle = centres.row(ids[r]);
      const float* __restrict factor = inverses.row(ids[r]);
      float* __restrict ofScale = scales.row(ids[r]);
      float* __restrict ofOffset = offsets.row(ids[r]);
      for (int64_t j = 0; j < columns; j++) {
        ofScale[j] += d[j] * ((values[j] - middle[j]) * factor[j]);
        ofOffset[j] += d[j];
      }
    }
    for (int64_t r = 0; r < rows; r++) {
      const int32_t g = ids[r];
      const float share = sizes[g] > 1 ? 1.0f / sizes[g] : 0; // one row's statistics are given, as constants
      const float* __restrict d = slopes.row(r);
      const float* __restrict values = in.row(r);
      const float* __restrict middle = centres.row(g);
      const float* __restrict factor = inverses.row(g);
      const float* __restrict gamma = Slice(scale, from).row(g);
      const float* __restrict ofScale = scales.row(g);
      const float* __restrict ofOffset = offsets.row(g);
      float* __restrict out = Slice(dx, from).row(r);
      for (int64_t j = 0; j < columns; j++) {
        const float h = (values[j] - middle[j]) * factor[j];
        out[j] = gamma[j] * factor[j] * (d[j] - share * (ofOffset[j] + h * ofScale[j]));
      }
    }
  });
}

}  // namespace

std::string registerGroupNorm() {
  const std::string problem =
      registerOp("MdctrGroupNorm",
                 {"x: float", "group: int32", "scale: float", "offset: float", "given_mean: float", "given_variance: float",
                  "epsilon: float"},
                 {"y: float", "mean: float", "variance: float", "centre: float", "inverse: float"}, forward);
  if (!problem.empty()) return problem;
  return registerOp("MdctrGroupNormGrad",
                    {"dy: float", "x: float", "group: int32", "scale: float", "centre: float", "inverse: float"},
                    {"dx: float", "d_scale: float", "d_offset: float"}, backward);
}

}  // namespace mdctr
