import { variables } from '@mdctr/report/figures';
import { treeStyle } from '../inspection/tree-style.js';

const colours = (mode: 1 | 2): string => variables.map((one) => `${one[0]}:${one[mode]}`).join(';');

/** The page's style sheet. Colours are variables, set by mode; print is light. */
export const style = `
:root{${colours(1)};--link:#0a58a8;--band:#f3f5f8;--soft:#f8f9fb}
@media screen and (prefers-color-scheme:dark){:root{${colours(2)};--link:#86c1ff;--band:#1d242d;--soft:#191f27;color-scheme:dark}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
a{color:var(--link)}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
.page{max-width:84rem;margin:0 auto;padding:2rem 1.5rem 4rem;display:grid;grid-template-columns:10.5rem minmax(0,1fr);gap:0 2.5rem}
header{grid-column:1/-1;border-bottom:2px solid var(--ink);margin-bottom:1.5rem;padding-bottom:1rem}
header p{margin:.25rem 0;max-width:46rem}
.meta{color:var(--muted);font-size:.9rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .4rem;overflow-wrap:anywhere}
h2{font-size:1.4rem;margin:2.5rem 0 .75rem;line-height:1.25}
section:first-of-type h2{margin-top:0}
h3{font-size:1.05rem;margin:0 0 .75rem;overflow-wrap:anywhere}
nav{position:sticky;top:1.5rem;align-self:start;font-size:.93rem}
nav ul{list-style:none;margin:0;padding:0}
nav li{margin:.35rem 0}
nav a{text-decoration:none}
nav a:hover,nav a:focus{text-decoration:underline}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1px;background:var(--grid);border:1px solid var(--grid);margin:0 0 1.5rem}
.tiles div{background:var(--paper);padding:.7rem .9rem}
.tiles dt{font-size:.82rem;color:var(--muted)}
.tiles dd{margin:0;font-size:1.15rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.tiles dd small{display:block;font-size:.8rem;font-weight:400;color:var(--muted)}
.scroll{overflow-x:auto;max-width:100%}
details .scroll{max-height:24rem;overflow:auto}
table{border-collapse:collapse;width:100%;font-size:.85rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--muted);font-size:.85rem;padding:.3rem 0}
th,td{padding:.42rem .45rem;text-align:left;border-bottom:1px solid var(--grid);font-weight:400;white-space:nowrap}
thead th{font-weight:600;border-bottom:2px solid var(--ink);vertical-align:bottom}
tbody tr:hover{background:var(--band)}
.number{text-align:right}
th button{all:unset;cursor:pointer;font-weight:600;display:inline-flex;gap:.3em}
th button:focus-visible,button:focus-visible,summary:focus-visible,a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
/* The text after the slash is what screen readers get: nothing, aria-sort says it. */
th button::after{content:"↕" / "";color:var(--muted)}
th[aria-sort=ascending] button::after{content:"↑" / "";color:var(--link)}
th[aria-sort=descending] button::after{content:"↓" / "";color:var(--link)}
.notes{font-size:.9rem;color:var(--muted);padding-left:1.2rem;max-width:60rem}
.figure{margin:0 0 2.25rem;padding:1.1rem 1.2rem;border:1px solid var(--grid);border-radius:6px;break-inside:avoid}
.figure.live-on .static{display:none}
.cell{stroke:var(--paper)}
.static text{dominant-baseline:central}
.t10{font-size:10px}.t11{font-size:11px}.t12{font-size:12px}.t13{font-size:13px}.strong{font-weight:600}
.drawing svg{display:block;width:100%;height:auto}
.live svg{height:100%}
.analysis{margin:0 0 2.25rem}
figcaption{font-size:.9rem;color:var(--muted);margin-top:.6rem;max-width:60rem}
.tools{display:flex;gap:.5rem;align-items:center;margin:.6rem 0 0;font-size:.85rem;color:var(--muted)}
.tools[hidden]{display:none}
.tools button{font:inherit;color:var(--ink);background:var(--band);border:1px solid var(--grid);border-radius:4px;padding:.3rem .75rem;cursor:pointer;min-height:1.9rem}
.tools button:hover{border-color:var(--muted)}
summary{cursor:pointer;font-size:.88rem;padding:.45rem 0;width:fit-content}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem 2rem}
.facts th{color:var(--muted)}
.facts td{white-space:normal;overflow-wrap:anywhere}
pre{background:var(--soft);border:1px solid var(--grid);padding:.8rem 1rem;overflow:auto;font-size:.82rem;line-height:1.45;max-height:22rem}
.fold{margin:0 0 2.25rem}
footer{grid-column:1/-1;margin-top:3rem;border-top:1px solid var(--grid);padding-top:1rem;color:var(--muted);font-size:.85rem}
@media (max-width:60rem){
 .page{display:block;padding:1.2rem 1rem 3rem}
 nav{position:static;margin-bottom:1.5rem}
 nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem}
 nav li{margin:0}
 #results-table tbody th{position:sticky;left:0;background:var(--paper)}
 h1{font-size:1.6rem}
 .figure{padding:.8rem .7rem}
 nav a,summary,.tools button{min-height:2.75rem;display:inline-flex;align-items:center}
 summary{display:list-item}
}
@media print{
 @page{margin:14mm}
 body{font-size:10.5pt}
 .page{display:block;padding:0;max-width:none}
 nav,.tools,.choose,.skip,figure details,.fold:not([open]),.fold>summary,th button::after{display:none!important}
 .live{display:none!important}
 .figure.live-on .static{display:block}
 .figure{border:0;padding:0}
 .drawing svg{max-height:225mm}
 .scroll{overflow:visible}
 table{font-size:7.5pt}
 th,td{padding:.2rem .3rem}
 h2{break-after:avoid}
 a{color:inherit;text-decoration:none}
 pre{max-height:none;white-space:pre-wrap;font-size:7.5pt;border:0;padding:0}
}
${treeStyle}
.beside{list-style:none;margin:1rem 0 0;padding:0;font-size:.92rem}
.beside li{border-top:1px solid var(--grid);padding:.45rem .3rem}
.choose{display:flex;flex-wrap:wrap;gap:.5rem 1.2rem;margin:0 0 1rem;font-size:.93rem}
.choose[hidden],.network[hidden]{display:none}
.choose select{font:inherit;color:var(--ink);background:var(--band);border:1px solid var(--grid);border-radius:4px;padding:.3rem .6rem;min-height:2.2rem;max-width:100%}
.network>summary,.network>h3{overflow-wrap:anywhere}
.network .site>summary{width:auto}
.network .leaf{font-size:.88rem}
.network table{width:auto}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
