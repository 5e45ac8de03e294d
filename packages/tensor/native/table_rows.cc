#include "table_rows.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "op.h"
#include "parallel.h"

namespace mdctr {
namespace {

/// Rows that a thread takes at a time.
constexpr int64_t CHUNK = 2048;

void put(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array table = call.input(0), ids = call.input(1), rows = call.input(2);
  if (call.failed()) return;
  const int64_t k = table.dim(1);
  if (call.failed(rows.size() == ids.size() * k, "the rows do not fit the table")) return;
  inChunks(ids.size(), CHUNK, [&](int64_t from, int64_t to) {
    for (int64_t u = from; u < to; u++) {
      const float* row = rows.floats() + u * k;
      std::copy(row, row + k, table.floats() + ids.ints()[u] * k);
    }
  });
}

/// Rows never updated have no gap, unless when[1] is 1.
void rowGaps(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array last = call.input(0), ids = call.input(1), when = call.input(2);
  if (call.failed()) return;
  const int64_t rows = ids.size();
  const Array which = call.output(1, {rows}, TF_INT32);
  if (call.failed()) return;
  const int32_t now = when.ints()[0];
  const bool fromTheStart = when.ints()[1] == 1;
  std::vector<int32_t> place(now + 1, 0);  // of a gap, from 1; 0: does not occur
  for (int64_t u = 0; u < rows; u++) {
    const int32_t updated = last.ints()[ids.ints()[u]];
    const int32_t gap = updated == 0 && !fromTheStart ? 0 : now - updated;
    which.ints()[u] = gap;
    place[gap] = 1;
  }
  std::vector<int32_t> distinct;
  for (int32_t gap = 0; gap <= now; gap++) {
    if (place[gap] == 0) continue;
    place[gap] = static_cast<int32_t>(distinct.size());
    distinct.push_back(gap);
  }
  for (int64_t u = 0; u < rows; u++) which.ints()[u] = place[which.ints()[u]];
  const Array gaps = call.output(0, {static_cast<int64_t>(distinct.size())}, TF_INT32);
  if (call.failed()) return;
  std::copy(distinct.begin(), distinct.end(), gaps.ints());
}

/// The inputs that reading and updating share.
struct Table {
  Array weights, m, v, ids, which, factors, floor;
  int64_t k;

  explicit Table(Call& call)
      : weights(call.input(0)), m(call.input(1)), v(call.input(2)), ids(call.input(3)), which(call.input(4)),
        factors(call.input(5)), floor(call.input(6)), k(weights.dim(1)) {}

  /// What the gap of the u-th row does to it: four numbers.
  const float* factorsOf(int64_t u) const { return factors.floats() + 4 * which.ints()[u]; }

  int64_t offset(int64_t u) const { return ids.ints()[u] * k; }

  /// Rows lie anywhere in memory: those that come soon are asked for now.
  void prefetch(int64_t u, int64_t end) const {
    if (u + AHEAD >= end) return;
    const int64_t at = offset(u + AHEAD);
    __builtin_prefetch(weights.floats() + at);
    __builtin_prefetch(m.floats() + at);
    __builtin_prefetch(v.floats() + at);
  }

 private:
  static constexpr int64_t AHEAD = 12;
};

void read(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Table table(call);
  if (call.failed()) return;
  const int64_t k = table.k;
  const Array rows = call.output(0, {table.ids.size(), k});
  if (call.failed()) return;
  const float floor = table.floor.floats()[0];
  inChunks(table.ids.size(), CHUNK, [&](int64_t from, int64_t to) {
    for (int64_t u = from; u < to; u++) {
      table.prefetch(u, to);
      const int64_t at = table.offset(u);
      const float* factors = table.factorsOf(u);
      const float kept = factors[0], distance = factors[1];
      const float* __restrict w = table.weights.floats() + at;
      const float* __restrict m = table.m.floats() + at;
      const float* __restrict v = table.v.floats() + at;
      float* __restrict row = rows.floats() + u * k;
      for (int64_t j = 0; j < k; j++) row[j] = w[j] * kept - distance * (m[j] / (std::sqrt(v[j]) + floor));
    }
  });
}

void update(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Table table(call);
  const Array gradient = call.input(7), numbers = call.input(8), last = call.input(9);
  if (call.failed()) return;
  const int64_t k = table.k;
  const bool steps = gradient.size() > 0;
  if (call.failed(!steps || gradient.size() == table.ids.size() * k, "the gradient does not fit the rows")) return;
  const float floor = table.floor.floats()[0];
  const float *n = numbers.floats(), left = n[0], beta1 = n[1], beta2 = n[2], rate = n[3], floorNow = n[4];
  const int32_t now = static_cast<int32_t>(n[5]);
  inChunks(table.ids.size(), CHUNK, [&](int64_t from, int64_t to) {
    for (int64_t u = from; u < to; u++) {
      table.prefetch(u, to);
      const int64_t at = table.offset(u);
      const float* factors = table.factorsOf(u);
      const float kept = factors[0], distance = factors[1], decayM = factors[2], decayV = factors[3];
      float* __restrict w = table.weights.floats() + at;
      float* __restrict m = table.m.floats() + at;
      float* __restrict v = table.v.floats() + at;
      for (int64_t j = 0; j < k; j++) {
        w[j] = w[j] * kept - distance * (m[j] / (std::sqrt(v[j]) + floor));
        m[j] *= decayM;
        v[j] *= decayV;
      }
      if (steps) {
        const float* __restrict g = gradient.floats() + u * k;
        for (int64_t j = 0; j < k; j++) {
          m[j] = beta1 * m[j] + (1 - beta1) * g[j];
          v[j] = beta2 * v[j] + (1 - beta2) * g[j] * g[j];
          w[j] = w[j] * left - rate * m[j] / (std::sqrt(v[j]) + floorNow);
        }
      }
      last.ints()[table.ids.ints()[u]] = now;
    }
  });
}

}  // namespace

std::string registerTableRows() {
  std::string problem = registerOp("MdctrPutRows", {"table: float", "ids: int32", "rows: float"}, {}, put);
  if (!problem.empty()) return problem;
  problem = registerOp("MdctrRowGaps", {"last: int32", "ids: int32", "when: int32"}, {"gaps: int32", "which: int32"}, rowGaps);
  if (!problem.empty()) return problem;
  problem = registerOp("MdctrAdamRows",
                       {"weights: float", "m: float", "v: float", "ids: int32", "which: int32", "factors: float", "floor: float"},
                       {"rows: float"}, read);
  if (!problem.empty()) return problem;
  return registerOp("MdctrAdamRowsUpdate",
                    {"weights: float", "m: float", "v: float", "ids: int32", "which: int32", "factors: float", "floor: float",
                     "gradient: float", "numbers: float", "last: int32"},
                    {}, update);
}

}  // namespace mdctr
