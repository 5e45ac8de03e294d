import { firstOf, getOrThrow, itemAt } from '@mdctr/base';
import type { Check } from '../check.js';
import { NotApplicable, broken } from '../finding.js';
import type { CheckFixture } from '../fixture/check-fixture.js';
import { formatDifference, largestDifference, number, tolerance } from '../fixture/compare.js';
import { type OwnedPart, describePart, ownedParts } from '../fixture/owned.js';
import { type Row, ToyDataset, inSampleOrder } from '../fixture/toy-dataset.js';
import { type TrainingSession, plainDescent } from '../fixture/training-session.js';
import { PROMISES } from '../promises.js';

/** Differences that come from the order of float32 sums alone stay well below this. */

export const rowsDoNotSeeEachOther: Check = {
  id: 'domains/rows-do-not-see-each-other',
  title: PROMISES[1],
  promise: 1,
  of: 'any',
  run({ data, rows, batch, trained }) {
    const together = inSampleOrder(batch, trained.predict(batch));
    const alone = (part: readonly Row[]): Float32Array => {
      const partBatch = data.batch(part);
      return inSampleOrder(partBatch, trained.predict(partBatch));
    };
    rows.forEach((row, i) => {
      // Every fifth row alone: with four domains in turn, some of each.
      if (i % 5 === 0) same(`row ${i} of domain ${row.domain}`, firstOf(alone([row])), together[i]!);
    });
    for (const domain of [0, ...data.seen()]) {
      const places = rows.flatMap((row, i) => (row.domain === domain ? [i] : []));
      const scores = alone(places.map((i) => itemAt(rows, i)));
      places.forEach((i, place) => same(`row ${i} among rows of domain ${domain}`, scores[place]!, together[i]!));
    }
    function same(what: string, apart: number, mixed: number): void {
      const difference = largestDifference([apart], [mixed]);
      if (difference.size <= tolerance()) return;
      broken({
        found: `${what}: ${formatDifference(difference)} in the whole batch`,
        expected: `the same probability within ${tolerance()}`,
        look: 'Look for statistics over the batch (means, softmax or attention across rows) that run in evaluation too.',
      });
    }
  },
};

export const trainsOwnParametersOnly: Check = {
  id: 'domains/trains-own-parameters-only',
  title: PROMISES[2],
  promise: 2,
  of: 'any',
  costly: true,
  run(fixture) {
    for (const domain of [1, fixture.data.domains, 0]) {
      const session = fixture.open({ rule: plainDescent(0.1) });
      try {
        session.step(fixture.data.batch(fixture.data.rows(4, 21))); // past a first step that is special
        trainOn(fixture, session, domain);
      } finally {
        session.dispose();
      }
    }
  },
};

function trainOn({ data, subject }: CheckFixture, session: TrainingSession, domain: number): void {
  const before = session.values();
  const batch = data.batch(data.rows(8, 22, [domain]));
  session.step(batch);
  const after = session.values();
  for (const part of ownedParts(subject, session.model)) {
    if (part.domain === domain) continue;
    const difference = largestDifference(cut(after, part), cut(before, part));
    if (difference.size === 0) continue;
    broken({
      found: `a step on rows of domain ${domain} alone moved ${describePart(part)}: ${formatDifference(difference)}`,
      expected: 'no change',
      look: 'Look for a gradient, a decay or a moving average that runs over all domains instead of those in the batch.',
    });
  }
  const table = session.model.table;
  const touched = new Set(batch.uniqueIds);
  const [old, now] = [getOrThrow(before, table.path), getOrThrow(after, table.path)];
  for (let id = 0; id < table.rows; id++) {
    const row = (values: Float32Array): Float32Array => values.subarray(id * table.dim, (id + 1) * table.dim);
    if (touched.has(id) || largestDifference(row(now), row(old)).size === 0) continue;
    broken({
      found: `a step on rows of domain ${domain} alone moved embedding row ${id}, which no row of the batch has`,
      look: 'Look for a hook `step` that writes to the embedding table.',
    });
  }
}

function cut(values: ReadonlyMap<string, Float32Array>, { parameter, begin, end }: OwnedPart): Float32Array {
  return getOrThrow(values, parameter.path).subarray(begin, end);
}

