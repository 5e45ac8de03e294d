import { describe, expect, it } from 'vitest';
import { inspectionMermaid, inspectionText } from '../src/index.js';
import { HOSTILE, inspectionOf } from './inspection.js';

describe('a tree', () => {
  it('as text has the order of plugins, copies folded, and numbers that add up', () => {
    const text = inspectionText(inspectionOf());
    expect(text).toMatch(/> 1 plug .*\n.*plug\/deep\/0 +3 x \[4, 2\] +24\n.*> 2 second/);
    expect(text).toMatch(/3 copies alike: \(without a name\), plug, c\n/);
    expect(text).toMatch(/^whole model +80 +100\.0% +24$/m);
    expect(text).toContain('Warning: plug answered at no site.');
  });

  it('as a Mermaid chart says no name that the chart would read', () => {
    const chart = inspectionMermaid(inspectionOf(HOSTILE));
    const labels = [...chart.matchAll(/"([^"\n]*)"/g)].map(([, label]) => label!.replaceAll('<br/>', ''));
    expect(labels.length).toBeGreaterThan(8);
    expect(labels.filter((label) => !/^(?:[\p{L}\p{N} .,:+/_()-]|#\d+;)*$/u.test(label))).toEqual([]);
    const shape =
      /^(flowchart TB|direction TB|end|subgraph g\d+\["[^"]*"\]|s\d+\["[^"]*"\]|p\d+\(\["[^"]*"\]\)|\w\d+ (-->|-\.->|-\.-) \w\d+)$/;
    expect(
      chart
        .trimEnd()
        .split('\n')
        .filter((line) => !shape.test(line.trim())),
    ).toEqual([]);
    expect(chart.match(/\bsubgraph\b/g)).toHaveLength(chart.match(/^ *end$/gm)!.length);
    expect(chart).toContain('1. ');
  });
});
