import { click, drawn, lines, many, type Layout } from './layout.js';

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
