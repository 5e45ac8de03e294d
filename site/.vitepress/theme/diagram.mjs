import { useData, withBase } from 'vitepress';
import { defineComponent, h, onMounted, ref, watch } from 'vue';

let drawn = 0;
/** One after the other: Mermaid measures in the page, with settings that are the same for all. */
let last = Promise.resolve();

/** Few colours, those of the pages; labels as wide as they need. */
function settings(dark) {
  const [ink, line, soft, ground] = dark
    ? ['#dfdfd6', '#98989f', '#202127', '#1b1b1f']
    : ['#3c3c43', '#67676c', '#f6f6f7', '#ffffff'];
  return {
    startOnLoad: false,
    look: 'classic',
    theme: 'base',
    themeVariables: {
      darkMode: dark,
      background: ground,
      primaryColor: soft,
      primaryTextColor: ink,
      primaryBorderColor: line,
      secondaryColor: soft,
      tertiaryColor: ground,
      textColor: ink,
      titleColor: ink,
      lineColor: line,
      edgeLabelBackground: ground,
      clusterBkg: ground,
      clusterBorder: line,
      noteBkgColor: soft,
      noteTextColor: ink,
      noteBorderColor: line,
      activationBkgColor: soft,
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: '14px',
    },
    flowchart: { wrappingWidth: 340 },
    sequence: { mirrorActors: false, actorMargin: 16, width: 110 },
  };
}

/** A Mermaid block. Its source until it is drawn, and where it cannot be. */
export const Diagram = defineComponent({
  props: { source: { type: String, required: true } },
  setup({ source }) {
    const { isDark } = useData();
    const svg = ref('');
    const draw = () => {
      last = last
        .then(async () => {
          const { default: mermaid } = await import(/* @vite-ignore */ withBase('/mermaid/mermaid.esm.min.js'));
          mermaid.initialize(settings(isDark.value));
          svg.value = (await mermaid.render(`diagram-${drawn++}`, source)).svg;
        }, console.error)
        .catch(console.error);
    };
    onMounted(draw);
    watch(isDark, draw);
    return () =>
      svg.value ? h('div', { class: 'diagram', innerHTML: svg.value }) : h('pre', { class: 'diagram' }, source);
  },
});
