import type { ImportedLine } from '../core/protocol.ts';

/** What became of the lines of an import. */
export interface ImportResult {
  readonly created: readonly ImportedLine[];
  readonly refused: readonly ImportedLine[];
}

export function importResult(lines: readonly ImportedLine[]): ImportResult {
  return {
    created: lines.filter((line) => line.token !== undefined),
    refused: lines.filter((line) => line.token === undefined),
  };
}

/** The tokens as a file: a JSON object on each line, as the service tells them. */
export function tokenFile({ created }: ImportResult): string {
  return created.map(({ id, token }) => `${JSON.stringify({ id, token })}\n`).join('');
}
