// The loss of logits against labels, with its gradient.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers MdctrSigmoidCrossEntropy(logits [rows, 1], labels [rows, 1], weights [rows, 1] or []) -> loss [], dlogits [rows, 1]:
 * the mean over the rows of w (max(x, 0) - x z + log(1 + e^-|x|)), and its gradient w (1 / (1 + e^-x) - z) / rows.
 * @returns what went wrong, or nothing.
 */
std::string registerLoss();

}  // namespace mdctr
