import { useData, withBase } from 'vitepress';
import { defineComponent, h, onMounted, ref, watch } from 'vue';

let drawn = 0;
/** One after the other: Mermaid measures in the page, with settings that are the same for all. */
let last = Promise.resolve();

/** A Mermaid block. Its source until it is drawn, and where it cannot be. */
export const Diagram = defineComponent({
  props: { source: { type: String, required: true } },
  setup({ source }) {
    const { isDark } = useData();
    const svg = ref('');
    const draw = () => {
      last = last.then(async () => {
        const { default: mermaid } = await import(/* @vite-ignore */ withBase('/mermaid/mermaid.esm.min.mjs'));
        mermaid.initialize({ startOnLoad: false, theme: isDark.value ? 'dark' : 'neutral', fontFamily: 'inherit' });
        svg.value = (await mermaid.render(`diagram-${drawn++}`, source)).svg;
      }, console.error).catch(console.error);
    };
    onMounted(draw);
    watch(isDark, draw);
    return () =>
      svg.value ? h('div', { class: 'diagram', innerHTML: svg.value }) : h('pre', { class: 'diagram' }, source);
  },
});
