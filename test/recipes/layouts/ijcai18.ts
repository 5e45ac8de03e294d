import { click, drawn, lines, many, type Layout } from './layout.js';

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
