#include "dense.h"

#include <algorithm>
#include <vector>

#include "gemm.h"
#include "kernel_tiles.h"
#include "op.h"
#include "parallel.h"

namespace mdctr {
namespace {

/// A layer's attributes; one for the life of each kind of call.
struct Kind {
  bool relu;
  Precision precision;
};

void* createKind(TF_OpKernelConstruction* construction) {
  return new Kind{attribute(construction, "relu") != 0, static_cast<Precision>(attribute(construction, "precision"))};
}
void destroyKind(void* kind) { delete static_cast<Kind*>(kind); }

/// Rows that a thread takes at a time: some for each, few enough to stay in the second-level cache.
template <class Math>
int chunkOf(int64_t rows) {
  const int64_t panels = rows / (int64_t(Math::ROWS) * Workers::all().threads() * 3);
  return static_cast<int>(std::clamp<int64_t>(panels, 1, 120 / Math::ROWS + 1)) * Math::ROWS;
}

/// y [rows, n] = A's rows times a packed B, a chunk a task.
template <class Math, class Left, class Right, class Done>
void byRows(int rows, int n, int length, const Left& left, const Right& right, float* to, const Done& done) {
  thread_local Room room;  // of the thread that calls; the others only read it
  Packed<Math> packed(room.ofSize(Packed<Math>::size(n, length)), n, length);
  Workers::all().run(packed.panels(), [&](int panel) { packed.pack(panel, right, n, length); });
  inChunks(rows, chunkOf<Math>(rows), [&](int64_t from, int64_t end) {
    const int first = static_cast<int>(from);
    product<Math>(static_cast<int>(end - from), n, length, left, first, packed, to + size_t(first) * n, n,
                  [&](int row, int some, int column, int columns) { done(first + row, some, column, columns); });
  });
}

void forward(void* state, TF_OpKernelContext* context) {
  Call call(context);
  const Array x = call.input(0), kernel = call.input(1), bias = call.input(2);
  if (call.failed()) return;
  const Kind& kind = *static_cast<Kind*>(state);
  const int rows = static_cast<int>(x.dim(0)), n = static_cast<int>(kernel.dim(0)), m = static_cast<int>(kernel.dim(1));
  if (call.failed(x.dim(1) == n && (bias.size() == 0 || bias.size() == m), "kernel or bias do not fit the inputs")) return;
  const Array y = call.output(0, {rows, m});
  if (call.failed()) return;
  const float* shift = bias.size() == 0 ? nullptr : bias.floats();
  float* out = y.floats();
  withMath(kind.precision, [&](auto math) {
    byRows<decltype(math)>(rows, m, n, Rows{Matrix{x.floats(), size_t(n)}}, Columns{Matrix{kernel.floats(), size_t(m)}, m}, out,
                           [&](int row, int some, int column, int columns) {
                             if (!shift && !kind.relu) return;
                             for (int r = row; r < row + some; r++) {
                               float* at = out + size_t(r) * m + column;
                               for (int j = 0; j < columns; j++) {
                                 const float z = shift ? at[j] + shift[column + j] : at[j];
                                 at[j] = kind.relu && z < 0 ? 0 : z;
                               }
                             }
                           });
  });
}

/// The sum of the rows of `dy`, columns from `from` to `to`.
void sumRows(const Gated& dy, int rows, int from, int to, float* sums) {
  std::fill(sums + from, sums + to, 0.0f);
  for (int r = 0; r < rows; r++) {
    int j = from;
    for (; j + LANES <= to; j += LANES) store(sums + j, lanes(sums + j) + dy.many(r, j));
    for (; j < to; j++) sums[j] += dy.one(r, j);
  }
}

/// With dz = dy, where y is above 0 after a relu: dx = dz W^T, dW = x^T dz, db = the sum of dz's rows. Each thread has parts of
/// the results of its own, so sums have one order whatever the number of threads.
void backward(void* state, TF_OpKernelContext* context) {
  Call call(context);
  const Array dy = call.input(0), x = call.input(1), kernel = call.input(2), y = call.input(3);
  if (call.failed()) return;
  const Kind& kind = *static_cast<Kind*>(state);
  const int rows = static_cast<int>(x.dim(0)), n = static_cast<int>(kernel.dim(0)), m = static_cast<int>(kernel.dim(1));
  const bool fit = x.dim(1) == n && dy.size() == int64_t(rows) * m && (!kind.relu || y.size() == dy.size());
  if (call.failed(fit, "the shapes do not fit")) return;
  const Array dx = call.output(0, {rows, n}), dKernel = call.output(1, {n, m}), dBias = call.output(2, {m});
  if (call.failed()) return;
  const Gated dz{dy.floats(), kind.relu ? y.floats() : nullptr, size_t(m)};
  withMath(kind.precision, [&](auto math) {
    using Math = decltype(math);
    byRows<Math>(rows, n, m, Rows{dz}, Rows{Matrix{kernel.floats(), size_t(m)}}, dx.floats(), [](int, int, int, int) {});
    const std::vector<Tile> tiles = tilesOf<Math>(n, m, rows);
    Workers::all().run(static_cast<int>(tiles.size()), [&](int i) {
      const Tile& tile = tiles[i];
      const Columns left{Matrix{x.floats() + tile.row, size_t(n)}, n - tile.row};
      const size_t from = tile.column;
      const Columns right{Gated{dz.from + from, dz.gate ? dz.gate + from : nullptr, dz.stride}, m - tile.column};
      product<Math>(tile.rows, tile.columns, rows, left, 0, right, dKernel.floats() + size_t(tile.row) * m + from, m);
      if (tile.row == 0) sumRows(dz, rows, tile.column, tile.column + tile.columns, dBias.floats());
    });
  });
}

}  // namespace

std::string registerDense() {
  const std::string problem = registerOp("MdctrDense", {"x: float", "kernel: float", "bias: float"}, {"y: float"}, forward,
                                         {"relu: int", "precision: int"}, createKind, destroyKind);
  if (!problem.empty()) return problem;
  return registerOp("MdctrDenseGrad", {"dy: float", "x: float", "kernel: float", "y: float"},
                    {"dx: float", "d_kernel: float", "d_bias: float"}, backward, {"relu: int", "precision: int"}, createKind,
                    destroyKind);
}

}  // namespace mdctr
