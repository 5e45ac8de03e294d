#include "sum_rows.h"

#include <algorithm>

#include "op.h"
#include "parallel.h"

namespace mdctr {
namespace {

/// Numbers that are worth a thread of their own.
constexpr int64_t WORTH = 1 << 15;
/// Columns from which rows are shared out by columns.
constexpr int64_t WIDE = 128;

/// The sums of segments from `first` to `last`, columns from `from` to `to`.
struct Part {
  int64_t first, last, from, to;
};

void sum(const Array& x, const Array& segment, const Array& y, const Part& part) {
  const int64_t k = x.dim(1);
  for (int64_t s = part.first; s < part.last; s++) {
    std::fill(y.floats() + s * k + part.from, y.floats() + s * k + part.to, 0.0f);
  }
  for (int64_t r = 0; r < x.dim(0); r++) {
    const int64_t s = segment.ints()[r];
    if (s < part.first || s >= part.last) continue;
    const float* __restrict in = x.floats() + r * k;
    float* __restrict out = y.floats() + s * k;
    for (int64_t j = part.from; j < part.to; j++) out[j] += in[j];
  }
}

/// Wide rows are shared out by columns, narrow ones by segments: each sum has one thread, whatever their number.
void compute(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array x = call.input(0), segment = call.input(1), count = call.input(2);
  if (call.failed()) return;
  const int64_t segments = count.ints()[0], k = x.dim(1);
  const int32_t* ids = segment.ints();
  const bool fit = segment.size() == x.dim(0) &&
                   std::all_of(ids, ids + segment.size(), [&](int32_t id) { return id >= 0 && id < segments; });
  if (call.failed(fit, "the segments do not fit the rows")) return;
  const Array y = call.output(0, {segments, k});
  if (call.failed()) return;
  if (k >= WIDE) {
    const ColumnParts columns(k, x.size() >= WORTH);
    Workers::all().run(columns.count(), [&](int i) { sum(x, segment, y, {0, segments, columns.from(i), columns.to(i)}); });
    return;
  }
  const int64_t parts = x.size() < WORTH ? 1 : Workers::all().threads();
  Workers::all().run(static_cast<int>(parts), [&](int i) {
    sum(x, segment, y, {segments * i / parts, segments * (i + 1) / parts, 0, k});
  });
}

}  // namespace

std::string registerSumRows() {
  return registerOp("MdctrSumRows", {"x: float", "segment: int32", "segments: int32"}, {"y: float"}, compute);
}

}  // namespace mdctr
