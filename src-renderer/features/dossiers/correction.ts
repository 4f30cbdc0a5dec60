import { CORRECTABLE_FIELDS, type CorrectableField, type DossierContent, type Paper } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import type { Amount } from '../../../src-shared/domain/fees/fee.ts';
import type { Person } from '../../../src-shared/domain/persons/person.ts';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import { isIsoDate } from '../../../src-shared/lib/office-time.ts';
import { formatDate, formatIdNumber, formatMoney } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

/** The part of a dossier that may be corrected, as the form holds it. */
export type Correctable = Pick<DossierContent, CorrectableField>;
export type CorrectablePerson = Person & { readonly relation?: string | undefined; readonly authorisation?: string | undefined };

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const words = vi.dossiers.correct;

export function correctableOf(content: DossierContent): Correctable {
  return Object.fromEntries(CORRECTABLE_FIELDS.flatMap((field) => (content[field] === undefined ? [] : [[field, content[field]]]))) as Correctable;
}

/** Whole fields that differ, as `dossiers.correct` takes them: null takes an optional one away. */
export function changesOf(before: Correctable, after: Correctable): Partial<Record<CorrectableField, Json>> {
  return Object.fromEntries(CORRECTABLE_FIELDS.flatMap((field) => {
    const [old, fresh] = [tidy(before[field]), tidy(after[field])];
    return canonicalJson(old) === canonicalJson(fresh) ? [] : [[field, fresh]];
  }));
}

/** Without blanks around words, and without optional parts that were emptied. */
function tidy(value: unknown): Json {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
  return Object.fromEntries(Object.entries(value).flatMap(([key, part]) => {
    const tidied = tidy(part);
    return tidied === null ? [] : [[key, tidied]];
  }));
}

export interface DiffRow {
  readonly id: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** What will change, part by part, in words; labels of the procedure's own fields by their key. */
export function diffRows(before: Correctable, after: Correctable, fieldLabels: ReadonlyMap<string, string>): readonly DiffRow[] {
  const rows: readonly DiffRow[] = [
    ...personRows('owner', before.owner, after.owner),
    ...personRows('submitter', before.submitter, after.submitter),
    ...personRows('authorised', before.authorised, after.authorised),
    row('request', words.request, before.request, after.request),
    ...keysOf(before.fields, after.fields).map((key) => row(`fields.${key}`, fieldLabels.get(key) ?? key, before.fields[key], after.fields[key])),
    ...listRows('papers', before.papers, after.papers, words.papers, (paper) => paper.name, paperWords),
    ...listRows('documents', before.documents, after.documents, words.documents, (one) => one.name, (one) => t(vi.dossiers.papers.document, { pages: one.pages, copies: one.copies })),
    row('sets', words.sets, String(before.sets), String(after.sets)),
    row('channel', words.channel, words.channels[before.channel], words.channels[after.channel]),
    row('delivery', words.delivery, deliveryWords(before.delivery), deliveryWords(after.delivery)),
    row('fee', words.fee, amountWords(before.fee.amount), amountWords(after.fee.amount)),
    row('levy', words.levy, amountWords(before.levy.amount), amountWords(after.levy.amount)),
    row('note', words.note, before.note, after.note),
  ];
  return rows.filter((one) => one.before !== one.after);
}

function row(id: string, label: string, before: string | undefined, after: string | undefined): DiffRow {
  const shown = (text: string | undefined) => (text === undefined || text.trim() === '' ? words.blank : text.trim());
  return { id, label, before: shown(before), after: shown(after) };
}

function personRows(id: 'owner' | 'submitter' | 'authorised', before: CorrectablePerson | undefined, after: CorrectablePerson | undefined): readonly DiffRow[] {
  const label = words[id];
  if (before === undefined || after === undefined) return [row(id, label, before?.name, after?.name)];
  const part = (key: string, name: string, read: (person: CorrectablePerson) => string | undefined) => row(`${id}.${key}`, `${label}: ${name}`, read(before), read(after));
  return [
    part('name', words.name, (person) => person.name),
    part('birthDate', words.birthDate, (person) => birthWords(person.birthDate)),
    part('sex', words.sex, (person) => (person.sex === undefined ? undefined : words[person.sex])),
    part('idNumber', words.idNumber, (person) => person.idNumber && formatIdNumber(person.idNumber)),
    part('phone', words.phone, (person) => person.phone),
    part('address', words.address, (person) => person.address),
    part('relation', words.relation, (person) => person.relation),
    part('authorisation', words.authorisation, (person) => person.authorisation),
  ];
}

/** Rows of a list are compared by their name; a renamed one reads as one that went and one that came. */
function listRows<Row>(id: string, before: readonly Row[], after: readonly Row[], label: string, nameOf: (row: Row) => string, read: (row: Row) => string): readonly DiffRow[] {
  const names = [...new Set([...before, ...after].map(nameOf))];
  return names.map((name) => {
    const [old, fresh] = [before, after].map((rows) => rows.filter((one) => nameOf(one) === name).map(read).join('; '));
    return row(`${id}.${name}`, `${label}: ${name}`, old, fresh);
  });
}

export function paperWords(paper: Paper): string {
  const parts = [
    paper.original > 0 && t(vi.dossiers.papers.original, { count: paper.original }),
    paper.certified > 0 && t(vi.dossiers.papers.certified, { count: paper.certified }),
    paper.photo > 0 && t(vi.dossiers.papers.photo, { count: paper.photo }),
    paper.seen && vi.dossiers.papers.seen,
    paper.missing && vi.dossiers.papers.lacking,
  ].filter((part) => part !== false);
  return parts.length === 0 ? vi.dossiers.papers.lacks : parts.join(', ');
}

export function birthWords(birthDate: string | undefined): string | undefined {
  return birthDate !== undefined && isIsoDate(birthDate) ? formatDate(birthDate) : birthDate;
}

function amountWords(amount: Amount): string {
  if (amount.state === 'due') return formatMoney(amount.dong);
  return amount.state === 'exempt' ? `${words.state.exempt}: ${amount.ground}` : `${words.state.unknown}: ${amount.note}`;
}

function deliveryWords({ by, place }: DossierContent['delivery']): string {
  return place === undefined || place === '' ? words.deliveries[by] : `${words.deliveries[by]}, ${place}`;
}

function keysOf(before: object, after: object): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}
