import { z } from 'zod';
import { COMMON_ERRORS, ERRORS, type ErrorCode } from '../../../src-shared/contract/errors.ts';
import { CONTRACT_VERSION, contract, eventSchema, type CallName } from '../../../src-shared/contract/contract.ts';
import type { Call } from '../../../src-shared/contract/call.ts';

type Schemas = Record<string, unknown>;

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** The contract as OpenAPI 3.1, for programs that work with a desk. Made from the very schemas that check the calls. */
export function openApiDocument(): Record<string, unknown> {
  const schemas: Schemas = { Error: errorSchema() };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const name of Object.keys(contract) as CallName[]) {
    const call = contract[name] as Call;
    (paths[call.path] ??= {})[call.method.toLowerCase()] = operation(name, call, schemas);
  }
  paths['/events'] = { get: eventsOperation(schemas) };
  paths['/papers/{job}'] = { get: paperOperation(schemas) };
  return {
    openapi: '3.1.0',
    info: { title: 'Một Cửa Vùng Cao', version: String(CONTRACT_VERSION), description: 'Calls of one reception desk. Instants are UTC milliseconds, days are office days (UTC+7).' },
    servers: [{ url: '/api' }],
    paths,
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } }, schemas },
  };
}

function operation(name: string, call: Call, schemas: Schemas): Record<string, unknown> {
  const input = jsonSchema(call.input, 'input', schemas);
  const pathNames = namesIn(call.path);
  const parameters = listParameters(input, pathNames).filter((parameter) => call.method === 'GET' || parameter.in === 'path');
  return {
    operationId: name,
    summary: call.summary,
    tags: [name.split('.')[0]],
    ...(call.access === 'open' ? { security: [] } : { security: [{ session: [] }] }),
    'x-access': call.access,
    'x-size-bytes-max': call.sizeBytesMax,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(call.method === 'POST' ? { requestBody: { required: true, content: { 'application/json': { schema: withoutPathMembers(input, pathNames) } } } } : {}),
    responses: responses(call, schemas),
  };
}

/** What happens to a desk, as server-sent events; their content is asked for by calls. */
function eventsOperation(schemas: Schemas): Record<string, unknown> {
  return {
    operationId: 'events.follow',
    summary: 'Server-sent events: what changed, never its content',
    tags: ['events'],
    security: [{ session: [] }],
    responses: {
      '200': { description: 'Each event is the JSON of this schema', content: { 'text/event-stream': { schema: jsonSchema(eventSchema, 'output', schemas) } } },
      ...failures(['request.forbiddenOrigin', 'session.required', 'internal.unexpected']),
    },
  };
}

/** The same paper as forms.render gives, as a page that a browser prints. */
function paperOperation(schemas: Schemas): Record<string, unknown> {
  const call: Call = contract['forms.render'];
  return {
    operationId: 'forms.showPaper',
    summary: 'One paper as a page of its own, for printing',
    tags: ['forms'],
    security: [{ session: [] }],
    'x-access': call.access,
    parameters: listParameters(jsonSchema(call.input, 'input', schemas), ['job']),
    responses: {
      '200': { description: 'The paper', content: { 'text/html': { schema: { type: 'string' } } } },
      ...failures([...COMMON_ERRORS, ...call.errors]),
    },
  };
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
}

function listParameters(input: ObjectSchema, pathNames: readonly string[]) {
  return Object.entries(input.properties ?? {}).map(([member, schema]) => ({
    name: member,
    in: pathNames.includes(member) ? 'path' : 'query',
    required: pathNames.includes(member) || (input.required ?? []).includes(member),
    schema,
  }));
}

/**
 * A schema as JSON Schema. Definitions that it refers to go to the document's components, equal ones once: inside an
 * OpenAPI document a reference is read from the document's root, not from the schema's.
 */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Schemas): ObjectSchema {
  const { $schema: _dialect, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  let text = JSON.stringify(rest);
  for (const [name, definition] of Object.entries($defs)) {
    const hoisted = hoist(name, JSON.stringify(definition), schemas);
    text = text.replaceAll(JSON.stringify(`#/$defs/${name}`), JSON.stringify(`#/components/schemas/${hoisted}`));
  }
  return JSON.parse(text) as ObjectSchema;
}

/** The component's name. A definition may refer to itself, as any JSON does; to others none of ours does. */
function hoist(name: string, definition: string, schemas: Schemas): string {
  for (let number = 1; ; number += 1) {
    const component = `Value${number}`;
    const rewritten = definition.replaceAll(JSON.stringify(`#/$defs/${name}`), JSON.stringify(`#/components/schemas/${component}`));
    if (schemas[component] === undefined) schemas[component] = JSON.parse(rewritten) as unknown;
    if (JSON.stringify(schemas[component]) === rewritten) return component;
  }
}

function withoutPathMembers(schema: ObjectSchema, pathNames: readonly string[]) {
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([member]) => !pathNames.includes(member)));
  return { ...schema, properties, required: (schema.required ?? []).filter((member) => !pathNames.includes(member)) };
}

function responses(call: Call, schemas: Schemas): Record<string, unknown> {
  const output = jsonSchema(call.output, 'output', schemas);
  return { '200': { description: 'Done', content: { 'application/json': { schema: output } } }, ...failures([...COMMON_ERRORS, ...call.errors]) };
}

function failures(errors: readonly ErrorCode[]): Record<string, unknown> {
  const codesByStatus = new Map<number, ErrorCode[]>();
  for (const code of errors) {
    const { status } = ERRORS[code];
    codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
  }
  const rows = [...codesByStatus].map(([status, codes]) => [
    String(status),
    { description: codes.join(', '), content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
  ]);
  return Object.fromEntries(rows) as Record<string, unknown>;
}

function errorSchema() {
  return {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'sentence'],
        properties: { code: { enum: Object.keys(ERRORS) }, sentence: { type: 'string' }, detail: { type: 'object' }, incident: { type: 'string' } },
      },
    },
  };
}
