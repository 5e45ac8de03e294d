// An affine map with a kernel a group of rows: the kernel of group g is shared * own[at[g]], elementwise.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers two ops. G groups of `sizes[g]` rows each, one after the other; `at[g]` names the factors of group g, -1 none; no
 * two groups have the same.
 * MdctrGroupAffine(x [B, n], shared [n, m], own [D, n, m], biases [G, m] or [0], sizes [G], at [G]) -> y [B, m]
 * MdctrGroupAffineGrad(dy [B, m], x, shared, own, sizes, at)
 *   -> dx [B, n], dShared [n, m], dOwn [D, n, m], dBiases [G, m]
 * Returns what went wrong, or nothing.
 */
std::string registerGroupAffine();

}  // namespace mdctr
