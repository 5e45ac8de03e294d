import type { UnitClass } from '@mdctr/core';
import { DcnV2, Dnn } from '@mdctr/backbones';

/** A backbone with options that plugins are checked on. */
export interface BackboneSetup {
  /** Name in messages and in expected failures. */
  readonly label: string;
  readonly cls: UnitClass;
  readonly options: Readonly<Record<string, unknown>>;
  /** Options that override the others in checks of gradients, e.g. a smooth activation. */
  readonly smooth?: Readonly<Record<string, unknown>>;
}

const smooth = { activation: 'tanh', dropout: 0 };
const tower = { hiddenUnits: [6, 5] };

/** The backbones of mdctr in small sizes, with every option that changes the structure of the network. */
export const builtinBackbones: readonly BackboneSetup[] = [
  { label: 'dnn', cls: Dnn, options: tower, smooth },
  { label: 'dnn, batch norm and dropout', cls: Dnn, options: { ...tower, batchNorm: true, dropout: 0.2 }, smooth },
  { label: 'dcnv2', cls: DcnV2, options: { ...tower, crossLayers: 2 }, smooth },
  {
    label: 'dcnv2, stacked, low rank, batch norm and dropout',
    cls: DcnV2,
    options: { ...tower, structure: 'stacked', crossLayers: 2, rank: 2, experts: 2, batchNorm: true, dropout: 0.1 },
    smooth,
  },
];
