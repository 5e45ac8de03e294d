/** A small mistake: its group, its name, the file, a text that stands once in it, the text in its place. */
export const mutants: readonly Readonly<Record<'group' | 'name' | 'file' | 'text' | 'replacement', string>>[];
