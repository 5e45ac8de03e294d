import { Random } from '@mdctr/base';
import { normal, ParameterStore, zeros } from '@mdctr/tensor';
import { totalIds } from '../features/feature-schema.js';
import { NetworkRecorder } from '../network/network-recorder.js';
import { refuseConflicts } from '../plugin/refuse-conflicts.js';
import { BaseMargin } from './base-margin.js';
import { BagPooling } from './bag-pooling.js';
import { composeHooks } from './compose-hooks.js';
import { makeUnits } from './make-units.js';
import { EMBEDDING_PATH, type AssembledModel, type AssemblyRequest } from './model-spec.js';
import { Model } from './model.js';
import { StoredSchedule } from './stored-schedule.js';
import { wireSites } from './wire-sites.js';

/** Path of the parameter that keeps the steps done, so that they are saved with the weights. */
const STEP_PATH = 'schedule/step';

/**
 * Assembles a model: its embedding table, its units made by a container of their own, and the network with the plugins' answers to
 * every site. The caller disposes it.
 * @throws MdctrError MDCTR_UNIT_UNKNOWN for a name that the registry does not have, MDCTR_PLUGINS_CONFLICT for plugins
 *   that cannot be together, MDCTR_CONFIG_VALUE for a base margin without target means; what a hook throws.
 * @internal
 */
export function assembleModel(request: AssemblyRequest): AssembledModel {
  const { registry, seed } = request;
  refuseConflicts(request.plugins.map(({ name }) => registry.get('plugin', name)));
  const random = new Random(seed);
  const store = new ParameterStore(random);
  try {
    return assembleIn(store, random, request);
  } catch (error) {
    store.dispose();
    throw error;
  }
}

function assembleIn(store: ParameterStore, random: Random, request: AssemblyRequest): AssembledModel {
  const { schema } = request;
  const { dim, initStd } = request.embedding;
  const table = store.createTable(EMBEDDING_PATH, totalIds(schema), dim, normal(initStd));
  const schedule = new StoredSchedule(store.create(STEP_PATH, [], zeros, false));
  const pooling = new BagPooling(schema, dim, store);
  const margin = request.baseMargin?.kind === 'targetMeans' ? new BaseMargin(schema, store) : undefined;
  const units = makeUnits(request, random, schedule);
  const recorder = new NetworkRecorder(
    units.backbone.name,
    units.plugins.map(({ name }) => name),
    units.origins,
  );
  store.onCreate = recorder.created;
  const network = wireSites({ units, store, schema, dim, recorder, zeroLogit: margin !== undefined });
  const hooks = composeHooks(units.plugins, recorder);
  // p / (1 - p) of all rows is that of the sampled rows times the rate.
  const logitShift = Math.log(request.negativeSampling ?? 1);
  const model = new Model({ schema, dim, store, table, pooling, margin, logitShift, ...network });
  return {
    model,
    container: units.container,
    record: recorder,
    setStep: (step) => schedule.set(step),
    settlesAfter: Math.max(0, ...units.plugins.map(({ plugin }) => plugin.settlesAfter())),
    reload: () => {
      schedule.reload();
      margin?.reload();
    },
    streams: units.streams,
    ...hooks,
    dispose: () => model.dispose(),
  };
}
