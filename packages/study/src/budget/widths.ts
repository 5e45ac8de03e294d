import type { DocumentPath } from '@mdctr/config';
import type { JsonSchema, UnitConfig } from '@mdctr/core';

/** Paths of the options that are widths: those whose schema has `width: true`. */
export function widthOptions(schema: JsonSchema, above: DocumentPath = []): DocumentPath[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    const path = [...above, key];
    return option.width === true ? [path] : widthOptions(option, path);
  });
}

/**
 * The unit with all its widths times one factor, rounded to whole units, at least 1 each. A width is a number or a list of
 * numbers; 0, which says that there is no such layer, stays 0.
 */
export function scaleWidths(unit: UnitConfig, widths: readonly DocumentPath[], factor: number): UnitConfig {
  const scale = (width: unknown): unknown => {
    if (Array.isArray(width)) return width.map(scale);
    return typeof width === 'number' && width > 0 ? Math.max(1, Math.round(width * factor)) : width;
  };
  return widths.reduce((changed, path) => change(changed, path, scale) as UnitConfig, unit);
}

function change(value: unknown, [step, ...rest]: DocumentPath, by: (old: unknown) => unknown): unknown {
  if (step === undefined) return by(value);
  if (value === null || typeof value !== 'object') return value;
  const record = value as Record<string | number, unknown>;
  return { ...record, [step]: change(record[step], rest, by) };
}
