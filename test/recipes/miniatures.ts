import { aliCcp, aliExpress, faulty } from './layouts/ali.js';
import { amazon } from './layouts/amazon.js';
import { avazu } from './layouts/avazu.js';
import { criteo } from './layouts/criteo.js';
import { ijcai18 } from './layouts/ijcai18.js';
import { kuairand } from './layouts/kuairand.js';
import { many, type Layout } from './layouts/layout.js';
import { movieLens1M, movieLensLarge } from './layouts/movielens.js';
import { openBandit } from './layouts/open-bandit.js';

interface Miniature {
  readonly layout: () => Layout;
  readonly rows: number;
  readonly domains: readonly string[];
  /** Some of the fields. */
  readonly fields: readonly string[];
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** A small data set in the layout of each recipe, what it must be read as, and the values of one field. */
export const miniatures: Readonly<Record<string, Miniature>> = {
  ijcai18: {
    layout: ijcai18,
    rows: 400,
    domains: ['4001', '4002', '4003'],
    fields: ['item_id', 'user_id', 'shop_star_level', 'item_category', 'hour', 'shop_review_positive_rate_rounded'],
    values: { shop_review_positive_rate_rounded: ['0.996', '0.997', '0.998', '0.999', '1.0'] },
  },
  ...Object.fromEntries(
    (['Pure', '1K', '27K'] as const).map((version) => [
      `kuairand-${version.toLowerCase()}`,
      {
        layout: () => kuairand(version),
        // One user of 20 is read of the largest version.
        rows: version === '27K' ? 23 : 400,
        domains: ['0', '1', '2'],
        fields: [
          'user_id',
          'video_id',
          'tab',
          'user_active_degree',
          'onehot_feat17',
          'upload_dt',
          'tag',
          'hour',
          'duration',
        ],
        values: version === '27K' ? {} : { tag: ['12', '65'] },
      },
    ]),
  ),
  'open-bandit': {
    layout: openBandit,
    rows: 450,
    domains: ['all', 'men', 'women'],
    fields: ['position', 'user_feature_3', 'campaign', 'item', 'item_feature_3', 'hour'],
    values: { hour: ['00'], item_feature_1: ['a0', 'a1', 'a2'] },
  },
  'movielens-1m': {
    layout: movieLens1M,
    rows: 400,
    domains: ['25 to 34', '35 and more', 'under 25'],
    fields: ['user_id', 'movie_id', 'gender', 'age', 'occupation', 'zip', 'age_group', 'genre', 'year', 'hour'],
    values: {
      genre: ["Children's", 'Drama'],
      genres: ["Children's", 'Comedy', 'Drama'],
      age: ['1', '18', '25', '35', '45', '50', '56'],
    },
  },
  ...Object.fromEntries(
    ['25m', '32m'].map((size) => [
      `movielens-${size}`,
      {
        layout: () => movieLensLarge(size),
        rows: 400,
        domains: ['(no genres listed)', 'Adventure', 'Comedy'],
        fields: ['userId', 'movieId', 'genre', 'year', 'hour'],
        values: { year: ['1995', '2001'] },
      },
    ]),
  ),
  'amazon-5core': {
    layout: amazon,
    rows: 450,
    domains: ['Beauty', 'Clothing_Shoes_and_Jewelry', 'Health_and_Personal_Care'],
    fields: ['reviewerID', 'asin', 'category'],
    values: {},
  },
  'ali-ccp': {
    layout: aliCcp,
    rows: [...many(300, faulty), ...many(60, faulty)].filter((fault) => !fault).length,
    domains: ['9351665', '9351666', '9351667'],
    fields: ['f101', 'f121', 'f129', 'f205', 'f301', 'f853'],
    // The test half has users of its own under the same indices.
    values: { f121: ['3386', '3387', '3388'], f129: ['train'] },
  },
  aliexpress: {
    layout: aliExpress,
    rows: 400,
    domains: ['ES', 'FR', 'NL', 'US'],
    fields: ['categorical_1', 'categorical_16', 'numerical_1', 'numerical_63', 'country'],
    values: { categorical_1: ['0', '1', '2', '3', '4'] },
  },
  criteo: {
    layout: criteo,
    rows: 400,
    domains: ['(missing)', '68fd1e60', '68fd1e61', '68fd1e62'],
    fields: ['I1', 'I13', 'C1', 'C17', 'C26'],
    values: { C1: ['68fd1e60', '68fd1e61', '68fd1e62'] },
  },
  avazu: {
    layout: avazu,
    rows: 400,
    domains: ['0', '1', '2'],
    fields: ['C1', 'banner_pos', 'site_id', 'device_conn_type', 'C21', 'hour_of_day', 'weekday'],
    values: { C1: ['1005'], hour_of_day: ['00', '01', '02', '03', '04', '05', '06', '07', '08', '09'] },
  },
};
