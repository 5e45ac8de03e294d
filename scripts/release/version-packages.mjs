// Turns the changesets into versions and changelogs: `changeset version`, but that all packages go up by the same step.
import { createRequire } from 'node:module';
import { inLockStep } from './lock-step.mjs';
import { root } from '../run.mjs';

const load = createRequire(import.meta.url);
const applyReleasePlan = load('@changesets/apply-release-plan').default;
const getReleasePlan = load('@changesets/get-release-plan').default;
const { read: readConfig } = load('@changesets/config');
const { getPackages } = load('@manypkg/get-packages');

const packages = await getPackages(root);
const plan = inLockStep(await getReleasePlan(root));
const changed = await applyReleasePlan(plan, packages, await readConfig(root, packages));
const raised = plan.releases.filter(({ type }) => type !== 'none');
console.log(
  raised.length > 0
    ? `${raised.length} packages go from ${raised[0].oldVersion} to ${raised[0].newVersion}; ${changed.length} files are written`
    : 'No changeset asks for a version',
);
