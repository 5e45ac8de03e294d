#include "dropout.h"

#include <algorithm>

#include "lanes.h"
#include "op.h"
#include "parallel.h"

namespace mdctr {
namespace {

/// Numbers that a thread takes at a time; even, because two neighbours share their random bits.
constexpr int64_t CHUNK = 1 << 14;

typedef uint32_t Bits __attribute__((vector_size(LANES * sizeof(uint32_t))));

/// The last step of MurmurHash3, a bijection that mixes all bits.
inline Bits mixed(Bits x) {
  x = (x ^ (x >> 16)) * 0x85ebca6bu;
  x = (x ^ (x >> 13)) * 0xc2b2ae35u;
  return x ^ (x >> 16);
}

void compute(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Array x = call.input(0), key = call.input(1), keep = call.input(2);
  if (call.failed() || call.failed(key.size() == 2 && keep.size() == 2, "two words are a key")) return;
  const Array y = call.outputLike(x);
  if (call.failed()) return;
  const uint32_t first = key.ints()[0], second = key.ints()[1], threshold = static_cast<uint32_t>(keep.floats()[0]);
  const float factor = keep.floats()[1];
  const int64_t size = x.size();
  Bits counting;
  for (int i = 0; i < LANES; i++) counting[i] = i;
  inChunks(size, CHUNK, [&](int64_t from, int64_t end) {
    for (int64_t i = from; i < end; i += 2 * LANES) {
      const Bits bits = mixed(mixed(counting + static_cast<uint32_t>(i / 2) + first) ^ second);
      // Pair p of the vector decides on elements 2p and 2p + 1.
      const Lanes low = (bits & 0xffffu) >= threshold ? Lanes{} + factor : Lanes{};
      const Lanes high = (bits >> 16) >= threshold ? Lanes{} + factor : Lanes{};
      const Lanes masks[2] = {interleave<0>(low, high), interleave<LANES / 2>(low, high)};
      for (int half = 0; half < 2; half++) {
        const int64_t at = i + half * LANES;
        if (at + LANES <= end) store(y.floats() + at, lanes(x.floats() + at) * masks[half]);
        else for (int64_t j = at; j < end; j++) y.floats()[j] = x.floats()[j] * masks[half][j - at];
      }
    }
  });
}

}  // namespace

std::string registerDropout() {
  return registerOp("MdctrDropout", {"x: float", "key: int32", "keep: float"}, {"y: float"}, compute);
}

}  // namespace mdctr
