import maxLinesPerFunction from './scripts/lint/max-lines-per-function.mjs';
import tseslint from 'typescript-eslint';

const sources = ['packages/*/src/**/*.ts', 'plugins/*/src/**/*.ts'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'results/**', 'site/.vitepress/{cache,generated}/**'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Legacy decorators need their types at run time; those imports are written by hand.
      '@typescript-eslint/consistent-type-imports': 'off',
      // The non-null assertions stand where noUncheckedIndexedAccess cannot see a loop's bounds.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A schema and its type share a name on purpose: `AdaSparseOptions` is both.
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/no-unused-expressions': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // Prettier breaks code at 120 columns and leaves comments as they are. Tables and addresses cannot be broken.
    files: ['**/*.{ts,js,mjs,cjs}'],
    rules: {
      'max-len': [
        'error',
        {
          code: 10_000, // prettier's
          comments: 140,
          ignoreUrls: true,
          ignorePattern: String.raw`^\s*(\*|//)\s*\|`,
        },
      ],
    },
  },
  {
    // One purpose a file, and a function that fits on a screen. What is over says why where it turns the rule off.
    files: ['**/*.{ts,mjs}'],
    plugins: { mdctr: { rules: { 'max-lines-per-function': maxLinesPerFunction } } },
    rules: {
      'max-lines': ['error', { max: 250 }],
      'mdctr/max-lines-per-function': ['error', { max: 60 }],
    },
  },
  {
    // What only types can tell: a promise that nobody awaits, a union with a case that is not handled. All sources are one
    // program: a project service makes one for each package, which takes twice as long.
    files: sources,
    languageOptions: { parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
);
