import type { Download, Recipe } from '../recipe.js';

/** Outcomes of the same impression, and flags and raw times that are no features. */
const NOT_FEATURES = [
  ...['is_like', 'is_follow', 'is_comment', 'is_forward', 'is_hate', 'long_view', 'play_time_ms'],
  ...['profile_stay_time', 'comment_stay_time', 'is_profile_enter', 'is_rand', 'date', 'hourmin'],
];
/** Counts that stand beside their ranges, and what has a bucketed form below. */
const NUMBERS = [
  'follow_user_num',
  'fans_user_num',
  'friend_user_num',
  'register_days',
  'duration_ms',
  'video_duration',
];

/** Two buckets for each doubling; no value for what is missing or 0. */
const logBucket = (column: string): string =>
  `CASE WHEN TRY_CAST(${column} AS DOUBLE) > 0 THEN CAST(floor(2 * log2(CAST(${column} AS DOUBLE))) AS INTEGER) END`;

interface Version {
  readonly version: 'Pure' | '1K' | '27K';
  readonly rows: number;
  readonly bytes: number;
  /** Of the logs, between the dates and the ending. */
  readonly parts: readonly string[];
  readonly minFrequency: number;
  readonly where?: string;
  readonly checksum?: Download['checksum'];
  readonly archiveBytes: number;
  readonly notes: readonly string[];
}

// eslint-disable-next-line mdctr/max-lines-per-function -- one recipe, data from top to bottom
function kuairand({
  version,
  rows,
  bytes,
  parts,
  minFrequency,
  where,
  checksum,
  archiveBytes,
  notes,
}: Version): Recipe {
  const folder = `KuaiRand-${version}/data`;
  const suffix = version.toLowerCase();
  const logs = ['4_08_to_4_21', '4_22_to_5_08'].flatMap((dates) =>
    parts.map((part) => `${folder}/log_standard_${dates}_${suffix}${part}.csv`),
  );
  return {
    name: `kuairand-${suffix}`,
    title: `KuaiRand-${version}`,
    summary:
      'Impressions of the short-video app Kuaishou in four weeks of 2022; the label is a click (`is_click`), the domain the page of the app that showed the video (`tab`).',
    rows,
    domains: '15 tabs',
    bytes,
    licence: 'CC BY-SA 4.0',
    citation:
      'Gao et al., KuaiRand: An Unbiased Sequential Recommendation Dataset with Randomly Exposed Videos, CIKM 2022, doi:10.1145/3511808.3557624',
    home: 'https://kuairand.com',
    downloads: [
      {
        url: `https://zenodo.org/records/10439422/files/KuaiRand-${version}.tar.gz`,
        bytes: archiveBytes,
        ...(checksum && { checksum }),
      },
    ],
    data: {
      source: {
        kind: 'files',
        files: logs,
        joins: [
          { files: [`${folder}/user_features_${suffix}.csv`], key: 'user_id' },
          { files: [`${folder}/video_features_basic_${suffix}.csv`], key: 'video_id' },
        ],
      },
      label: 'is_click',
      domain: 'tab',
      fields: [
        '*',
        { name: 'hour', expression: 'CAST(hourmin AS INTEGER) // 100' },
        { name: 'duration', expression: logBucket('duration_ms') },
        { name: 'tag', list: { separator: ',' } },
      ],
      exclude: [...NOT_FEATURES, ...NUMBERS],
      ...(where !== undefined && { where }),
      minFrequency,
      split: { by: 'time', column: 'time_ms', validation: 0.1, test: 0.1 },
    },
    notes: [
      'The logs are those of the standard policies; log_random_* (videos put in at random) is not read.',
      'video_features_statistic_* is not read: its figures are means over the whole month, test days included.',
      ...notes,
    ],
    layoutFrom: 'github.com/chongminggao/KuaiRand, README.md; checksums: zenodo.org/records/10439422',
  };
}

export const kuairandRecipes: readonly Recipe[] = [
  kuairand({
    version: 'Pure',
    rows: 1_436_609,
    bytes: 194e6,
    parts: [''],
    minFrequency: 2,
    checksum: { algorithm: 'md5', digest: '0820331067a3784d9691136f772b35a7' },
    archiveBytes: 45.2e6,
    notes: ['Only the impressions of 7,583 candidate videos are in the logs: they are no whole sequences.'],
  }),
  kuairand({
    version: '1K',
    rows: 11_713_045,
    bytes: 4.3e9,
    parts: [''],
    minFrequency: 5,
    checksum: { algorithm: 'md5', digest: '6b0b9c8222d67fcd4c676218edca3f1f' },
    archiveBytes: 1e9,
    notes: [
      'All impressions of 1,000 users; most of the 4.4 million videos come once or twice and share the out-of-vocabulary id.',
    ],
  }),
  kuairand({
    version: '27K',
    rows: 322_278_385,
    bytes: 46e9,
    parts: ['_part1', '_part2'],
    minFrequency: 10,
    where: 'md5_number_lower(user_id) % 20 = 0',
    archiveBytes: 9.21e9,
    notes: [
      '`where` takes one user of 20, always the same ones, about 16 million impressions. Without it the encoded rows alone need some 50 GB of memory.',
    ],
  }),
];
