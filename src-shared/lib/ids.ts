/** Branded ids: one cannot be passed where another is meant. All are lower-case text safe in file names and URLs. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** One incarnation of a desk: the author of a gapless chain of operations. */
export type DeviceId = Branded<'DeviceId'>;
/** A reception desk (a PC with its place at the counter); lives through several devices. */
export type DeskId = Branded<'DeskId'>;
export type OfficeId = Branded<'OfficeId'>;
export type OfficerId = Branded<'OfficerId'>;
/** What an operation is about: a dossier, an officer, the office itself … */
export type SubjectId = Branded<'SubjectId'>;
