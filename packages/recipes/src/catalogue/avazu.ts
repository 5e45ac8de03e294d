import type { Recipe } from '../recipe.js';

export const avazu: Recipe = {
  name: 'avazu',
  title: 'Avazu mobile ads (Kaggle 2014)',
  summary:
    'Impressions of mobile ads in ten days of October 2014; the label is a click, the domain the position of the banner (`banner_pos`).',
  rows: 40_428_967,
  domains: '7 positions',
  licence: 'Kaggle’s rules of the contest',
  citation: 'Avazu, Click-Through Rate Prediction, Kaggle 2014',
  home: 'https://www.kaggle.com/c/avazu-ctr-prediction/data',
  downloads: [],
  byHand: 'Log in to Kaggle, accept the rules of the contest, and download train.gz.',
  data: {
    source: { kind: 'files', files: ['train.gz'] },
    label: 'click',
    domain: 'banner_pos',
    // 14102100: year, month, day and hour.
    fields: [
      '*',
      { name: 'hour_of_day', expression: 'hour[7:8]' },
      { name: 'weekday', expression: "dayofweek(strptime('20' || hour[1:6], '%Y%m%d'))" },
    ],
    exclude: ['id'],
    minFrequency: 2,
    split: { by: 'time', column: 'hour', validation: 0.1, test: 0.1 },
  },
  notes: [
    'The last tenth by time is test, about the last day. BARS (Avazu_x4) splits at random: set data.split to {"by": "seed"} to compare.',
    'device_id and device_ip have millions of values, most of which come once: they share the out-of-vocabulary id.',
    '24 fields of 40 million rows need some 3.9 GB for the encoded rows.',
  ],
  layoutFrom:
    'the contest’s page: train.gz is CSV with a header (id, click, hour, C1, banner_pos, site_*, app_*, device_*, C14 to C21)',
};
