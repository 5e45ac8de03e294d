import { gzipSync } from 'node:zlib';
import { click, drawn, lines, many, type Layout } from './layout.js';

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
