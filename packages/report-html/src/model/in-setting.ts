import type { ReportModel } from './model.js';

/** The part of a model that is of one setting; methods and backbones stay, so that they look the same in all. */
export function inSetting(model: ReportModel, setting: string): ReportModel {
  const own = Object.entries(model).map(([key, value]: [string, unknown]) => [
    key,
    Array.isArray(value) && value.every((entry) => typeof entry === 'object')
      ? value.filter((entry: { setting?: string }) => entry.setting === setting)
      : value,
  ]);
  return Object.fromEntries(own) as ReportModel;
}
