// Makes our ops known to TensorFlow when Node loads this library; Node itself gets an empty module.
#include <node_api.h>

#include "dense.h"
#include "group_affine.h"
#include "scale_rows.h"
#include "table_rows.h"

NAPI_MODULE_INIT() {
  std::string problem = mdctr::registerDense();
  if (problem.empty()) problem = mdctr::registerGroupAffine();
  if (problem.empty()) problem = mdctr::registerScaleRows();
  if (problem.empty()) problem = mdctr::registerTableRows();
  if (!problem.empty()) napi_throw_error(env, nullptr, problem.c_str());
  return exports;
}
