/** 1234567 as `1.23M`, 1234 as `1.2k`: a count as tables have it. */
export function formatCount(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(2)}M`;
  return count >= 1e3 ? `${(count / 1e3).toFixed(1)}k` : count.toFixed(0);
}
