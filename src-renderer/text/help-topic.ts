/** What F1 says about a place: two to five short sentences, in the order in which somebody asks. */
export interface HelpTopic {
  /** What this is for. */
  readonly what: string;
  /** What to do first. */
  readonly first: string;
  /** What happens then. */
  readonly then?: string;
  /** What to do when it goes wrong. */
  readonly wrong?: string;
}
