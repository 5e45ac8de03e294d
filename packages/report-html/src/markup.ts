/** What pages of other rooms are made of: markup with its values escaped, and the report's colours. */
export { headOf } from './page/head.js';
export { html, Html } from './page/html.js';
export { besideSites } from './tree/beside-sites.js';
export { siteTree } from './tree/site-tree.js';
export { treeStyle } from './tree/style.js';
export { variables } from './figures/palette.js';
