// Makes our ops known to TensorFlow when Node loads this library; Node itself gets an empty module.
#include <node_api.h>

#include "activations.h"
#include "dense.h"
#include "dropout.h"
#include "group_affine.h"
#include "group_norm.h"
#include "loss.h"
#include "mul_add.h"
#include "scale_rows.h"
#include "sum_rows.h"
#include "table_rows.h"

NAPI_MODULE_INIT() {
  using namespace mdctr;
  for (const auto registerOps :
       {registerActivations, registerDense, registerDropout, registerGroupAffine, registerGroupNorm, registerLoss, registerMulAdd,
        registerScaleRows, registerSumRows, registerTableRows}) {
    const std::string problem = registerOps();
    if (problem.empty()) continue;
    napi_throw_error(env, nullptr, problem.c_str());
    break;
  }
  return exports;
}
