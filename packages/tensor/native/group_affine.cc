#include "group_affine.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "gemm.h"
#include "kernel_tiles.h"
#include "op.h"
#include "parallel.h"

namespace mdctr {
namespace {

/// Rows that a thread takes at a time: enough to make packing a kernel cheap, few enough to share out large groups.
constexpr int CHUNK = 240;

/// A piece of a group's rows.
struct Piece {
  int group;
  int64_t row;
  int rows;
};

/// Where the rows of groups lie, and which factors the groups take.
struct Groups {
  const int32_t* sizes;
  const int32_t* at;
  int count;
  std::vector<int64_t> first;

  Groups(const Array& sizes, const Array& at)
      : sizes(sizes.ints()), at(at.ints()), count(static_cast<int>(sizes.size())) {
    int64_t row = 0;
    for (int g = 0; g < count; g++) {
      first.push_back(row);
      row += this->sizes[g];
    }
  }

  /// Largest first, so that threads end at about the same time.
  std::vector<Piece> pieces() const {
    std::vector<Piece> all;
    for (int g = 0; g < count; g++) {
      const int parts = (sizes[g] + CHUNK - 1) / CHUNK;
      for (int p = 0; p < parts; p++) {
        const int from = static_cast<int>(int64_t(sizes[g]) * p / parts);
        const int to = static_cast<int>(int64_t(sizes[g]) * (p + 1) / parts);
        all.push_back({g, first[g] + from, to - from});
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const Piece& a, const Piece& b) { return a.rows > b.rows; });
    return all;
  }

