import { firstOf } from '@mdctr/base';
import type { MetricValues } from '@mdctr/metrics';

/** Mean of each metric; null where one of them is undefined. */
export function meanMetrics(values: readonly MetricValues[]): MetricValues {
  const names = Object.keys(firstOf(values));
  return Object.fromEntries(
    names.map((name) => {
      const numbers = values.flatMap((one) => one[name] ?? []);
      const mean = numbers.reduce((sum, number) => sum + number, 0) / values.length;
      return [name, numbers.length === values.length ? mean : null];
    }),
  );
}
