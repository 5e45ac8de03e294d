import type { CellKey } from '@mdctr/report';
import type { ReportModel } from './report-model.js';

/** The part of a model that is of one setting; methods and backbones stay, so that they look the same in all. */
export function inSetting(model: ReportModel, setting: string): ReportModel {
  const entries = Object.entries(model).map(([key, value]: [string, unknown]) => [
    key,
    Array.isArray(value) && value.every((entry) => typeof entry === 'object') ? ofSetting(value, setting) : value,
  ]);
  const analyses = Object.entries(model.analyses).map(([key, value]) => [key, ofSetting(value, setting)]);
  return { ...Object.fromEntries(entries), analyses: Object.fromEntries(analyses) } as ReportModel;
}

const ofSetting = (entries: readonly Pick<CellKey, 'setting'>[], setting: string) =>
  entries.filter((entry) => entry.setting === setting);
