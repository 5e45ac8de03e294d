/** Options of a unit, as a config gives them; the schema's defaults fill the rest in. */
export type OptionValues = Readonly<Record<string, unknown>>;
