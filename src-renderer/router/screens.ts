/**
 * Every screen of the desk and what it needs to open. A new screen adds its line here, its component in
 * `desk-screens.ts`, and its words in the text catalogue.
 */
export interface ScreenParameters {
  readonly today: object;
  readonly receive: { readonly draftId?: string; readonly procedureCode?: string; readonly samePersonAs?: string };
  readonly received: { readonly dossierId: string };
  readonly dossiers: { readonly query?: string; readonly list?: string };
  readonly dossier: { readonly dossierId: string; readonly panel?: 'collectFee' };
  readonly printQueue: object;
  readonly handOver: { readonly dossierId?: string };
  /** With a list of the page, that list to its end. */
  readonly workload: { readonly list?: string };
  readonly registers: {
    readonly list?: string | undefined;
    readonly period?: string | undefined;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly procedureCode?: string | undefined;
    readonly officer?: string | undefined;
    readonly desk?: string | undefined;
    readonly form?: string | undefined;
    readonly year?: string | undefined;
  };
  readonly province: { readonly dossierId?: string };
  readonly imports: object;
  readonly appointments: object;
  readonly sync: object;
  readonly settings: { readonly part?: string };
}

export type ScreenName = keyof ScreenParameters;

/** A screen with its parameters, as one closed union. */
export type Screen = { readonly [Name in ScreenName]: { readonly name: Name } & ScreenParameters[Name] }[ScreenName];

export const HOME: Screen = { name: 'today' };
