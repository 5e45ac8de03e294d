import { slug } from '@mdctr/report/figures';
import { inSetting } from '../model/in-setting.js';
import type { FigureMaker } from './maker.js';
/** A figure for each setting of a study that has any: numbers of two settings never share a panel. */
export const bySetting =
  (make: FigureMaker): FigureMaker =>
  (model) => {
    if (model.settings.length === 0) return make(model);
    return model.settings.flatMap((setting) =>
      make(inSetting(model, setting)).map((figure) => ({
        ...figure,
        id: slug(figure.id, setting),
        group: figure.group ?? figure.title,
        title: `${figure.title} (${setting})`,
      })),
    );
  };
