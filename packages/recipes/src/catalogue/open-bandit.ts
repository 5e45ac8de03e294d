import type { Recipe } from '../recipe.js';

const CAMPAIGNS = ['all', 'men', 'women'];
const ROOT = 'open_bandit_dataset/bts';
/** Item numbers are those of a campaign, which is the name of the folder. */
const CAMPAIGN = { name: 'campaign', expression: "split_part(mdctr_file, '/', -2)" };
const ITEM = { name: 'item', expression: "campaign || '/' || item_id" };

export const openBandit: Recipe = {
  name: 'open-bandit',
  title: 'Open Bandit',
  summary:
    'Recommendations of fashion items on ZOZOTOWN in one week of November 2019, chosen by Bernoulli Thompson sampling; the label is a click, the domain the campaign.',
  rows: 24_011_308,
  domains: '3 campaigns',
  bytes: 11e9,
  licence: 'CC BY 4.0',
  citation:
    'Saito et al., Open Bandit Dataset and Pipeline: Towards Realistic and Reproducible Off-Policy Evaluation, NeurIPS 2021 Datasets and Benchmarks, arXiv:2008.07146',
  home: 'https://research.zozo.com/data.html',
  downloads: [{ url: 'https://research.zozo.com/data_release/open_bandit_dataset.zip', bytes: 412_931_917 }],
  data: {
    source: {
      kind: 'files',
      files: CAMPAIGNS.map((campaign) => `${ROOT}/${campaign}/${campaign}.csv`),
      columns: [
        ...['timestamp', 'item_id', 'position', 'click'],
        ...['user_feature_0', 'user_feature_1', 'user_feature_2', 'user_feature_3'],
        CAMPAIGN,
        ITEM,
      ],
      joins: [
        {
          files: CAMPAIGNS.map((campaign) => `${ROOT}/${campaign}/item_context.csv`),
          key: 'item',
          columns: [
            'item_feature_1',
            'item_feature_2',
            'item_feature_3',
            { name: 'item', expression: "split_part(mdctr_file, '/', -2) || '/' || item_id" },
          ],
        },
      ],
    },
    label: 'click',
    domain: 'campaign',
    fields: ['*', { name: 'hour', expression: "strftime(CAST(timestamp AS TIMESTAMPTZ), '%H')" }],
    exclude: ['item_id'],
    split: { by: 'time', column: 'timestamp', validation: 0.1, test: 0.1 },
  },
  notes: [
    'The policy prefers items that were clicked before. The folder `random` has 2,691,861 rows whose items were drawn at random: replace `bts` in the paths.',
    'Half a percent of the rows are clicks; judge by log loss and normalised entropy beside AUC.',
    'user-item affinities (80, 34 and 46 columns, by campaign, nearly all 0), item_feature_0 (a number) and the propensity are left out.',
    'The small edition (10,000 rows a campaign) that comes with the Python package obp has the same columns.',
  ],
  layoutFrom:
    'the files of the small edition (columns); Table 1 of the paper (rows); github.com/st-tech/zr-obp (folders)',
};
