/** What pages of other rooms are made of: markup with its values escaped, and the report's colours. */
export { headOf } from './page/head.js';
export { html, Html } from './page/html.js';
export { variables } from './figures/palette.js';
