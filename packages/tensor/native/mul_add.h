// a * b + c, as cross layers have it.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers MdctrMulAdd(a, b, c) -> a * b + c and MdctrMulAddGrad(dy, a, b) -> da = dy * b, db = dy * a; all of one shape.
 * @returns what went wrong, or nothing.
 */
std::string registerMulAdd();

}  // namespace mdctr
