import { click, drawn, lines, many, type Layout } from './layout.js';

export const LOG = [
  ...[
    'user_id',
    'video_id',
    'date',
    'hourmin',
    'time_ms',
    'is_click',
    'is_like',
    'is_follow',
    'is_comment',
    'is_forward',
  ],
  ...['is_hate', 'long_view', 'play_time_ms', 'duration_ms', 'profile_stay_time', 'comment_stay_time'],
  ...['is_profile_enter', 'is_rand', 'tab'],
];
export const USER = [
  ...['user_id', 'user_active_degree', 'is_lowactive_period', 'is_live_streamer', 'is_video_author'],
  ...['follow_user_num', 'follow_user_num_range', 'fans_user_num', 'fans_user_num_range'],
  ...['friend_user_num', 'friend_user_num_range', 'register_days', 'register_days_range'],
  ...Array.from({ length: 18 }, (_, i) => `onehot_feat${i}`),
];
export const VIDEO = [
  ...['video_id', 'author_id', 'video_type', 'upload_dt', 'upload_type', 'visible_status', 'video_duration'],
  ...['server_width', 'server_height', 'music_id', 'music_type', 'tag'],
];

type Row = Readonly<Record<string, string>>;

/** The files of a version, from rows that have user and video features joined in. What a row lacks is 0. */
export function kuairandLayout(version: 'Pure' | '1K' | '27K', rows: readonly Row[]): Layout {
  const suffix = version.toLowerCase();
  const folder = `KuaiRand-${version}/data`;
  const parts = version === '27K' ? ['_part1', '_part2'] : [''];
  const logs = ['4_08_to_4_21', '4_22_to_5_08'].flatMap((dates) =>
    parts.map((part) => `log_standard_${dates}_${suffix}${part}`),
  );
  const size = Math.ceil(rows.length / logs.length);
  const pick = (columns: readonly string[], row: Row): string[] => columns.map((name) => row[name] ?? '0');
  const distinct = (key: string): Row[] => [...new Map(rows.map((row) => [row[key]!, row])).values()];
  const table = (columns: readonly string[], some: readonly Row[]): string =>
    lines([columns, ...some.map((row) => pick(columns, row))]);
  return {
    ...Object.fromEntries(
      logs.map((name, i) => [`${folder}/${name}.csv`, table(LOG, rows.slice(i * size, (i + 1) * size))]),
    ),
    [`${folder}/user_features_${suffix}.csv`]: table(USER, distinct('user_id')),
    [`${folder}/video_features_basic_${suffix}.csv`]: table(VIDEO, distinct('video_id')),
  };
}

/** Rows of a version. */
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
