/** Whether either class has the two rows that the variance of an AUC takes. @param labels [N] 0 or 1. */
export function hasBothClasses(labels: Float32Array): boolean {
  const clicks = labels.reduce((sum, label) => sum + label, 0);
  return clicks >= 2 && labels.length - clicks >= 2;
}
