import type { Recipe } from '../recipe.js';

const CATEGORIES = ['Beauty', 'Clothing_Shoes_and_Jewelry', 'Health_and_Personal_Care'];
const FOLDER = 'https://snap.stanford.edu/data/amazon/productGraph/categoryFiles';

export const amazon: Recipe = {
  name: 'amazon-5core',
  title: 'Amazon reviews (2014), 5-core',
  summary:
    'Reviews of products by users with five reviews and more; the label is a rating above 3, the domain the category (beauty, clothing, health).',
  rows: 823_534,
  domains: '3 categories',
  licence: 'none stated; for research',
  citation:
    'He and McAuley, Ups and Downs: Modeling the Visual Evolution of Fashion Trends with One-Class Collaborative Filtering, WWW 2016',
  home: 'https://jmcauley.ucsd.edu/data/amazon/',
  downloads: CATEGORIES.map((category) => ({ url: `${FOLDER}/reviews_${category}_5.json.gz` })),
  data: {
    source: {
      kind: 'files',
      files: CATEGORIES.map((category) => `reviews_${category}_5.json.gz`),
      format: 'jsonl',
      columns: [
        ...['reviewerID', 'asin', 'unixReviewTime'],
        { name: 'category', expression: "regexp_extract(mdctr_file, 'reviews_(.*)_5\\.json', 1)" },
        { name: 'liked', expression: 'CAST(overall AS DOUBLE) > 3' },
      ],
    },
    label: 'liked',
    domain: 'category',
    split: { by: 'time', column: 'unixReviewTime', validation: 0.1, test: 0.1 },
  },
  training: { epochs: 3, batchSize: 2048 },
  notes: [
    'Ratings are no clicks: there are no impressions without one, and four of five are positive. The choice of categories and label is that of Scenario-Wise-Rec.',
    'Other categories: the same names with another category; add them to `files`.',
    'The files of 2018 have the same keys; those of 2023 others (user_id, parent_asin, rating, timestamp).',
    'Texts, helpfulness and names of reviewers are not read.',
  ],
  layoutFrom:
    'jmcauley.ucsd.edu/data/amazon (keys, numbers of reviews); github.com/Xiaopengli1/Scenario-Wise-Rec, amazon_5_core/data_process.py (categories, label)',
};
