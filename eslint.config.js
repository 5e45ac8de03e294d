import tseslint from 'typescript-eslint';

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
);
