/** Style of `siteTree`, in a page that has the report's colours as variables. */
export const treeStyle = `
.site{border-top:1px solid var(--grid)}
.site>summary,.leaf{padding:.45rem .3rem .45rem 1.4rem;display:flex;flex-wrap:wrap;align-items:center;gap:.2rem .7rem;position:relative}
.site>summary{cursor:pointer;list-style:none}
.site>summary::-webkit-details-marker{display:none}
.site>summary::before{content:"\\25B8" / "";position:absolute;left:.3rem;color:var(--muted)}
.site[open]>summary::before{content:"\\25BE" / ""}
.site>summary:hover{background:var(--band)}
.inside{margin-left:.75rem;padding-left:.75rem;border-left:2px solid var(--grid)}
.kind{font-size:.8rem;color:var(--muted);min-width:5.2rem}
.path{font-weight:600;overflow-wrap:anywhere;min-width:0}
.shape{color:var(--muted);font-size:.88rem;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.note{font-size:.82rem;font-style:italic;color:var(--muted)}
.plugin{font-size:.82rem;border:1.5px solid var(--s1);color:var(--s1);border-radius:99px;padding:.02rem .6rem;overflow-wrap:anywhere;min-width:0}
.weights{margin-left:auto;display:flex;flex-wrap:wrap;align-items:center;gap:0 .6rem;font-size:.85rem;font-variant-numeric:tabular-nums}
.weights .share,.weights .flops{text-align:right;min-width:3.2rem;color:var(--muted)}
.weights .flops{min-width:5.6rem}
.bar{display:inline-block;width:5rem;height:.5rem;background:var(--grid);border-radius:2px;overflow:hidden}
.bar i{display:block;height:100%;background:var(--s1)}
.own{padding:.3rem 0}
@media (max-width:48rem){
 .inside{margin-left:.3rem;padding-left:.5rem}
 .kind{min-width:0}
 .weights{margin-left:0;width:100%}
 .weights .flops,.weights .share{min-width:0}
 .bar{width:2.5rem}
 .weights{gap:0 .5rem;font-size:.82rem}
 .site>summary{min-height:2.75rem}
}
@media print{
 .site>summary::before{display:none!important}
 .site::details-content{content-visibility:visible;height:auto}
 .site>summary,.leaf{break-inside:avoid}
 .bar,.bar i{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
