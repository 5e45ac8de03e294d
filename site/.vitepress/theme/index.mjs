// The default theme in the fonts of the reader's system: nothing is loaded from elsewhere.
import Theme from 'vitepress/theme-without-fonts';
import { Diagram } from './diagram.mjs';
import './style.css';

export default {
  extends: Theme,
  enhanceApp: ({ app }) => void app.component('Diagram', Diagram),
};
