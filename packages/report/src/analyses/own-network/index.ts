import { Type } from 'typebox';
import { defineAnalysis } from '../analysis.js';
import { partsOf } from '../parts.js';
import { defineFigures } from '../figures.js';
import { ownNetworkOf } from './compute.js';
import { ownGainsOf } from './entries.js';
import { ownNetworkFigures } from './figure.js';
import { ownNetworkTable } from './table.js';

/** Each domain against a network of its own: negative transfer. */
export const ownNetwork = defineAnalysis({
  key: 'ownNetwork',
  from: 'trials',
  option: Type.Optional(
    Type.Union([Type.String({ minLength: 1 }), Type.Literal(false)], {
      description:
        'Label of the method with a network for each domain, which the domains of all others are compared with; by default the ' +
        'only method whose one plugin gives each domain a network of its own. false for no such comparison.',
    }),
  ),
  compute: (study, method: string | false | undefined) =>
    typeof method === 'string' ? ownNetworkOf(partsOf(study), method) : undefined,
  tables: (result) => [ownNetworkTable(result)],
  figures: defineFigures({ section: 'domains', entries: ownGainsOf, draw: ownNetworkFigures }),
  /** A label of the config that no trial has: a comparison that was asked for is missing. */
  warnings({ trials }, wanted: string | false | undefined) {
    if (typeof wanted !== 'string' || trials.some(({ method }) => method === wanted)) return [];
    return [`No trial is of "${wanted}" (analyses.ownNetwork): no domain was compared with a network of its own.`];
  },
});
