import { attribute } from '@mdctr/tensor';
import type { NamedPlugin } from '../network/network.js';
import type { NetworkRecorder } from '../network/network-recorder.js';
import type { Diagnostics } from '../plugin/diagnostics.js';
import type { Predict, Step, Variant } from '../plugin/interceptors.js';
import { inside } from '../plugin/unit-failure.js';
import type { AssembledModel } from './model-spec.js';

type ComposedHooks = Pick<AssembledModel, 'wrapStep' | 'wrapPredict' | 'variants' | 'diagnostics'>;

/** The hooks of all plugins that go around the network as a whole, as one; the first plugin is the outermost. */
export function composeHooks(plugins: readonly NamedPlugin[], recorder: NetworkRecorder): ComposedHooks {
  const variants = plugins.flatMap((one) => variantsOf(one, recorder));
  return {
    wrapStep: (step) =>
      plugins.reduceRight(
        (next, one) => recorder.askHook('step', one.name, () => wrapStep(next, one, recorder)) ?? next,
        step,
      ),
    wrapPredict: (predict) => plugins.reduceRight((next, one) => wrapPredict(next, one, recorder), predict),
    variants,
    diagnostics: () => collectDiagnostics(plugins),
  };
}

function variantsOf({ name, plugin }: NamedPlugin, recorder: NetworkRecorder): readonly Variant[] {
  return recorder.askHook(
    'variants',
    name,
    () => plugin.variants(),
    (variants) => variants.map((variant) => variant.name),
  );
}

/** What a plugin's step does itself is its own work in a profile; what it calls `next` for is not. */
function wrapStep(next: Step, { name, plugin }: NamedPlugin, recorder: NetworkRecorder): Step | undefined {
  const step = plugin.step(attribute({ site: 'step' }, inside(next)));
  return step && attribute({ site: 'step', plugin: name }, recorder.guard(name, 'step', step));
}

function wrapPredict(next: Predict, { name, plugin }: NamedPlugin, recorder: NetworkRecorder): Predict {
  const predict = recorder.askHook('evaluate', name, () => plugin.evaluate(inside(next)));
  return predict ? recorder.guard(name, 'evaluate', predict) : next;
}

function collectDiagnostics(plugins: readonly NamedPlugin[]): Record<string, Diagnostics> {
  return Object.fromEntries(
    plugins.flatMap(({ name, plugin }) => {
      const facts = plugin.diagnostics();
      return facts ? [[name, facts] as const] : [];
    }),
  );
}
