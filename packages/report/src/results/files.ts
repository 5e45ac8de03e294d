/** The page of figures that stands beside results.json. */
export const REPORT_PAGE = 'report.html';
