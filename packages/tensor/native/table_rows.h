// Rows of embedding tables, changed in place.
#pragma once

#include <string>

namespace mdctr {

/**
 * Registers four ops on rows `ids` [U], distinct, of tables [N, k]. Returns what went wrong, or nothing.
 *
 * MdctrPutRows(table, ids, rows [U, k]) overwrites rows.
 *
 * The others are about Adam, which goes on moving a row after its last update. last [N] is the step of each row's last update, 0
 * for none; a row's gap is the number of steps from then to the step when[0], 0 for rows never updated unless when[1] is 1.
 *
 * MdctrRowGaps(last, ids, when) -> gaps [D], ascending, which [U]: the gaps that occur, and each row's place among them
 * MdctrAdamRows(weights, m, v, ids, which, factors [D, 4], floor [1]) -> rows [U, k], up to date; nothing is written. factors
 *   are what a gap does to a row: the share of the weight that decay leaves, the distance travelled along m / (sqrt(v) + floor),
 *   the decay of m, the decay of v.
 * MdctrAdamRowsUpdate(the same seven, gradient [U, k] or [0], numbers [6], last)
 *   writes the rows: up to date, then, where there is a gradient, one step of Adam later. numbers are the share of a weight that
 *   decay leaves in that step, beta1, beta2, the rate with both bias corrections, Adam's floor in it, and what `last` becomes.
 *
 * Where the numbers come from: packages/tensor/src/optimizers.
 */
std::string registerTableRows();

}  // namespace mdctr
