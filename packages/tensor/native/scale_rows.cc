#include "scale_rows.h"

#include <algorithm>

#include "op.h"
#include "parallel.h"

namespace mdctr {
namespace {

/// Numbers that are worth a thread of their own.
constexpr int64_t WORTH = 1 << 15;

bool fit(const Array& h, const Array& factors, const Array& group) {
  if (h.dim(1) != factors.dim(1) || h.dim(0) != group.size()) return false;
  const int32_t* ids = group.ints();
  return std::all_of(ids, ids + group.size(), [&](int32_t id) { return id >= 0 && id < factors.dim(0); });
}

void forward(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array h = call.input(0), factors = call.input(1), group = call.input(2);
  if (call.failed() || call.failed(fit(h, factors, group), "the groups do not fit rows and factors")) return;
  const int64_t rows = h.dim(0), n = h.dim(1);
  const Array y = call.output(0, {rows, n});
  if (call.failed()) return;
  const int64_t chunk = std::max<int64_t>(1, WORTH / std::max<int64_t>(1, n));
  inChunks(rows, chunk, [&](int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
      const float* __restrict in = h.floats() + r * n;
      const float* __restrict factor = factors.floats() + group.ints()[r] * n;
      float* __restrict out = y.floats() + r * n;
      for (int64_t j = 0; j < n; j++) out[j] = in[j] * factor[j];
    }
  });
}

/// A thread has columns of its own, of all rows: a factor's gradient is summed in the order of the rows, whoever does it.
void backward(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array dy = call.input(0), h = call.input(1), factors = call.input(2), group = call.input(3);
  if (call.failed() || call.failed(fit(h, factors, group), "the groups do not fit rows and factors")) return;
  const int64_t rows = h.dim(0), n = h.dim(1), groups = factors.dim(0);
  const Array dh = call.output(0, {rows, n}), dFactors = call.output(1, {groups, n});
  if (call.failed()) return;
  const ColumnParts parts(n, rows * n >= WORTH);
  Workers::all().run(parts.count(), [&](int i) {
    const int64_t from = parts.from(i), columns = parts.to(i) - from;
    for (int64_t g = 0; g < groups; g++) std::fill_n(dFactors.floats() + g * n + from, columns, 0.0f);
    for (int64_t r = 0; r < rows; r++) {
      const int64_t at = r * n + from, ofGroup = group.ints()[r] * n + from;
      const float* __restrict d = dy.floats() + at;
      const float* __restrict in = h.floats() + at;
      const float* __restrict factor = factors.floats() + ofGroup;
      float* __restrict out = dh.floats() + at;
      float* __restrict sum = dFactors.floats() + ofGroup;
      for (int64_t j = 0; j < columns; j++) {
        out[j] = d[j] * factor[j];
        sum[j] += d[j] * in[j];
      }
    }
  });
}

}  // namespace

std::string registerScaleRows() {
  const std::string problem =
      registerOp("MdctrScaleRows", {"h: float", "factors: float", "group: int32"}, {"y: float"}, forward);
  if (!problem.empty()) return problem;
  return registerOp("MdctrScaleRowsGrad", {"dy: float", "h: float", "factors: float", "group: int32"},
                    {"dh: float", "d_factors: float"}, backward);
}

}  // namespace mdctr
