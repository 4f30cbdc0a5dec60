import { z } from 'zod';
import { feeLineSchema } from '../fees/fee-rule.ts';
import { flowStepSchema } from './flow-step.ts';
import { channelTermsSchema } from './term.ts';

/**
 * One entry of the catalogue of administrative procedures (TTHC). Everything doubtful is said in `doubts` and shown as
 * "chưa xác nhận"; nothing is filled in by guess (R15). Sources: domain.md §a, §d, §f, §h; settled.md 5, 14, 16.
 */

/**
 * National form `1.001193`, online variant `1.001193.01`, local variant `2.000815.000.00.00.H55` or `….H55.12`
 * (domain.md §d), or `DP.` and up to six digits for a procedure that only the office itself keeps.
 */
const CODE_PATTERN = /^(\d\.\d{6}(\.\d{2})?(\.\d{3}\.\d{2}\.\d{2}\.[HG]\d{2}(\.\d{1,3})*)?|DP\.\d{1,6})$/;
export const procedureCodeSchema = z.string().regex(CODE_PATTERN);

/** Who decides: the commune, its police, its military command, or another agency the desk only forwards to. */
const AUTHORITIES = ['commune', 'police', 'military', 'forwarded'] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** Trả ngay, trong ngày, hẹn trả tại xã, liên thông. */
const PROCEDURE_MODES = ['on_the_spot', 'same_day', 'appointment', 'interagency'] as const;

/** Bản chính, bản chứng thực, bản photo, and what is only shown (xuất trình) and given back. */
const PAPER_KINDS = ['original', 'certified', 'photo', 'seen'] as const;

/** `alternative`: one paper of its `group` is enough. `conditional`: only in the case its `condition` names. */
const PAPER_REQUIREMENTS = ['compulsory', 'conditional', 'alternative'] as const;

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(80);
const line = z.string().trim().min(1).max(300);
const sentence = z.string().trim().min(1).max(1_000);

const requiredPaperSchema = z
  .strictObject({
    id: slug,
    name: line,
    kind: z.enum(PAPER_KINDS),
    /** True where the source does not say which kind of copy it wants and `kind` is only what the form offers first. */
    kindUnsure: z.boolean(),
    count: z.int().min(1).max(50),
    requirement: z.enum(PAPER_REQUIREMENTS),
    condition: sentence.optional(),
    group: slug.optional(),
    substitute: sentence.optional(),
  })
  .refine((paper) => (paper.requirement === 'conditional') === (paper.condition !== undefined), {
    path: ['requirement'],
    error: 'giấy tờ có điều kiện phải ghi điều kiện, giấy tờ khác thì không',
  })
  .refine((paper) => (paper.requirement === 'alternative') === (paper.group !== undefined), {
    path: ['requirement'],
    error: 'giấy tờ thay thế nhau phải ghi nhóm, giấy tờ khác thì không',
  });
export type RequiredPaper = Readonly<z.infer<typeof requiredPaperSchema>>;

/** A field the receive form asks for in block 3, because of this procedure. `key` names it in the dossier's data. */
const FIELD_TYPES = ['text', 'date', 'sex', 'choice', 'number'] as const;
const procedureFieldSchema = z
  .strictObject({
    key: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/),
    label: z.string().trim().min(1).max(100),
    type: z.enum(FIELD_TYPES),
    required: z.boolean(),
    choices: z.array(z.string().trim().min(1).max(200)).min(2).max(30).optional(),
    hint: line.optional(),
  })
  .refine((field) => (field.type === 'choice') === (field.choices !== undefined), {
    path: ['type'],
    error: 'ô chọn phải có danh sách để chọn, ô khác thì không',
  });
export type ProcedureField = Readonly<z.infer<typeof procedureFieldSchema>>;

const procedureResultSchema = z.strictObject({
  name: line,
  code: z.string().regex(/^KQ\.[GH]\d{2}\.\d{6}$/).nullable(),
  count: z.int().min(1).max(10),
});

const DOUBT_PARTS = ['code', 'name', 'term', 'papers', 'fees', 'results', 'flow', 'authority'] as const;
export type DoubtPart = (typeof DOUBT_PARTS)[number];
const doubtSchema = z.strictObject({ part: z.enum(DOUBT_PARTS), note: sentence });
export type Doubt = Readonly<z.infer<typeof doubtSchema>>;

