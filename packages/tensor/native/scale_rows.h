// Rows times the factors of their group.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers two ops. `group` [B] names each row's group, from 0.
 * MdctrScaleRows(h [B, n], factors [G, n], group) -> y [B, n], y_r = h_r * factors[group_r]
 * MdctrScaleRowsGrad(dy [B, n], h, factors, group) -> dh [B, n], dFactors [G, n]
 * Returns what went wrong, or nothing.
 */
std::string registerScaleRows();

}  // namespace mdctr
