#include "activations.h"

#include <algorithm>

#include "functions.h"
#include "op.h"
#include "parallel.h"

namespace mdctr {
namespace {

/// Numbers that a thread takes at a time.
constexpr int64_t CHUNK = 1 << 14;

struct Silu {
  static Lanes value(Lanes x) { return x / (1.0f + exponential(-x)); }
  static Lanes slope(Lanes x) {
    const Lanes sigmoid = 1.0f / (1.0f + exponential(-x));
    return sigmoid * (1.0f + x * (1.0f - sigmoid));
  }
};

/// Source: Hendrycks and Gimpel, arXiv 1606.08415.
struct Gelu {
  static Lanes value(Lanes x) {
    Lanes density;
    return x * normalDistribution(x, density);
  }
  static Lanes slope(Lanes x) {
    Lanes density;
    const Lanes share = normalDistribution(x, density);
    return share + x * density;
  }
};

/// out_i = f(a_i, b_i) for all elements, whole vectors at a time.
template <class F>
void elementwise(const float* a, const float* b, float* out, int64_t size, const F& f) {
  inChunks(size, CHUNK, [&](int64_t i, int64_t end) {
    for (; i + LANES <= end; i += LANES) store(out + i, f(lanes(a + i), lanes(b + i)));
    if (i == end) return;
    float left[LANES] = {}, right[LANES] = {};
    std::copy(a + i, a + end, left);
    std::copy(b + i, b + end, right);
    const Lanes last = f(lanes(left), lanes(right));
    for (int64_t j = i; j < end; j++) out[j] = last[j - i];
  });
}

template <class Activation>
void forward(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array x = call.input(0);
  if (call.failed()) return;
  const Array y = call.outputLike(x);
  if (call.failed()) return;
  elementwise(x.floats(), x.floats(), y.floats(), x.size(), [](Lanes in, Lanes) { return Activation::value(in); });
}

template <class Activation>
void backward(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array dy = call.input(0), x = call.input(1);
  if (call.failed() || call.failed(dy.size() == x.size(), "the shapes do not fit")) return;
  const Array dx = call.outputLike(x);
  if (call.failed()) return;
  elementwise(dy.floats(), x.floats(), dx.floats(), x.size(), [](Lanes d, Lanes in) { return d * Activation::slope(in); });
}

template <class Activation>
std::string registerPair(const char* name, const char* gradient) {
  const std::string problem = registerOp(name, {"x: float"}, {"y: float"}, forward<Activation>);
  return problem.empty() ? registerOp(gradient, {"dy: float", "x: float"}, {"dx: float"}, backward<Activation>) : problem;
}

}  // namespace

std::string registerActivations() {
  const std::string problem = registerPair<Silu>("MdctrSilu", "MdctrSiluGrad");
  return problem.empty() ? registerPair<Gelu>("MdctrGelu", "MdctrGeluGrad") : problem;
}

}  // namespace mdctr
