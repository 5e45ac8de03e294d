import { json, train, trial, type Case } from './case.js';

// What goes wrong in a plugin's own code, while a model is built and in its first steps.

const hooked = `import { DomainPlugin, Plugin, type HiddenSite } from '@mdctr/core';

@Plugin('mine')
export class Mine extends DomainPlugin {
  override hidden(site: HiddenSite): never {
    return site.nothing.here;
  }
}
`;

/** A hook that returns this function. */
const answering = (
  body: string,
): string => `import { DomainPlugin, Plugin, type HiddenInterceptor, type HiddenSite } from '@mdctr/core';
import { mul, zeros } from '@mdctr/tensor';

@Plugin('mine')
export class Mine extends DomainPlugin {
  override hidden(site: HiddenSite): HiddenInterceptor {
    const factor = site.scope().parameter('factor', [site.units + 1], zeros);
    return ${body};
  }
}
`;

/** A trial of the plugin. */
const inTrial = (source: string): Case['files'] & object => ({
  'trial.json': json({ ...trial, plugins: ['./mine.ts'] }),
  'mine.ts': source,
});

/** A study of it. */
const inStudy = (source: string): Case['files'] & object => ({
  'study.json': json({
    ...{ name: 'S', data: trial.data, embedding: trial.embedding, training: trial.training },
    backbones: [trial.backbone],
    methods: [{ label: 'plain' }, { label: 'mine', plugins: ['./mine.ts'] }],
  }),
  'mine.ts': source,
});

const bench = ['bench', 'study.json', '--no-cache', '--out', 'results'];

export const hookCases: readonly Case[] = [
  {
    what: 'a hook that throws',
    code: 'MDCTR_UNIT_HOOK',
    args: train,
    files: inTrial(hooked),
    says: ['plugin "mine"', 'hidden at the site deep/0', 'mine.ts:6:25, in Mine.hidden'],
    documented: true,
  },
  {
    what: 'what a hook returned throws in its first step',
    code: 'MDCTR_UNIT_RUN',
    args: train,
    files: inTrial(answering('(h) => mul(h, factor.value)')),
    says: ['plugin "mine"', 'hidden at the site deep/0', 'Incompatible shapes: [32,4] vs. [5]', 'mine.ts:8:19\n  try'],
    documented: true,
  },
  {
    what: 'what a hook returned throws in the first step of a study, which leaves no folder',
    code: 'MDCTR_UNIT_RUN',
    args: bench,
    files: inStudy(answering('(h) => mul(h, factor.value)')),
    says: ['plugin "mine"', 'study.json:', 'Incompatible shapes: [32,4] vs. [5]', 'mine.ts:8:19\n  try'],
  },
  {
    what: 'a model of a study that cannot be trained',
    code: 'MDCTR_STUDY_FIRST_STEPS',
    args: bench,
    files: inStudy(answering('(h) => stopGradient(h)').replace('{ mul,', '{ stopGradient,')),
    says: ['The model dnn + mine fails in its first steps', 'does not depend on the embedded fields'],
    documented: true,
  },
  {
    what: 'what a hook returned gives nothing',
    code: 'MDCTR_UNIT_RUN',
    args: train,
    files: inTrial(answering('() => undefined as never')),
    says: ['plugin "mine"', 'hidden at the site deep/0', 'a tensor [32, 4]', 'lack a return'],
  },
];
