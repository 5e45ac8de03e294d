import { MdctrError, nearest } from '@mdctr/base';
import { type Unit } from '@mdctr/core';
import {
  builtinBackbones,
  CHECKS,
  examineBackbone,
  examinePlugin,
  META_CHECKS,
  onNamedBackbones,
  quickBackbone,
  quickPlugin,
  type BackboneCheckOptions,
  type CheckResult,
  type DeclaredChecks,
  type PluginCheckOptions,
} from '@mdctr/testkit/checks';
import type { CheckRequest } from './messages.js';

/** What is known of a plugin that no test file names. */
const UNDECLARED: PluginCheckOptions = {
  identity: { none: 'no test says at which options it equals the plain backbone' },
};

/**
 * Runs the checks of one unit as its test declares them, or as well as they can be run without a test.
 * @throws MdctrError MDCTR_DEV_BACKBONE for backbones that there are not
 */
export async function checkUnit(
  unit: Unit,
  declared: DeclaredChecks | undefined,
  request: CheckRequest,
  onResult: (result: CheckResult) => void,
): Promise<void> {
  const like = idsLike(request.filter, unit.kind);
  if (like?.length === 0) return;
  const only = like ? { only: like } : {};
  if (unit.kind === 'backbone') {
    const options = declared?.kind === 'backbone' ? declared.options : undeclaredBackbone(unit);
    await examineBackbone(unit.cls, { ...(request.all ? options : quickBackbone(options)), ...only }, onResult);
    return;
  }
  const options = declared?.kind === 'plugin' ? declared.options : UNDECLARED;
  // A backbone that is named is checked on in all its shapes.
  const named = onNamedBackbones(options, request.backbones);
  if (named.backbones?.length === 0) {
    const known = (options.backbones ?? builtinBackbones).map(({ label }) => label);
    throw nothing('MDCTR_DEV_BACKBONE', 'No backbone has this name.', request.backbones!.join(', '), known);
  }
  await examinePlugin(unit.cls, { ...(request.all ? named : quickPlugin(named)), ...only }, onResult);
}

/** Small layers, and no kink where gradients are compared with differences, if its options let it be told so. */
function undeclaredBackbone({ options }: Unit): BackboneCheckOptions {
  const has = (option: string): boolean => options.properties?.[option] !== undefined;
  return {
    variants: { defaults: has('hiddenUnits') ? { hiddenUnits: [6, 5] } : {} },
    ...(has('activation') && { smooth: { activation: 'tanh', ...(has('dropout') && { dropout: 0 }) } }),
  };
}

/**
 * @throws MdctrError MDCTR_DEV_FILTER for a filter that fits no check of any of the units
 */
export function refuseFilter(units: readonly Unit[], { filter }: CheckRequest): void {
  if (units.length === 0 || units.some(({ kind }) => idsLike(filter, kind)?.length !== 0)) return;
  const kinds = [...new Set(units.map(({ kind }) => kind))];
  const ids = [...new Set(kinds.flatMap((kind) => idsLike('', kind)!))];
  throw nothing('MDCTR_DEV_FILTER', `No check of a ${kinds.join(' or ')} has this in its id.`, filter!, ids);
}

/** Ids of a unit's checks that contain a text; undefined without one. */
function idsLike(text: string | undefined, kind: Unit['kind']): string[] | undefined {
  if (text === undefined) return undefined;
  const checks = CHECKS.filter(({ of }) => of === 'any' || of === kind);
  return [...META_CHECKS, ...checks].map(({ id }) => id).filter((id) => id.includes(text));
}

function nothing(code: string, what: string, found: string, known: readonly string[]): MdctrError {
  const near = nearest(found, known);
  return new MdctrError(code, {
    what,
    expected: known.join('; '),
    found,
    ...(near !== undefined && { hint: `Did you mean "${near}"?` }),
  });
}
