// Builds the site: stages pages, lets VitePress build them, checks links and anchors, looks at it in a browser if there is one.
import { build } from 'vitepress';
import { stage, site } from './stage.mjs';

await stage();
await build(site);
