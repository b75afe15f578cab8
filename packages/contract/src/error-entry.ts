/** What the catalogue of error codes has of each code. */

export interface ErrorEntry {
  readonly status: number;
  /** What the answer says; `{name}` stands for a value given with the problem. */
  readonly message: string;
  /** For `docs/errors.md`: when it happens and what to do. */
  readonly meaning: string;
  /** Where the code is from: the documents, a recording, or Orgvet's own by their pattern. */
  readonly source: 'documented' | 'recorded' | 'Orgvet';
}