export const readsOwnParametersOnly: Check = {
  id: 'domains/reads-own-parameters-only',
  title: 'The parameters of one domain act on its rows alone, and an unseen domain has the shared ones alone.',
  of: 'any',
  run(fixture) {
    const { rows, batch, subject } = fixture;
    const session = fixture.open();
    try {
      session.steps(fixture.batches(2));
      const domain = 2;
      const parts = ownedParts(subject, session.model).filter((part) => part.domain === domain);
      if (parts.length === 0) throw new NotApplicable('no parameter is declared as per-domain');
      const before = inSampleOrder(batch, session.predict(batch));
      for (const { parameter, begin, end } of parts) {
        const values = parameter.toHost();
        parameter.write(values.map((value, i) => (i >= begin && i < end ? 1.5 * value + 0.5 : value)));
      }
      const after = inSampleOrder(batch, session.predict(batch));
      rows.forEach((row, i) => {
        if (row.domain === domain) return;
        const difference = largestDifference([after[i]!], [before[i]!]);
        if (difference.size <= tolerance()) return;
        broken({
          found: `other values for domain ${domain} changed row ${i} of domain ${row.domain}: ${formatDifference(difference)}`,
          expected: 'no change',
          look: 'Row d - 1 of a per-domain parameter belongs to domain d; id 0 has no row.',
        });
      });
      if (rows.some((row, i) => row.domain === domain && after[i] !== before[i])) return;
      broken({
        found: `other values in ${parts.map(describePart).join('; ')} changed none of its rows`,
        look: 'Row d - 1 of a per-domain parameter belongs to domain d: look for an index that is off by one.',
      });
    } finally {
      session.dispose();
    }
  },
};

export const renamingPermutesOutputs: Check = {
  id: 'domains/renaming-permutes-outputs',
  title: PROMISES[9],
  promise: 9,
  of: 'any',
  run(fixture) {
    const { data, rows, batch, trained, subject } = fixture;
    const rename = (domain: number): number => (domain === 0 ? 0 : 1 + (domain % data.domains));
    const renamed = data.batch(
      rows.map((row) => ({ ...row, domain: rename(row.domain), ids: [rename(row.domain), ...row.ids.slice(1)] })),
    );
    const wanted = inSampleOrder(batch, trained.predict(batch));
    const other = fixture.open();
    try {
      const { table, store, schema } = other.model;
      const values = trained.values();
      const moved = new Map([...values].map(([path, array]) => [path, array.slice()]));
      for (const part of ownedParts(subject, trained.model)) {
        const target = part.counterpart(rename(part.domain));
        getOrThrow(moved, target.path).set(cut(values, part), target.begin);
      }
      const { offset } = itemAt(schema.fields, data.positionField);
      for (const domain of data.seen()) {
        const begin = (offset + domain) * table.dim;
        const row = getOrThrow(values, table.path).subarray(begin, begin + table.dim);
        getOrThrow(moved, table.path).set(row, (offset + rename(domain)) * table.dim);
      }
      for (const holder of [...store.list(), table]) holder.write(getOrThrow(moved, holder.path));
      other.assembled.reload();
      const found = inSampleOrder(renamed, other.predict(renamed));
      const difference = largestDifference(found, wanted);
      if (difference.size <= tolerance()) return;
      broken({
        found: `row ${difference.index} of domain ${itemAt(rows, difference.index).domain}: ${number(difference.a)} after renaming, ${number(difference.b)} before`,
        expected: `the same within ${tolerance()}, once embedding rows and per-domain parameters have moved along`,
        look: 'Look for domain ids used as numbers, or for a per-domain parameter that `perDomain` does not declare.',
      });
    } finally {
      other.dispose();
    }
  },
};

export const anySetOfDomains: Check = {
  id: 'domains/any-set-of-domains',
  title:
    'Batches of one domain, of unseen domains alone, and of domains that are pairs of fields work in training and evaluation.',
  of: 'any',
  costly: true,
  run(fixture) {
    const cases: [string, ToyDataset, number[]][] = [
      ['one domain', fixture.data, [3]],
      ['unseen domains alone', fixture.data, [0]],
      ['a domain absent', fixture.data, [1, 2, 4]],
      ['unseen and seen domains of two fields', new ToyDataset(3, true), [0, 1, 4]],
    ];
    for (const [name, data, domains] of cases) {
      const session = fixture.open({}, data);
      try {
        const batch = data.batch(data.rows(8, 31, domains));
        const figures = [session.step(batch), ...session.predict(batch)];
        const wrong = figures.findIndex((value) => !Number.isFinite(value));
        if (wrong < 0) continue;
        broken({
          found: `with ${name}, ${wrong === 0 ? 'the loss' : `the probability of row ${wrong - 1}`} is ${figures[wrong]}`,
          expected: 'finite numbers',
          look: 'Look for a division by a number of rows or groups, or a row d - 1 taken for d = 0.',
        });
      } finally {
        session.dispose();
      }
    }
  },
};
