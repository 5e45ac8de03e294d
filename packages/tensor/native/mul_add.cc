#include "mul_add.h"

#include <algorithm>

#include "op.h"
#include "parallel.h"

namespace mdctr {
namespace {

/// Numbers that a thread takes at a time.
constexpr int64_t CHUNK = 1 << 14;

void forward(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array a = call.input(0), b = call.input(1), c = call.input(2);
  if (call.failed() || call.failed(a.size() == b.size() && a.size() == c.size(), "the shapes differ")) return;
  const Array y = call.outputLike(a);
  if (call.failed()) return;
  inChunks(a.size(), CHUNK, [&](int64_t from, int64_t to) {
    const float* __restrict left = a.floats() + from;
    const float* __restrict right = b.floats() + from;
    const float* __restrict addend = c.floats() + from;
    float* __restrict out = y.floats() + from;
    for (int64_t i = 0; i < to - from; i++) out[i] = left[i] * right[i] + addend[i];
  });
}

void backward(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array dy = call.input(0), a = call.input(1), b = call.input(2);
  if (call.failed() || call.failed(dy.size() == a.size() && a.size() == b.size(), "the shapes differ")) return;
  const Array da = call.outputLike(a, 0), db = call.outputLike(b, 1);
  if (call.failed()) return;
  inChunks(a.size(), CHUNK, [&](int64_t from, int64_t to) {
    const float* __restrict slope = dy.floats() + from;
    const float* __restrict left = a.floats() + from;
    const float* __restrict right = b.floats() + from;
    float* __restrict ofLeft = da.floats() + from;
    float* __restrict ofRight = db.floats() + from;
    for (int64_t i = 0; i < to - from; i++) {
      ofLeft[i] = slope[i] * right[i];
      ofRight[i] = slope[i] * left[i];
    }
  });
}

}  // namespace

std::string registerMulAdd() {
  const std::string problem = registerOp("MdctrMulAdd", {"a: float", "b: float", "c: float"}, {"y: float"}, forward);
  if (!problem.empty()) return problem;
  return registerOp("MdctrMulAddGrad", {"dy: float", "a: float", "b: float"}, {"da: float", "db: float"}, backward);
}

}  // namespace mdctr
