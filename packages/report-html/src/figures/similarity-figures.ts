import { slug } from '@mdctr/report/figures';
import type { FigureMaker } from './maker.js';
import { mapFigure } from './map-figure.js';
/** How alike domains are, a map a measure. */
export const similarityFigures: FigureMaker = ({ similarities }) =>
  similarities.map((map) =>
    mapFigure(map, 'domain', {
      id: slug('similarity', map.name),
      section: 'similarity',
      group: map.name,
      title: `Similarity of domains: ${map.name}`,
      caption: `${map.meaning} Computed from the data, before any training.`,
    }),
  );
