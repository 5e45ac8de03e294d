import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  openStudy,
  planStudy,
  slug,
  StudyFolder,
  studyIdentity,
  StudyReport,
  type StudyConfig,
  type StudyPlan,
} from '@mdctr/study';
import type { TrainingIdentity } from '@mdctr/training';
import type { BenchOptions } from '../actions/bench.js';
import { builtinPackages } from '../builtins.js';
import type { Events } from '../events.js';
import { dataFacts } from '../open-data.js';
import { Progress } from '../progress.js';
import { Crew } from './crew.js';
import { openStudyData, shareStudyData, type StudyData } from './study-data.js';

/** A study that is ready to be run. */
export interface Prepared {
  readonly config: StudyConfig;
  readonly plan: StudyPlan;
  readonly crew: Crew;
  readonly report: StudyReport;
  /** Of the results. */
  readonly directory: string;
  /** What a folder must be of. */
  readonly identity: TrainingIdentity;
  /** Facts that checkpoints must agree on. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Puts the data where the crew reads them, once; this process has no copy from then on. */
  readonly share: (pathOf: (name: string) => string) => Promise<void>;
  readonly progress: Progress;
  readonly events: Events;
  readonly options: BenchOptions;
}

/** Reads config and data, starts the first process of the crew and has it build every model once. */
export async function prepare(file: string, options: BenchOptions, events: Events): Promise<Prepared> {
  const quiet = options.json === true;
  const progress = new Progress(!quiet);
  const study = await openStudy(file, { ...options, builtins: builtinPackages() });
  const { config, packages } = study;
  const plan = planStudy(config);
  const parallel = Math.min(options.parallel, plan.trials.length);
  const directory = options.out ?? join('results', slug(config.name));
  // A study keeps the number that it began with, whatever it is gone on with.
  const before = options.fresh ? undefined : await StudyFolder.threadsOf(directory);
  const threads = options.threads ?? before ?? threadsFor(parallel);
  const crew = new Crew({ precision: config.training.precision, packages, quiet, threads });
  crew.onOutput = (text) => {
    progress.clear();
    process.stderr.write(text);
  };
  try {
    // TensorFlow starts while the data are read.
    const starting = crew.start();
    starting.catch(() => undefined); // what is wrong with the data is told first
    const data = await openStudyData(study, options, progress);
    const { bySetting, fingerprints } = data;
    const runtime = await starting;
    const environment = { ...runtime, trialThreads: threads, parallel };
    const warnings = [...new Set(bySetting.flatMap((own) => own.warnings ?? []))];
    events.start('bench', { name: config.name, data: dataFacts(bySetting[0]!), environment }, warnings);
    const schemas = bySetting.map(({ schema }) => schema);
    await crew.rehearse(plan.models, schemas);
    const { tier, kernels, multiplies } = runtime; // their rounding differs, as that of threads
    const facts = { data: fingerprints, tier, kernels, multiplies, threads };
    const report = new StudyReport(config, plan, bySetting, environment, fingerprints);
    const identity = studyIdentity(config, packages, facts);
    const share = sharing(data, config, crew);
    return { config, plan, crew, report, directory, identity, facts, share, progress, events, options };
  } catch (error) {
    await crew.end();
    throw error;
  }
}

function sharing(data: StudyData, config: StudyConfig, crew: Crew): Prepared['share'] {
  let own: StudyData | undefined = data;
  return async (pathOf) => {
    const files = await shareStudyData(own!, config, pathOf);
    own = undefined;
    await crew.setData(files);
  };
}

/** The share of each process, unless the user has set it. */
function threadsFor(parallel: number): number {
  const asked = Number(process.env.TF_NUM_INTRAOP_THREADS);
  return asked > 0 ? asked : Math.max(1, Math.floor(availableParallelism() / parallel));
}
