import { gzipSync } from 'node:zlib';
import { kuairandLayout } from './kuairand.js';
import { drawn, lines, many, type Layout } from './layout.js';

const click = (i: number): number => (drawn(i, 7, 10) < 3 ? 1 : 0);

export function kuairand(version: 'Pure' | '1K' | '27K'): Layout {
  const rows = many(400, (i) => ({
    user_id: String(drawn(i, 1, 60)),
    video_id: String(drawn(i, 2, 40)),
    tab: String(drawn(i, 3, 3)),
    is_click: String(click(i)),
    date: '20220421',
    hourmin: String(drawn(i, 4, 24) * 100),
    time_ms: String(1650485801301 + i * 60_000),
    duration_ms: String(drawn(i, 5, 90) * 1000),
    user_active_degree: 'full_active',
    upload_dt: '2022-04-09',
    tag: '"12,65"',
  }));
  return kuairandLayout(version, rows);
}

const IJCAI18 = [
  ...['instance_id', 'item_id', 'item_category_list', 'item_property_list', 'item_brand_id', 'item_city_id'],
  ...['item_price_level', 'item_sales_level', 'item_collected_level', 'item_pv_level'],
  ...['user_id', 'user_gender_id', 'user_age_level', 'user_occupation_id', 'user_star_level'],
  ...['context_id', 'context_timestamp', 'context_page_id', 'predict_category_property'],
  ...['shop_id', 'shop_review_num_level', 'shop_review_positive_rate', 'shop_star_level'],
  ...['shop_score_service', 'shop_score_delivery', 'shop_score_description', 'is_trade'],
];

/** Rows of the contest's file; what a row lacks is -1, the contest's mark of a missing value. */
export const ijcai18Layout = (rows: readonly Readonly<Record<string, string | number>>[]): Layout => ({
  'round1_ijcai_18_train_20180301.txt': lines(
    [IJCAI18, ...rows.map((row) => IJCAI18.map((name) => row[name] ?? -1))],
    ' ',
  ),
});

export const ijcai18 = (): Layout =>
  ijcai18Layout(
    many(400, (i) => ({
      instance_id: `10864${i}`,
      item_id: `34128683${drawn(i, 1, 30)}`,
      item_category_list: `7908382889764677758;${5799347067982556520n + BigInt(drawn(i, 2, 5))}`,
      item_property_list: '2072967855524022579;5131280576272319091',
      user_id: `46${drawn(i, 3, 80)}`,
      context_id: i,
      context_timestamp: 1537236544 + 600 * i,
      context_page_id: 4001 + drawn(i, 4, 3),
      predict_category_property: '5799347067982556520:-1;509660095530134768:-1',
      shop_review_positive_rate: 1 - drawn(i, 5, 5) / 1000,
      is_trade: click(i),
    })),
  );

export const OBD_AFFINITIES = { all: 80, men: 34, women: 46 } as const;

export function openBandit(): Layout {
  const files = Object.entries(OBD_AFFINITIES).map(([campaign, items], c): [string, string][] => {
    const head = [
      ...['', 'timestamp', 'item_id', 'position', 'click', 'propensity_score'],
      ...many(4, (f) => `user_feature_${f}`),
      ...many(items, (item) => `user-item_affinity_${item}`),
    ];
    const rows = many(150, (i) => [
      ...[
        i,
        `2019-11-${24 + drawn(i, 1, 7)} 00:0${i % 10}:17.004101+00:00`,
        drawn(i + c, 2, items),
        1 + (i % 3),
        click(i + c),
      ],
      ...[0.0125, ...many(4, (f) => `u${f}${drawn(i, f, 4)}`), ...many(items, () => '0.0')],
    ]);
    const context = many(items, (item) => [item, item, -0.5, `a${item % 3}`, `b${item % 4}`, `c${item % 5}`]);
    return [
      [`open_bandit_dataset/bts/${campaign}/${campaign}.csv`, lines([head, ...rows])],
      [
        `open_bandit_dataset/bts/${campaign}/item_context.csv`,
        lines([['', 'item_id', ...many(4, (f) => `item_feature_${f}`)], ...context]),
      ],
    ];
  });
  return Object.fromEntries(files.flat());
}

export function movieLens1M(): Layout {
  const users = many(30, (i) => [i + 1, 'FM'[i % 2], [1, 18, 25, 35, 45, 50, 56][i % 7], i % 21, `4806${i % 10}`]);
  const movies = many(20, (i) => [i + 1, `Am\xe9lie: the ${i}th (${1990 + i})`, i % 2 ? "Children's|Comedy" : 'Drama']);
  const ratings = many(400, (i) => [
    1 + drawn(i, 1, 30),
    1 + drawn(i, 2, 20),
    1 + drawn(i, 3, 5),
    978300000 + 3600 * i,
  ]);
  return {
    'ml-1m/users.dat': lines(users, '::'),
    'ml-1m/movies.dat': Buffer.from(lines(movies, '::'), 'latin1'),
    'ml-1m/ratings.dat': lines(ratings, '::'),
  };
}

