import type { Recipe } from '../recipe.js';

const NUMBERS = Array.from({ length: 13 }, (_, i) => `I${i + 1}`);
const CATEGORIES = Array.from({ length: 26 }, (_, i) => `C${i + 1}`);

/** The discretisation of the contest's winners (3 Idiots): the square of the logarithm above 2. */
const bucket = (name: string) => {
  const x = `CAST(${name} AS DOUBLE)`;
  return { name, expression: `CAST(CASE WHEN ${x} > 2 THEN floor(pow(ln(${x}), 2)) ELSE ${x} END AS INTEGER)` };
};

export const criteo: Recipe = {
  name: 'criteo',
  title: 'Criteo display advertising (Kaggle 2014)',
  summary:
    'Impressions of display ads in one week; the label is a click. Its columns have no names, so the domain is a mere stand-in: C17.',
  rows: 45_840_617,
  domains: '10 values of C17',
  bytes: 11.1e9,
  licence: 'Criteo’s data terms of use (license.txt in the archive)',
  citation: 'Criteo, Display Advertising Challenge, Kaggle 2014',
  home: 'https://ailab.criteo.com/ressources/',
  downloads: [
    {
      url: 'https://s3-eu-west-1.amazonaws.com/kaggle-display-advertising-challenge-dataset/dac.tar.gz',
      bytes: 4.58e9,
    },
  ],
  data: {
    source: {
      kind: 'files',
      files: ['train.txt'],
      format: 'tsv',
      csv: { header: ['click', ...NUMBERS, ...CATEGORIES], quotes: false },
      columns: ['click', ...NUMBERS.map(bucket), ...CATEGORIES],
    },
    label: 'click',
    domain: 'C17',
    minFrequency: 10,
    split: { by: 'seed', seed: 1, validation: 0.1, test: 0.1 },
  },
  notes: [
    'There is no domain in these data: C17 has ten values of useful size and serves to try methods out, no more.',
    'Rows have no time, so the split is at random, as in BARS (Criteo_x4); minFrequency 10 and the buckets of numbers are those of Criteo_x4, too.',
    '39 fields of 46 million rows need some 7.2 GB for the encoded rows.',
    'The archive’s test.txt has no labels and is not read.',
  ],
  layoutFrom: 'readme.txt of the archive: label, 13 numbers, 26 hashed categories, tabs between, no header',
};