const procedureShape = z.strictObject({
  code: procedureCodeSchema,
  name: z.string().trim().min(1).max(2_000),
  /** For tiles, lists and headings: names on the portal reach 900 letters. */
  shortName: z.string().trim().min(1).max(80),
  /** Further words a clerk would type, such as "giấy độc thân". */
  keywords: z.array(z.string().trim().min(1).max(60)).max(20),
  sector: z.string().trim().min(1).max(150),
  levels: z.array(z.string().trim().min(1).max(60)).min(1).max(10),
  authority: z.enum(AUTHORITIES),
  mode: z.enum(PROCEDURE_MODES),
  /** Tiếp nhận, thẩm định, phê duyệt, trả at one counter; null = the source does not say. */
  fourOnTheSpot: z.boolean().nullable(),
  /** What the officer should know while receiving, in Vietnamese. */
  note: sentence.nullable(),
  terms: channelTermsSchema,
  papers: z.array(requiredPaperSchema).min(1).max(60),
  fields: z.array(procedureFieldSchema).max(20),
  /** True where block 3 is the table of documents to certify. */
  certification: z.boolean(),
  fees: z.array(feeLineSchema).max(20),
  results: z.array(procedureResultSchema).min(1).max(10),
  flow: z.array(flowStepSchema).min(1).max(40),
  decision: z.string().trim().min(1).max(100).nullable(),
  source: z.strictObject({ address: z.url().max(300).nullable(), note: sentence }),
  confirmed: z.boolean(),
  doubts: z.array(doubtSchema).max(20),
});

/** A catalogue entry. Refuses unknown members, so a typing error in a pack is seen and not dropped. */
export const procedureSchema = procedureShape.check((context) => {
  const add = (path: (string | number)[], message: string) => {
    context.issues.push({ code: 'custom', input: context.value, path, message });
  };
  checkRepeats(context.value, add);
  checkGroups(context.value, add);
  checkDoubts(context.value, add);
  checkExemptionFields(context.value, add);
});
export type Procedure = Readonly<z.infer<typeof procedureSchema>>;

type AddIssue = (path: (string | number)[], message: string) => void;
type ProcedureShape = z.infer<typeof procedureShape>;

function checkRepeats(procedure: ProcedureShape, add: AddIssue): void {
  const lists = [
    { name: 'papers', member: 'id', keys: procedure.papers.map((paper) => paper.id) },
    { name: 'fields', member: 'key', keys: procedure.fields.map((field) => field.key) },
    { name: 'fees', member: 'id', keys: procedure.fees.map((fee) => fee.id) },
  ];
  for (const list of lists) {
    list.keys.forEach((key, index) => {
      if (list.keys.indexOf(key) < index) add([list.name, index, list.member], `"${key}" bị lặp lại trong cùng một thủ tục`);
    });
  }
}

function checkGroups(procedure: ProcedureShape, add: AddIssue): void {
  procedure.papers.forEach((paper, index) => {
    if (paper.group === undefined) return;
    const members = procedure.papers.filter((other) => other.group === paper.group);
    if (members.length < 2) add(['papers', index, 'group'], `nhóm "${paper.group}" phải có ít nhất hai giấy tờ thay nhau được`);
  });
}

function checkDoubts(procedure: ProcedureShape, add: AddIssue): void {
  const { terms, fees } = procedure;
  if (procedure.confirmed !== (procedure.doubts.length === 0)) {
    add(['confirmed'], 'chỉ ghi là đã xác nhận khi không còn điểm nào nghi ngờ, và ngược lại');
  }
  const doubtful = new Set(procedure.doubts.map((doubt) => doubt.part));
  const termUnsure = [terms.direct, terms.online, terms.post].some((entry) => entry?.confirmed === false);
  if (termUnsure && !doubtful.has('term')) add(['doubts'], 'thời hạn chưa xác nhận thì phải nói vì sao');
  const feeUnsure = fees.some((fee) => !fee.confirmed || fee.exemptions.some((exemption) => !exemption.confirmed));
  if (feeUnsure && !doubtful.has('fees')) add(['doubts'], 'phí, lệ phí chưa xác nhận thì phải nói vì sao');
}

function checkExemptionFields(procedure: ProcedureShape, add: AddIssue): void {
  const dates = new Set(procedure.fields.filter((field) => field.type === 'date').map((field) => field.key));
  procedure.fees.forEach((fee, feeIndex) => {
    fee.exemptions.forEach((exemption, index) => {
      if (exemption.when === null || dates.has(exemption.when.field)) return;
      add(['fees', feeIndex, 'exemptions', index, 'when', 'field'], `không có ô ngày nào tên là "${exemption.when.field}"`);
    });
  });
}

/** The doubts about a part of an entry, for the mark "chưa xác nhận" beside it. */
export function doubtsAbout(procedure: Procedure, part: DoubtPart): readonly Doubt[] {
  return procedure.doubts.filter((doubt) => doubt.part === part);
}

/** The national code of an entry: `2.000815.000.00.00.H55` and `2.000815.01` -> `2.000815`; an office's own code stays. */
export function nationalCode(code: string): string {
  return /^\d\.\d{6}/.exec(code)?.[0] ?? code;
}
