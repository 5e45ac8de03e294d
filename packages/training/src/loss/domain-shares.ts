import { getOrThrow } from '@mdctr/base';
import { taggedUnion, type BatchOptions } from '@mdctr/core';
import { Type, type Static } from 'typebox';

const shares = (description: string) =>
  taggedUnion(
    'kind',
    [
      Type.Object({ kind: Type.Literal('natural') }),
      Type.Object({ kind: Type.Literal('balanced') }),
      Type.Object({
        kind: Type.Literal('temperature'),
        temperature: Type.Number({
          minimum: 1,
          default: 2,
          description:
            'A domain of n rows counts by n to the power of 1 / temperature: 1 is natural, infinity balanced.',
        }),
      }),
    ],
    { description, default: { kind: 'natural' } },
  );

export const DomainSampling = shares(
  'How often an epoch has rows of each domain: as they come, all domains alike, or in between. An epoch keeps its length.',
);
export const DomainWeights = shares(
  'How much each domain counts in the training loss: by its rows, all domains alike, or in between.',
);

export type DomainShares = Static<typeof DomainSampling>;

/** x in n_d^x, which shares go by: 1 is natural, 0 balanced. */
export function exponentOf(shares: DomainShares): number {
  switch (shares.kind) {
    case 'natural':
      return 1;
    case 'balanced':
      return 0;
    case 'temperature':
      return 1 / shares.temperature;
  }
}

/** As a pass over the rows takes it; nothing where rows come as they are. */
export function samplingOf(shares: DomainShares): Pick<BatchOptions, 'sampling'> {
  const exponent = exponentOf(shares);
  return exponent === 1 ? {} : { sampling: { exponent } };
}

/**
 * Weight of a row by its domain's id, proportional to n_d^(x - 1) for n_d training rows; the mean over the rows of an epoch,
 * `drawn` by domain, is 1. Domains without training rows have weight 1.
 */
export function weightsByDomain(
  exponent: number,
  rows: ReadonlyMap<number, number>,
  drawn: ReadonlyMap<number, number>,
  domains: number,
): Float32Array {
  const raw = (domain: number): number => getOrThrow(rows, domain) ** (exponent - 1);
  const total = [...drawn].reduce((sum, [domain, count]) => sum + count * raw(domain), 0);
  const count = [...drawn.values()].reduce((sum, drawnRows) => sum + drawnRows, 0);
  const scale = count / total;
  return Float32Array.from({ length: domains }, (_, domain) => (rows.has(domain) ? raw(domain) * scale : 1));
}
