// Activations whose value or gradient TensorFlow would compose out of several ops.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers four ops on tensors of any shape.
 *   MdctrSilu(x) -> y = x sigmoid(x)      MdctrSiluGrad(dy, x) -> dx
 *   MdctrGelu(x) -> y = x Phi(x)          MdctrGeluGrad(dy, x) -> dx
 * @returns what went wrong, or nothing.
 */
std::string registerActivations();

}  // namespace mdctr
