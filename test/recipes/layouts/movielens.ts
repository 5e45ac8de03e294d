import { drawn, lines, many, type Layout } from './layout.js';

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
