import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: process.cwd() } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      // Numbers and truth values are written as they are; what has a better form goes through format.ts.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Handlers in templates and timers are such arrows, and nobody reads what they return.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    // Columns of typed arrays, read at places that a loop or a search keeps within them. `?? NaN` at each would hide a
    // place outside as a gap in a chart.
    files: ['**/chart/chart-columns.ts', '**/model/device-series.ts', '**/model/rate-meter.ts', '**/ui/sl-sparkline.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['src/test/web/**'],
    rules: {
      // What is missing fails the test there as well as an assertion would.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Node runs suites and tests itself; their promises are not for the file that names them.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it'], package: 'node:test' }] },
      ],
    },
  },
);
