import { countFlops } from '@mdctr/tensor';
import type { Check } from '../check.js';
import { broken } from '../finding.js';
import type { CheckFixture } from '../fixture/check-fixture.js';
import { ToyDataset } from '../fixture/toy-dataset.js';

const ROWS = 1800;
/** Work once a domain (a light network on its embedding, a product of two kernels) fits in; a pass a domain does not. */
const MOST = 1.15;

export const costDoesNotGrow: Check = {
  id: 'cost/does-not-grow-with-domains',
  title: 'A batch of the same size costs the same with 3 and with 30 domains, counted in floating-point operations.',
  of: 'any',
  costly: true,
  run(fixture) {
    const data = new ToyDataset(30);
    for (const phase of ['evaluation', 'training'] as const) {
      const [few, many] = [3, 30].map((domains) => flops(fixture, data, domains, phase)) as [number, number];
      const ratio = many / few;
      if (ratio <= MOST) continue;
      broken({
        found: `${phase}: ${few} operations with 3 domains, ${many} with 30, on ${ROWS} rows: ${ratio.toFixed(2)} times as many`,
        expected: `at most ${MOST} times as many`,
        look: 'Run domain-conditioned work on the rows of each domain (`batch.byDomain`) or once a group (`batch.domains`), never on the whole batch for each domain.',
      });
    }
  },
};

function flops(fixture: CheckFixture, data: ToyDataset, domains: number, phase: 'evaluation' | 'training'): number {
  const session = fixture.open({}, data);
  try {
    const batch = data.batch(data.rows(ROWS, 81, data.seen().slice(0, domains)));
    return countFlops(() => void (phase === 'training' ? session.step(batch) : session.predict(batch)));
  } finally {
    session.dispose();
  }
}
