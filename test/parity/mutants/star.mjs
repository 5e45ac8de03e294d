const topology = 'plugins/star/src/star-topology.ts';
const groupAffine = 'packages/tensor/native/group_affine.cc';
const norm = 'plugins/star/src/partitioned-norm.ts';
const auxiliary = 'plugins/star/src/auxiliary-network.ts';

/** @type {import('./index.mjs').Mistake[]} */
export const star = [
  [
    'kernel of the domain alone',
    topology,
    'groupFactors: kernels.value,\n          at,',
    'groupFactors: kernels.value,\n          at: at.map(() => -1),',
  ],
  [
    'gradient of the shared kernel',
    groupAffine,
    'dShared[i] += value * factor[i];',
    'dShared[i] += value * common[i];',
  ],
  ['gradient of the own kernels', groupAffine, 'change[i] = value * common[i];', 'change[i] = value * factor[i];'],
  [
    'kernel of the next domain',
    topology,
    'Array.from(batch.domainIds, (id) => id - 1)',
    'Array.from(batch.domainIds, (id) => (id === 0 ? -1 : id % domains))',
  ],
  [
    'no bias of the domain',
    topology,
    'return add(gatherRows(rows, indexVector(ids)), shared);',
    'return add(mul(gatherRows(rows, indexVector(ids)), 0), shared);',
  ],
  ['norm: scales added', norm, 'const scale = mul(ofGroups(', 'const scale = add(ofGroups('],
  ['norm: unseen domain scaled by 0', norm, 'fill([1, units], 1)', 'fill([1, units], 0)'],
  [
    'norm: evaluation by training statistics',
    norm,
    'if (!batch.training) return normalizeGroupsWith(',
    'if (batch.training && !batch.training) return normalizeGroupsWith(',
  ],
  ['norm: averages of single rows move', norm, 'counts: size > 1', 'counts: size > 0'],
  ['norm: momentum turned round', norm, 'Math.max(momentum, 1 /', 'Math.max(1 - momentum, 1 /'],
  [
    'norm: epsilon',
    norm,
    'scale, offset, known, epsilon);\n    follow',
    'scale, offset, known, epsilon * 2);\n    follow',
  ],
  [
    'norm: epsilon in evaluation',
    norm,
    'return normalizeGroupsWith(z, groups, scale, offset, known, epsilon)',
    'return normalizeGroupsWith(z, groups, scale, offset, known, epsilon * 2)',
  ],
  ['norm: unseen domain', norm, 'matMul(weights, value)', 'mul(matMul(weights, value), 0)'],
  [
    'auxiliary logit subtracted',
    auxiliary,
    'import { activate, add, concat }',
    'import { activate, sub as add, concat }',
  ],
  [
    'auxiliary: fields before domain',
    auxiliary,
    'concat([batch.spread(batch.domains), embedded.flat()], 1)',
    'concat([embedded.flat(), batch.spread(batch.domains)], 1)',
  ],
];
