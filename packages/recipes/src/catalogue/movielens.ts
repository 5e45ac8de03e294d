import type { Recipe } from '../recipe.js';

const LICENCE = 'GroupLens’s terms: research use (README of the archive)';
const CITATION =
  'Harper and Konstan, The MovieLens Datasets: History and Context, ACM TiiS 5(4), 2015, doi:10.1145/2827872';
const LIKED = { name: 'liked', expression: 'CAST(rating AS DOUBLE) > 3' };
/** `Comedy|Drama` as `Comedy`. */
const FIRST_GENRE = { name: 'genre', expression: "split_part(genres, '|', 1)" };
/** `Toy Story (1995)` as `1995`; some titles of the larger sets have no year. */
const YEAR = { name: 'year', expression: "nullif(regexp_extract(title, '\\((\\d{4})\\)\\s*$', 1), '')" };
/** All genres of a film. */
const GENRES = { name: 'genres', list: { separator: '|' } };
const HOUR = (column: string) => ({ name: 'hour', expression: `CAST(${column} AS BIGINT) // 3600 % 24` });
const RATINGS_ARE_NO_CLICKS =
  'Ratings are no clicks: there are no impressions without one. A rating above 3 is positive, as in Scenario-Wise-Rec.';

export const movieLens1M: Recipe = {
  name: 'movielens-1m',
  title: 'MovieLens 1M',
  summary:
    'Ratings of films; the label is a rating above 3, the domain the age of the user in three groups (under 25, 25 to 34, 35 and more).',
  rows: 1_000_209,
  domains: '3 age groups',
  bytes: 24e6,
  licence: LICENCE,
  citation: CITATION,
  home: 'https://grouplens.org/datasets/movielens/1m/',
  downloads: [
    {
      url: 'https://files.grouplens.org/datasets/movielens/ml-1m.zip',
      bytes: 6e6,
      checksum: { algorithm: 'md5', digest: 'c4d9eecfca2ab87c1945afe126590906' },
    },
  ],
  data: {
    source: {
      kind: 'files',
      files: ['ml-1m/ratings.dat'],
      csv: { delimiter: '::', header: ['user_id', 'movie_id', 'rating', 'timestamp'], quotes: false },
      columns: ['user_id', 'movie_id', 'timestamp', LIKED],
      joins: [
        {
          files: ['ml-1m/users.dat'],
          csv: { delimiter: '::', header: ['user_id', 'gender', 'age', 'occupation', 'zip'], quotes: false },
          key: 'user_id',
          columns: [
            'gender',
            'age',
            'occupation',
            'zip',
            {
              name: 'age_group',
              expression:
                "CASE WHEN CAST(age AS INTEGER) < 25 THEN 'under 25' WHEN age = '25' THEN '25 to 34' ELSE '35 and more' END",
            },
          ],
        },
        {
          files: ['ml-1m/movies.dat'],
          csv: { delimiter: '::', header: ['movie_id', 'title', 'genres'], quotes: false, encoding: 'latin-1' },
          key: 'movie_id',
          columns: ['genres', FIRST_GENRE, YEAR],
        },
      ],
    },
    label: 'liked',
    domain: 'age_group',
    fields: ['*', HOUR('timestamp'), GENRES],
    split: { by: 'time', column: 'timestamp', validation: 0.1, test: 0.1 },
  },
  training: { epochs: 3, batchSize: 2048 },
  notes: [
    RATINGS_ARE_NO_CLICKS,
    'The groups of age are those of Scenario-Wise-Rec, which splits at random; here the latest ratings are test.',
  ],
  layoutFrom: 'README of the archive; md5: ml-1m.zip.md5 beside it; groups: github.com/Xiaopengli1/Scenario-Wise-Rec',
};

interface Large {
  readonly size: '25m' | '32m';
  readonly rows: number;
  readonly bytes: number;
  readonly archiveBytes: number;
  readonly md5: string;
}

/** The larger sets know nothing of their users. */
const large = ({ size, rows, bytes, archiveBytes, md5 }: Large): Recipe => ({
  name: `movielens-${size}`,
  title: `MovieLens ${size.toUpperCase()}`,
  summary: 'Ratings of films; the label is a rating above 3, the domain the first genre of the film.',
  rows,
  domains: '20 genres',
  bytes,
  licence: LICENCE,
  citation: CITATION,
  home: `https://grouplens.org/datasets/movielens/${size}/`,
  downloads: [
    {
      url: `https://files.grouplens.org/datasets/movielens/ml-${size}.zip`,
      bytes: archiveBytes,
      checksum: { algorithm: 'md5', digest: md5 },
    },
  ],
  data: {
    source: {
      kind: 'files',
      files: [`ml-${size}/ratings.csv`],
      columns: ['userId', 'movieId', 'timestamp', LIKED],
      joins: [{ files: [`ml-${size}/movies.csv`], key: 'movieId', columns: ['genres', FIRST_GENRE, YEAR] }],
    },
    label: 'liked',
    domain: 'genre',
    fields: ['*', HOUR('timestamp'), GENRES],
    minFrequency: 2,
    split: { by: 'time', column: 'timestamp', validation: 0.1, test: 0.1 },
  },
  notes: [RATINGS_ARE_NO_CLICKS, 'The domain is the first of a film’s genres; "(no genres listed)" is one of them.'],
  layoutFrom: `README of the archive; md5: ml-${size}.zip.md5 beside it`,
});

export const movieLensLarge: readonly Recipe[] = [
  large({
    size: '25m',
    rows: 25_000_095,
    bytes: 1.1e9,
    archiveBytes: 261_978_986,
    md5: '6b51fb2759a8657d3bfcbfc42b592ada',
  }),
  large({
    size: '32m',
    rows: 32_000_204,
    bytes: 0.9e9,
    archiveBytes: 238_950_008,
    md5: 'd472be332d4daa821edc399621853b57',
  }),
];