  bool fit(int64_t rows, int64_t domains) const {
    int64_t sum = 0;
    for (int g = 0; g < count; g++) {
      if (sizes[g] < 0 || at[g] < -1 || at[g] >= domains) return false;
      sum += sizes[g];
    }
    return sum == rows;
  }
};

void* createPrecision(TF_OpKernelConstruction* construction) {
  return new Precision{static_cast<Precision>(attribute(construction, "precision"))};
}
void destroyPrecision(void* precision) { delete static_cast<Precision*>(precision); }

void forward(void* precision, TF_OpKernelContext* context) {
  Call call(context);
  const Array x = call.input(0), shared = call.input(1), own = call.input(2), biases = call.input(3);
  const Array sizes = call.input(4), at = call.input(5);
  if (call.failed()) return;
  const int n = static_cast<int>(shared.dim(0)), m = static_cast<int>(shared.dim(1));
  const size_t kernelSize = size_t(n) * m;
  const Groups groups(sizes, at);
  if (call.failed(groups.fit(x.dim(0), own.dim(0)) && x.dim(1) == n, "the sizes of groups do not fit the rows")) return;
  const Array y = call.output(0, {x.dim(0), m});
  if (call.failed()) return;

  const std::vector<Piece> pieces = groups.pieces();
  Workers::all().run(static_cast<int>(pieces.size()), [&](int i) {
    const Piece& piece = pieces[i];
    const int domain = groups.at[piece.group];
    const Scaled kernel{shared.floats(), domain < 0 ? nullptr : own.floats() + domain * kernelSize, size_t(m)};
    float* out = y.floats() + piece.row * m;
    withMath(*static_cast<Precision*>(precision), [&](auto math) {
      product<decltype(math)>(piece.rows, m, n, Rows{Matrix{x.floats(), size_t(n)}}, piece.row, Columns{kernel, m}, out, m);
    });
    if (biases.size() == 0) return;
    const float* bias = biases.floats() + size_t(piece.group) * m;
    for (int r = 0; r < piece.rows; r++) {
      for (int j = 0; j < m; j++) out[size_t(r) * m + j] += bias[j];
    }
  });
}

/**
 * Of one tile: with P_g = x_g^T dy_g, dOwn[at[g]] = P_g * shared and dShared = sum_g P_g * own[at[g]]. P is used while it is in
 * the cache, and each thread has tiles of its own, so sums have one order whatever the number of threads.
 */
template <class Math>
void kernelGradients(const Tile& tile, const Groups& groups, const Array& dy, const Array& x, const Array& shared,
                     const Array& own, float* dShared, float* dOwn) {
  const int n = static_cast<int>(shared.dim(0)), m = static_cast<int>(shared.dim(1));
  const size_t kernelSize = size_t(n) * m;
  thread_local Room room;
  float* p = room.ofSize(size_t(tile.rows) * tile.columns);
  const auto each = [&](const auto& visit) {
    for (int r = 0; r < tile.rows; r++) {
      const size_t at = size_t(tile.row + r) * m + tile.column;
      for (int j = 0; j < tile.columns; j++) visit(at + j, p[size_t(r) * tile.columns + j]);
    }
  };
  each([&](size_t i, float) { dShared[i] = 0; });
  std::vector<bool> taken(own.dim(0), false);
  for (int g = 0; g < groups.count; g++) {
    if (groups.sizes[g] == 0) continue;
    const Columns left{Matrix{x.floats() + groups.first[g] * n + tile.row, size_t(n)}, n - tile.row};
    const Columns right{Matrix{dy.floats() + groups.first[g] * m + tile.column, size_t(m)}, m - tile.column};
    product<Math>(tile.rows, tile.columns, groups.sizes[g], left, 0, right, p, tile.columns);
    const int domain = groups.at[g];
    if (domain < 0) {
      each([&](size_t i, float value) { dShared[i] += value; });
      continue;
    }
    taken[domain] = true;
    const float* factor = own.floats() + domain * kernelSize;
    const float* common = shared.floats();
    float* change = dOwn + domain * kernelSize;
    each([=](size_t i, float value) {
      dShared[i] += value * factor[i];
      change[i] = value * common[i];
    });
  }
  for (int64_t domain = 0; domain < own.dim(0); domain++) {
    if (!taken[domain]) each([&](size_t i, float) { dOwn[domain * kernelSize + i] = 0; });
  }
}

template <class Math>
void gradients(const Groups& groups, const Array& dy, const Array& x, const Array& shared, const Array& own, const Array& dx,
               const Array& dShared, const Array& dOwn, const Array& dBiases) {
  const int n = static_cast<int>(shared.dim(0)), m = static_cast<int>(shared.dim(1));
  const std::vector<Piece> pieces = groups.pieces();
  const int inputs = static_cast<int>(pieces.size());
  Workers::all().run(inputs + groups.count, [&](int i) {
    if (i < inputs) {
      const int domain = groups.at[pieces[i].group];
      const Scaled kernel{shared.floats(), domain < 0 ? nullptr : own.floats() + domain * size_t(n) * m, size_t(m)};
      const Piece& piece = pieces[i];
      product<Math>(piece.rows, n, m, Rows{Matrix{dy.floats(), size_t(m)}}, piece.row, Rows{kernel},
                       dx.floats() + piece.row * n, n);
      return;
    }
    const int g = i - inputs;
    float* sum = dBiases.floats() + size_t(g) * m;
    std::fill(sum, sum + m, 0.0f);
    const float* row = dy.floats() + groups.first[g] * m;
    for (int r = 0; r < groups.sizes[g]; r++, row += m) {
      for (int j = 0; j < m; j++) sum[j] += row[j];
    }
  });
  const std::vector<Tile> tiles = tilesOf<Math>(n, m, x.dim(0));
  Workers::all().run(static_cast<int>(tiles.size()), [&](int i) {
    kernelGradients<Math>(tiles[i], groups, dy, x, shared, own, dShared.floats(), dOwn.floats());
  });
}

void backward(void* precision, TF_OpKernelContext* context) {
  Call call(context);
  const Array dy = call.input(0), x = call.input(1), shared = call.input(2), own = call.input(3);
  const Array sizes = call.input(4), at = call.input(5);
  if (call.failed()) return;
  const int n = static_cast<int>(shared.dim(0)), m = static_cast<int>(shared.dim(1));
  const Groups groups(sizes, at);
  if (call.failed(groups.fit(x.dim(0), own.dim(0)) && x.dim(1) == n && dy.dim(1) == m, "the sizes of groups do not fit")) return;
  const Array dx = call.output(0, {x.dim(0), n}), dShared = call.output(1, {n, m});
  const Array dOwn = call.output(2, {own.dim(0), n, m}), dBiases = call.output(3, {groups.count, m});
  if (call.failed()) return;

  withMath(*static_cast<Precision*>(precision), [&](auto math) {
    gradients<decltype(math)>(groups, dy, x, shared, own, dx, dShared, dOwn, dBiases);
  });
}

}  // namespace

std::string registerGroupAffine() {
  const std::string problem = registerOp(
      "MdctrGroupAffine", {"x: float", "shared: float", "own: float", "biases: float", "sizes: int32", "at: int32"}, {"y: float"},
      forward, {"precision: int"}, createPrecision, destroyPrecision);
  if (!problem.empty()) return problem;
  return registerOp("MdctrGroupAffineGrad",
                    {"dy: float", "x: float", "shared: float", "own: float", "sizes: int32", "at: int32"},
                    {"dx: float", "d_shared: float", "d_own: float", "d_biases: float"}, backward, {"precision: int"},
                    createPrecision, destroyPrecision);
}

}  // namespace mdctr
