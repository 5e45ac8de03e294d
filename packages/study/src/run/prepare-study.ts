import type { TrainingIdentity } from '@mdctr/training';
import type { OpenedStudy } from '../config/open-study.js';
import type { StudyConfig } from '../config/types.js';
import { lackingBaselines, planBaselines } from '../plan/plan-baselines.js';
import { planStudy } from '../plan/plan-study.js';
import type { BaselineTrial, StudyPlan } from '../plan/types.js';
import { StudyReport } from '../results/study-report.js';
import { studyIdentity } from '../store/study-identity.js';
import { roundingFacts } from './environment.js';
import type { Executor } from './executor.js';
import type { StudyObserver } from './observer.js';
import type { StudyData } from './study-data.js';

/** A study that is ready to be run. */
export interface PreparedStudy {
  readonly config: StudyConfig;
  readonly plan: StudyPlan;
  /** Absent where the config names no baselines. */
  readonly baselines?: readonly BaselineTrial[];
  /** Makes results of outcomes. */
  readonly report: StudyReport;
  /** Facts about data and machine that checkpoints must agree on. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** What a folder of results must be of. */
  readonly identity: TrainingIdentity;
  /** The data, once: whoever takes them is the only one to hold them. */
  handOverData(): StudyData;
}

/**
 * Starts the executor while the data are read, and has it build every model once.
 * @param openData reads and encodes the data of every setting.
 * @throws MdctrError what reading the data throws; what building one of the models throws.
 */
export async function prepareStudy(
  { config, packages }: Pick<OpenedStudy, 'config' | 'packages'>,
  openData: () => Promise<StudyData>,
  executor: Executor,
  observer: StudyObserver = {},
): Promise<PreparedStudy> {
  const plan = planStudy(config);
  const starting = executor.start(packages);
  const asking = lackingBaselines(config);
  starting.catch(() => undefined); // what is wrong with the data is told first
  let data: StudyData | undefined = await openData();
  const environment = await starting;
  const lacking = await asking;
  const { bySetting, fingerprints } = data;
  observer.prepared?.({ config, data: bySetting, environment });
  if (lacking.length > 0) observer.lacking?.(lacking);
  await executor.rehearse(
    plan.models,
    bySetting.map(({ schema }) => schema),
  );
  const facts = { data: fingerprints, ...roundingFacts(environment), threads: executor.threads };
  return {
    config,
    plan,
    ...(config.baselines && { baselines: planBaselines(config, lacking) }),
    report: new StudyReport(config, plan, bySetting, { environment, fingerprints, lacking }),
    facts,
    identity: studyIdentity(config, packages, facts),
    handOverData() {
      if (!data) throw new RangeError('The data have been handed over.');
      const given = data;
      data = undefined;
      return given;
    },
  };
}
