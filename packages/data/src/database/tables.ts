/**
 * The SQL tables of one load, by name: what each holds, who makes it and who reads it. Steps run in the order in which
 * the tables stand here.
 *
 * Columns whose names begin with `mdctr_` are ours. They stand beside columns of the user, whose names may be any.
 */

/**
 * The rows of the input: every column text, empty cells null, `rowid` in the order of the input. Made by `readFiles` or
 * `fillSynthetic`, replaced by `joinTables` (with the columns of side tables) and by `filterRows` (without the rows
 * that `data.where` leaves out, and with `mdctr_input_row`). Read by all later steps.
 */
export const INPUT_ROWS = 'input_rows';

/** The rows of the i-th side table, as text. Made and dropped by `joinTables`. */
export const sideTable = (i: number): string => `side_table_${i}`;

/** `INPUT_ROWS` with the columns of the side tables. Made by `joinTables`, then renamed to `INPUT_ROWS`. */
export const JOINED_ROWS = 'joined_rows';

/**
 * The rows of `INPUT_ROWS` that meet `data.where`, and their number in the input as `mdctr_input_row`. Made by
 * `filterRows`, then renamed to `INPUT_ROWS`.
 */
export const FILTERED_ROWS = 'filtered_rows';

/**
 * What `ROW_ATTRIBUTES` will hold, with `mdctr_split_key`, which tells the split, in place of the split. Made and
 * dropped by `createRows`; read by `splitExpression` and by the checks of labels and times.
 */
export const ROWS_TO_SPLIT = 'rows_to_split';

/**
 * What was computed for each row of `INPUT_ROWS`, row by row in the same order: `mdctr_position` (0-based),
 * `mdctr_input_row` (its number in the input), `mdctr_label` (0, 1 or null), `mdctr_split` (0 train, 1 validation, 2
 * test, 3 none of them), `mdctr_domain` (text), and `mdctr_f0`, ... of the fields that are computed or may be changed.
 * Made by `createRows`; changed by `holdOut`, `rare-domains.ts`, `domain-features.ts` and `domain-groups.ts`; read by the
 * encoding and the checks.
 */
export const ROW_ATTRIBUTES = 'row_attributes';

/** The column of a field in `ROW_ATTRIBUTES`. */
export const attributeOf = (field: string): string => `mdctr_${field}`;

/**
 * View of the rows to encode: `row` (0-based position), `label`, `split`, `domain` (as in `ROW_ATTRIBUTES`) and `f0`,
 * `f1`, ... (text or null). Made by `createRows`; read by all that learns from values, and by the checks.
 */
export const ROWS_TO_ENCODE = 'rows_to_encode';

/** The column of the f-th field in `ROWS_TO_ENCODE`; the tables of one field are named after it. */
export const fieldColumn = (f: number): string => `f${f}`;

/** The column of the domain in `ROWS_TO_ENCODE`. */
export const DOMAIN = 'domain';

/** Positions of the training rows that a held-out domain keeps. Made and dropped by `holdOut`. */
export const KEPT_TRAINING_ROWS = 'kept_training_rows';

/** Domains that are not merged into the rare one. Made, read and dropped by `rare-domains.ts`. */
export const KEPT_DOMAINS = 'kept_domains';

/** The domain features of each domain: `domain`, `v0`, `v1`, ... Made and dropped by `setDomainFeatures`. */
export const DOMAIN_FEATURES = 'domain_features';

/** The group of each domain: `domain`, `label`. Made and dropped by `setDomainGroups`. */
export const DOMAIN_GROUPS = 'domain_groups';

/**
 * The distinct values of a field: `value`, `id` (from 1, by value), `n` (its training rows). Made by
 * `createDistinctValues` for fields whose values are not ids themselves (numbers and lists); read by `lists.ts`,
 * `readNumbers` and `encode`.
 */
export const distinctValuesTable = (column: string): string => `distinct_values_${column}`;

/**
 * The lists of a field's distinct values: `id`, `n`, `parts` (text, in order). Made by `createLists`; read by
 * `readLists` and `learnPartVocabulary`.
 */
export const listsTable = (column: string): string => `lists_${column}`;

/**
 * The vocabulary of a field, or of the domain: `value` (text, none twice), `id` (from 1). Made by `vocabularies.ts`;
 * read by `encode` and `readLists`.
 */
export const vocabularyTable = (column: string): string => `vocabulary_${column}`;

/**
 * A target mean's occurrences: a line for each row to encode, or for each element of its list, with `row`, `place` (of the
 * element), `split`, `label`, `fold` (of a training row; -1 for others), `time`, and `p0`, `p1`, ..., the values that the mean is
 * of. Made and dropped by `target-means`.
 */
export const targetOccurrences = (column: string): string => `target_occurrences_${column}`;

/**
 * Training rows `n` of a target mean by the values of some of its parts (`p0`, ...), and those of them with label 1, `s`.
 * Level 0 is that of all parts; with more than one, level i + 1 is that of part i. Made, read and dropped by `target-means`.
 */
export const targetTotals = (column: string, level: number): string => `target_totals_${column}_${level}`;

/** The mean label by fold, of the training rows that are not in it. Made, read and dropped by `target-means`. */
export const targetPriors = (column: string): string => `target_priors_${column}`;

/** The target mean of each row that has one: `row`, `split`, `mean`, `n` (rows that it is of). Read by the encoding. */
export const targetNumbers = (column: string): string => `target_numbers_${column}`;

/** The distinct target means: `id` (from 1), `mean`, `n`, `rows` (training rows). Read by the encoding. */
export const distinctTargetMeans = (column: string): string => `distinct_target_means_${column}`;

/** A hash `h` of each row of `INPUT_ROWS`, in the same order. Made and dropped by `copiesWarnings`. */
export const ROW_HASHES = 'row_hashes';

/** Some of the rows of `INPUT_ROWS`. Made and dropped by `randomSplitWarning`. */
export const SAMPLED_ROWS = 'sampled_rows';

/** The distinct values of one column of `INPUT_ROWS`, with their rows. Made anew, and read, by `columnFacts`. */
export const COUNTED_VALUES = 'counted_values';
