#include "loss.h"

#include <algorithm>
#include <cmath>

#include "op.h"

namespace mdctr {
namespace {

/// A few thousand rows are done before other threads were awake.
void compute(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array logits = call.input(0), labels = call.input(1), weights = call.input(2);
  if (call.failed()) return;
  const int64_t rows = logits.size();
  const bool fit = labels.size() == rows && (weights.size() == 0 || weights.size() == rows);
  if (call.failed(fit, "labels or weights do not fit the logits")) return;
  const Array loss = call.output(0, {}), slopes = call.outputLike(logits, 1);
  if (call.failed()) return;
  double sum = 0;
  for (int64_t i = 0; i < rows; i++) {
    const float x = logits.floats()[i], z = labels.floats()[i], weight = weights.size() == 0 ? 1 : weights.floats()[i];
    const float power = std::exp(-std::abs(x)); // at most 1, so nothing overflows
    const float sigmoid = (x < 0 ? power : 1) / (1 + power);
    sum += weight * ((x > 0 ? x : 0) - x * z + std::log1p(power));
    slopes.floats()[i] = weight * (sigmoid - z) / static_cast<float>(rows);
  }
  loss.floats()[0] = static_cast<float>(sum / std::max<int64_t>(1, rows));
}

}  // namespace

std::string registerLoss() {
  return registerOp("MdctrSigmoidCrossEntropy", {"logits: float", "labels: float", "weights: float"},
                    {"loss: float", "slopes: float"}, compute);
}

}  // namespace mdctr
