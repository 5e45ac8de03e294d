// Dense layers: y = act(x W + b) with act the identity or relu, in one op forwards and one backwards.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers, with attributes `relu` (0 or 1) and `precision` (see gemm.h),
 *   MdctrDense(x [B, n], kernel [n, m], bias [m] or []) -> y [B, m]
 *   MdctrDenseGrad(dy [B, m], x, kernel, y; `y` is [] without relu) -> dx [B, n], dkernel [n, m], dbias [m]
 * @returns what went wrong, or nothing.
 */
std::string registerDense();

}  // namespace mdctr
