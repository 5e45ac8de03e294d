/** The rows of each domain id below `domains`, in their order. */
export function groupedRows(domainIds: Int32Array, domains: number): Int32Array[] {
  const rows: number[][] = Array.from({ length: domains }, () => []);
  domainIds.forEach((domain, row) => rows[domain]!.push(row));
  return rows.map((ofDomain) => Int32Array.from(ofDomain));
}
