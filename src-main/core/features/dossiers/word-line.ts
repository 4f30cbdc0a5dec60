/** One row of what an operation says: `Số` / `112/XNTTHN`. */
export interface WordLine {
  readonly label: string;
  readonly text: string;
}

/** One operation in plain words: a title and what it says, row by row. History and conflicts show the same. */
export interface OperationWords {
  readonly title: string;
  readonly lines: readonly WordLine[];
}
