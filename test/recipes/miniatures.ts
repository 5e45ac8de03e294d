import { kuairandLayout } from './kuairand.js';
import { drawn, lines, many, type Layout } from './layout.js';

const click = (i: number): number => (drawn(i, 7, 10) < 3 ? 1 : 0);

function kuairand(version: 'Pure' | '1K' | '27K'): Layout {
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

const ijcai18 = (): Layout =>
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

function openBandit(): Layout {
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

/** A small data set in the layout of each recipe, what it must be read as, and the values of one field. */
export const miniatures: Readonly<
  Record<
    string,
    {
      layout: () => Layout;
      rows: number;
      domains: readonly string[];
      fields: readonly string[];
      values: Readonly<Record<string, readonly string[]>>;
    }
  >
> = {
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
        values: version === '27K' ? {} : { tag: ['12,65'] },
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
};
