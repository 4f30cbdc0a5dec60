import { z } from 'zod';
import { COMMON_ERRORS, ERRORS, type ErrorCode } from '../../../src-shared/contract/errors.ts';
import { CONTRACT_VERSION, contract, type CallName } from '../../../src-shared/contract/contract.ts';
import type { Call } from '../../../src-shared/contract/call.ts';

/** The contract as OpenAPI 3.1, for programs that work with a desk. Made from the very schemas that check the calls. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const name of Object.keys(contract) as CallName[]) {
    const call = contract[name] as Call;
    (paths[call.path] ??= {})[call.method.toLowerCase()] = operation(name, call);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Một Cửa Vùng Cao', version: String(CONTRACT_VERSION), description: 'Calls of one reception desk. Instants are UTC milliseconds, days are office days (UTC+7).' },
    servers: [{ url: '/api' }],
    paths,
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } }, schemas: { Error: errorSchema() } },
  };
}

function operation(name: string, call: Call): Record<string, unknown> {
  const input = z.toJSONSchema(call.input, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, unknown>; required?: string[] };
  const pathNames = [...call.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const parameters = Object.entries(input.properties ?? {})
    .filter(([member]) => call.method === 'GET' || pathNames.includes(member))
    .map(([member, schema]) => ({
      name: member,
      in: pathNames.includes(member) ? 'path' : 'query',
      required: pathNames.includes(member) || (input.required ?? []).includes(member),
      schema,
    }));
  return {
    operationId: name,
    summary: call.summary,
    tags: [name.split('.')[0]],
    ...(call.access === 'open' ? { security: [] } : { security: [{ session: [] }] }),
    'x-access': call.access,
    'x-size-bytes-max': call.sizeBytesMax,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(call.method === 'POST' ? { requestBody: { required: true, content: { 'application/json': { schema: withoutPathMembers(input, pathNames) } } } } : {}),
    responses: responses(call),
  };
}

function withoutPathMembers(schema: { properties?: Record<string, unknown>; required?: string[] }, pathNames: readonly string[]) {
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([member]) => !pathNames.includes(member)));
  return { ...schema, properties, required: (schema.required ?? []).filter((member) => !pathNames.includes(member)) };
}

function responses(call: Call): Record<string, unknown> {
  const codesByStatus = new Map<number, ErrorCode[]>();
  for (const code of [...COMMON_ERRORS, ...call.errors]) {
    const { status } = ERRORS[code];
    codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
  }
  const failures = [...codesByStatus].map(([status, codes]) => [
    String(status),
    { description: codes.join(', '), content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
  ]);
  const output = z.toJSONSchema(call.output, { io: 'output', unrepresentable: 'any' });
  return { '200': { description: 'Done', content: { 'application/json': { schema: output } } }, ...Object.fromEntries(failures) };
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
