import { variables } from '@mdctr/report/figures';
import { treeStyle } from './tree-style.js';

const colours = (mode: 1 | 2): string => variables.map((one) => `${one[0]}:${one[mode]}`).join(';');

/** The page's style sheet, in the report's colours. Print is light and unfolded. */
export const style = `
:root{${colours(1)};--link:#0a58a8;--band:#f3f5f8}
@media screen and (prefers-color-scheme:dark){:root{${colours(2)};--link:#86c1ff;--band:#1d242d;color-scheme:dark}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.skip{position:absolute;left:-999px;color:var(--link)}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
.page{max-width:70rem;margin:0 auto;padding:2rem 1.5rem 4rem}
header{border-bottom:2px solid var(--ink);margin-bottom:1.5rem;padding-bottom:.8rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .3rem;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:2.2rem 0 .7rem}
.meta{color:var(--muted);margin:0;overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1px;background:var(--grid);border:1px solid var(--grid);margin:0 0 1.5rem}
.tiles div{background:var(--paper);padding:.7rem .9rem}
.tiles dt{font-size:.82rem;color:var(--muted)}
.tiles dd{margin:0;font-size:1.15rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.tiles small{display:block;font-size:.8rem;font-weight:400;color:var(--muted)}
.warnings{border-left:4px solid var(--s2);background:var(--band);margin:0;padding:.7rem 1rem .7rem 2rem}
.heading{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:0 1rem}
.tools{display:flex;gap:.5rem}
.tools[hidden]{display:none}
.tools button{font:inherit;font-size:.85rem;color:var(--ink);background:var(--band);border:1px solid var(--grid);border-radius:4px;padding:.3rem .75rem;cursor:pointer;min-height:1.9rem}
${treeStyle}.beside{list-style:none;margin:0;padding:0}
.beside li{border-top:1px solid var(--grid);padding:.45rem .3rem;font-size:.92rem}
.scroll{overflow-x:auto;max-width:100%;margin:.2rem 0 .6rem}
table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums;min-width:min(100%,34rem)}
th,td{padding:.25rem .6rem .25rem .3rem;text-align:left;border-bottom:1px solid var(--grid);font-weight:400;white-space:nowrap}
thead th{color:var(--muted)}
.number{text-align:right}
.notes{font-size:.9rem;color:var(--muted);padding-left:1.2rem;max-width:60rem}
.source summary{cursor:pointer;font-size:.9rem;padding:.4rem 0}
pre{background:var(--band);border:1px solid var(--grid);padding:.8rem 1rem;overflow:auto;font-size:.82rem;line-height:1.45;max-height:24rem}
summary:focus-visible,button:focus-visible,a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
footer{margin-top:3rem;border-top:1px solid var(--grid);padding-top:1rem;color:var(--muted);font-size:.85rem}
@media (max-width:48rem){
 .page{padding:1.2rem .9rem 3rem}
 h1{font-size:1.5rem}
 .tools button,.source summary{min-height:2.75rem}
}
@media print{
 @page{margin:14mm}
 body{font-size:10pt}
 .page{padding:0;max-width:none}
 .tools,.skip,.source{display:none!important}
 .scroll{overflow:visible}
 td{white-space:normal;overflow-wrap:anywhere}
 table{font-size:7.5pt}
}
`;