export const movieLensLarge = (size: string): Layout => ({
  [`ml-${size}/movies.csv`]: lines([
    ['movieId', 'title', 'genres'],
    ['1', '"American President, The (1995)"', 'Comedy|Drama'],
    ['2', 'Untitled', '(no genres listed)'],
    ['3', '"Say ""hi"" (2001) "', 'Adventure'],
  ]),
  [`ml-${size}/ratings.csv`]: lines([
    ['userId', 'movieId', 'rating', 'timestamp'],
    ...many(400, (i) => [1 + drawn(i, 1, 30), 1 + drawn(i, 2, 3), 0.5 + drawn(i, 3, 10) / 2, 1147880044 + i]),
  ]),
});

export function amazon(): Layout {
  const review = (i: number): string =>
    JSON.stringify({
      reviewerID: `A${drawn(i, 1, 40)}`,
      asin: `B000${drawn(i, 2, 30)}`,
      reviewerName: 'Somebody',
      helpful: [0, 0],
      reviewText: 'Good, "really".',
      overall: 1 + drawn(i, 3, 5),
      summary: 'Good',
      unixReviewTime: 1391040000 + i,
      reviewTime: '01 30, 2014',
    });
  const names = ['Beauty', 'Clothing_Shoes_and_Jewelry', 'Health_and_Personal_Care'];
  return Object.fromEntries(
    names.map((name, c) => [
      `reviews_${name}_5.json.gz`,
      gzipSync(many(150, (i) => `${review(i + 150 * c)}\n`).join('')),
    ]),
  );
}

/** A purchase without a click, which the recipe leaves out. */
export const faulty = (i: number): boolean => i % 50 === 1 && click(i) === 0;

export function aliCcp(): Layout {
  const list = (features: readonly (readonly [string, string | number])[]): string =>
    features.map(([field, value]) => `${field}\x02${value}\x031.0`).join('\x01');
  const half = (name: string, rows: number): Layout => ({
    [`common_features_${name}.csv`]: lines(
      many(10, (u) => [
        `c${u}`,
        4,
        list([
          ['101', `u${u}`],
          ['109_14', '4468'],
          ['109_14', '4469'],
          ['121', 3386 + (u % 3)],
          ['129', name],
        ]),
      ]),
    ),
    [`sample_skeleton_${name}.csv`]: lines(
      many(rows, (i) => [
        ...[i + 1, click(i), i % 50 === 1 ? 1 : 0, `c${drawn(i, 1, 10)}`, 4],
        list([
          ['210', '9077'],
          ['205', `ad${drawn(i, 2, 20)}`],
          ['301', 9351665 + (i % 3)],
          ['853', drawn(i, 3, 5)],
        ]),
      ]),
    ),
  });
  return { ...half('train', 300), ...half('test', 60) };
}

export function aliExpress(): Layout {
  const head = [
    'search_id',
    ...many(16, (i) => `categorical_${i + 1}`),
    ...many(63, (i) => `numerical_${i + 1}`),
    ...['click', 'conversion'],
  ];
  const table = (rows: number, salt: number): string =>
    lines([
      head,
      ...many(rows, (i) => [
        ...[i >> 2, ...many(16, (f) => drawn(i, f + salt, 5)), ...many(63, (f) => drawn(i, 100 + f, 100) / 100)],
        ...[click(i), 0],
      ]),
    ]);
  return Object.fromEntries(
    ['NL', 'ES', 'FR', 'US'].flatMap((country, c) => [
      [`AliExpress_${country}/train.csv`, table(90, c)],
      [`AliExpress_${country}/test.csv`, table(10, c + 50)],
    ]),
  );
}

export const criteo = (): Layout => ({
  'train.txt': lines(
    many(400, (i) => [
      click(i),
      ...many(13, (f) => (drawn(i, f, 4) === 0 ? '' : drawn(i, 20 + f, 300) - 2)),
      ...many(26, (f) => (drawn(i, 40 + f, 5) === 0 ? '' : `68fd1e6${drawn(i, 60 + f, 3)}`)),
    ]),
    '\t',
  ),
});

const AVAZU = [
  ...['id', 'click', 'hour', 'C1', 'banner_pos', 'site_id', 'site_domain', 'site_category'],
  ...['app_id', 'app_domain', 'app_category', 'device_id', 'device_ip', 'device_model'],
  ...['device_type', 'device_conn_type', 'C14', 'C15', 'C16', 'C17', 'C18', 'C19', 'C20', 'C21'],
];
export const avazu = (): Layout => ({
  'train.gz': gzipSync(
    lines([
      AVAZU,
      ...many(400, (i) => [
        ...[`1000009418151094273${i}`, click(i), `1410${21 + Math.floor(i / 50)}0${i % 10}`, 1005, drawn(i, 1, 3)],
        ...many(19, (f) => `v${drawn(i, 10 + f, 4)}`),
      ]),
    ]),
  ),
});
