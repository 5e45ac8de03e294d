import type { Recipe } from '../recipe.js';

const COUNTRIES = ['NL', 'ES', 'FR', 'US'];
const CATEGORICAL = Array.from({ length: 16 }, (_, i) => `categorical_${i + 1}`);
/** Shares and scores in [0, 1], nearly all: twenty parts of equal width. */
const NUMERICAL = Array.from({ length: 63 }, (_, i) => {
  const name = `numerical_${i + 1}`;
  return { name, expression: `CAST(least(floor(20 * TRY_CAST(${name} AS DOUBLE)), 20) AS INTEGER)` };
});

export const aliExpress: Recipe = {
  name: 'aliexpress',
  title: 'AliExpress search',
  summary: 'Results of the search of AliExpress; the label is a click, the domain the country (NL, ES, FR, US).',
  domains: '4 countries',
  licence: 'Tianchi’s terms: research use',
  citation:
    'Li et al., Improving Multi-Scenario Learning to Rank in E-commerce by Exploiting Task Relationships in the Label Space, CIKM 2020',
  home: 'https://tianchi.aliyun.com/dataset/74690',
  downloads: [],
  byHand:
    'Get the joined files AliExpress_{NL,ES,FR,US}/{train,test}.csv that the library MTReclib offers (github.com/easezyc/Multitask-Recommendation-Library). Tianchi’s own archives have users and items in files apart.',
  data: {
    source: {
      kind: 'files',
      files: COUNTRIES.map((country) => `AliExpress_${country}/train.csv`),
      columns: [
        'click',
        ...CATEGORICAL,
        ...NUMERICAL,
        { name: 'country', expression: "regexp_extract(mdctr_file, 'AliExpress_([A-Z]+)/', 1)" },
      ],
    },
    label: 'click',
    domain: 'country',
    minFrequency: 10,
    split: { by: 'file', validation: [], test: COUNTRIES.map((country) => `AliExpress_${country}/test.csv`) },
  },
  notes: [
    'The published halves, which lie apart in time, are kept: nothing is validation, so there is one epoch and nothing to choose.',
    'The 63 numbers are cut into twenty parts of [0, 1].',
    'Purchases (`conversion`) are not read: they are an outcome of the same impression.',
    '80 fields need 320 bytes a row for the encoded rows; take countries out of the files if that is too much.',
  ],
  layoutFrom:
    'tianchi.aliyun.com/dataset/74690; github.com/datawhalechina/torch-rechub, examples/ranking/data/aliexpress (header of the joined files)',
};
