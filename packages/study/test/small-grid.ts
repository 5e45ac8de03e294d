import type { StudyConfig } from '../src/config/types.js';

/** Two backbones, three methods and two seeds: labels that need care. */
export const config = {
  backbones: [{ name: 'dnn' }, { name: 'dnn', hiddenUnits: [8] }],
  methods: [
    { label: 'plain', plugins: [] },
    { label: 'A+B', plugins: [{ name: 'a' }] },
    { label: 'a b', plugins: [{ name: 'b' }] },
  ],
  seeds: [1, 2],
  settings: [{}],
} as unknown as StudyConfig;
