import semver from 'semver';

const TYPES = ['none', 'patch', 'minor', 'major'];

/**
 * The release plan with one step for all packages: the largest that a changeset asks for. Changesets alone would raise whatever has a
 * peer dependency on @mdctr/core by a major version whenever core goes from 0.1 to 0.2, and everything else with it.
 * @param {import('@changesets/types').ReleasePlan} plan
 */
export function inLockStep(plan) {
  const asked = plan.changesets.flatMap(({ releases }) => releases.map(({ type }) => TYPES.indexOf(type)));
  const type = TYPES[Math.max(0, ...asked)];
  // What isn't published has no step.
  const releases = plan.releases.map((release) =>
    release.type === 'none' ? release : { ...release, type, newVersion: semver.inc(release.oldVersion, type) },
  );
  return { ...plan, releases };
}
