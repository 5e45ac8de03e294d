// Writes log.csv, a stand-in for a log of your own: three weeks of impressions on four positions. Usage: node make-log.mjs [ROWS]
import { writeFileSync } from 'node:fs';

const rows = Number(process.argv[2] ?? 30_000);

/** Uniform numbers from 0 to 1, the same in every run (mulberry32). */
let state = 7;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const pick = (list) => list[Math.floor(random() * list.length)];
const numbers = (count, draw) => Array.from({ length: count }, draw);

const positions = { feed: -2, search: -1, sidebar: -3.2, push: -2.6 };
const topics = ['sport', 'music', 'food', 'travel', 'games', 'news', 'cars', 'books'];
const users = numbers(400, () => ({ likes: pick(topics), bias: random() - 0.5 }));
const items = numbers(120, () => ({
  topics: [...new Set([pick(topics), pick(topics)])],
  price: random() < 0.1 ? '' : (5 + 95 * random() ** 2).toFixed(2),
  bias: 1.5 * (random() - 0.5),
}));

const begin = Date.UTC(2026, 2, 2);
const lines = numbers(rows, (_, i) => {
  const time = new Date(begin + (i / rows) * 21 * 86_400_000);
  const position = pick(Object.keys(positions));
  const [user, item] = [Math.floor(random() * users.length), Math.floor(random() * items.length)];
  const liked = items[item].topics.includes(users[user].likes) ? (position === 'search' ? 2.5 : 1.2) : 0;
  const weekend = [0, 6].includes(time.getUTCDay()) && position === 'push' ? 1 : 0;
  const logit = positions[position] + users[user].bias + items[item].bias + liked + weekend;
  const click = random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  const { topics: tags, price } = items[item];
  return [time.toISOString().slice(0, 19), position, `u${user}`, `i${item}`, tags.join('|'), price, click].join(',');
});

writeFileSync('log.csv', ['timestamp,position,user,item,topics,price,click', ...lines, ''].join('\n'));
console.log(`log.csv: ${rows} rows`);
