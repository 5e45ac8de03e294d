import { click, drawn, lines, many, type Layout } from './layout.js';

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
