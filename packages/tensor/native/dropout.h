// Dropout whose mask is made anew, forwards and backwards, from a key: none is stored.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers MdctrDropout(x of any shape, key int32 [2], keep float [2]: of 65536 the lot below which an element becomes 0, and
 * the factor of the others) -> y. Applied to dy with the same key it is its own gradient. The mask is that of ops/dropout.ts.
 * @returns what went wrong, or nothing.
 */
std::string registerDropout();

}  // namespace mdctr
