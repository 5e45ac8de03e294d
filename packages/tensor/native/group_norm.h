// Normalisation of rows by the statistics of their group.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers two ops; `group` [B] names each row's group, from 0.
 *   MdctrGroupNorm(x [B, n], group, scale [G, n], offset [G, n], given_mean [G, n], given_variance [G, n], epsilon [])
 *     -> y [B, n] = scale (x - centre) inverse + offset, mean [G, n], variance [G, n] with divisor rows - 1, centre [G, n],
 *        inverse [G, n] = 1 / sqrt(variance with divisor rows + epsilon)
 *   MdctrGroupNormGrad(dy, x, group, scale, centre, inverse) -> dx, dscale, doffset
 * A group of one row takes what is given for centre and variance, as constants.
 * @returns what went wrong, or nothing.
 */
std::string registerGroupNorm();

}  // namespace mdctr
