// Sums of rows by segment.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers MdctrSumRows(x [m, k], segment int32 [m], segments int32 []) -> y [segments, k]: y_s is the sum of the rows whose
 * segment is s, in their order; 0 for none.
 * @returns what went wrong, or nothing.
 */
std::string registerSumRows();

}  // namespace mdctr
