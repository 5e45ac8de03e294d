import { trial } from './case.js';

export const study = {
  name: 'Study',
  data: trial.data,
  backbones: ['dnn'],
  methods: [{ label: 'plain' }, { label: 'adasparse', plugins: ['adasparse'] }],
  training: trial.training,
};
