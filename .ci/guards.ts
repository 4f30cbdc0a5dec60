// The four guards of the tree. Each runs a tool in a folder laid out like this repository and answers in one shape, so that
// the check, the continuous run and the tests of the guards read the same answer.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export type GuardName = 'types' | 'imports' | 'lint' | 'unused';

export interface Finding {
  /** The tool's own name of the broken rule: `TS2307`, `no-cycles`, `max-lines`, `exports`. */
  readonly rule: string;
  /** Relative to the guarded folder, with forward slashes; empty when the finding belongs to no single file. */
  readonly file: string;
  /** 1-based; 0 when the tool names no line. */
  readonly line: number;
  readonly message: string;
}

export interface GuardResult {
  readonly guard: GuardName;
  /** How many source files the tool looked at. Zero is a failure: a tool that sees nothing finds nothing. */
  readonly examined: number;
  readonly findings: readonly Finding[];
  /** Why the tool itself failed, or undefined when it ran to its end. */
  readonly failure: string | undefined;
}

interface ToolOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const repositoryRoot = join(import.meta.dirname, '..');
const sourceFolders = ['src-shared', 'src-node', 'src-main', 'src-renderer', 'src-server', 'tests', 'bench', 'packaging'];

/** Runs all four guards at once over a folder laid out like this repository; never rejects because of what they find. */
export async function runGuards(root: string): Promise<readonly GuardResult[]> {
  return Promise.all([runTypes(root), runImports(root), runLint(root), runUnused(root)]);
}

/** Says whether a guard saw files, ran to its end and found nothing. */
export function isPassed(result: GuardResult): boolean {
  return result.failure === undefined && result.findings.length === 0 && result.examined > 0;
}

export async function runTypes(root: string): Promise<GuardResult> {
  const output = await runTool('typescript/bin/tsc', ['-b', '--pretty', 'false'], root);
  return guardResult('types', countTypedFiles(root), typeFindings(output.stdout), output);
}

export async function runImports(root: string): Promise<GuardResult> {
  const folders = sourceFolders.filter((folder) => existsSync(join(root, folder)));
  const config = join(repositoryRoot, '.dependency-cruiser.mjs');
  const args = ['--config', config, '--output-type', 'json', ...folders];
  const output = await runTool('dependency-cruiser/bin/dependency-cruise.mjs', args, root);
  const report = parseReport<CruiseReport>(output);
  const modules = report?.modules.filter((module) => isOwnSource(module.source)) ?? [];
  const findings = (report?.summary.violations ?? []).map((violation) => ({
    rule: violation.rule.name,
    file: violation.from,
    line: 0,
    message: violation.cycle ? violation.cycle.map((step) => step.name).join(' -> ') : `-> ${violation.to}`,
  }));
  return guardResult('imports', modules.length, findings, output);
}

export async function runLint(root: string): Promise<GuardResult> {
  const config = join(repositoryRoot, 'eslint.config.js');
  const output = await runTool('eslint/bin/eslint.js', ['--config', config, '--format', 'json', '.'], root);
  const report = parseReport<readonly LintedFile[]>(output) ?? [];
  const findings = report.flatMap((file) =>
    file.messages.map((message) => ({
      rule: message.ruleId ?? (message.fatal ? 'parse-error' : 'unused-directive'),
      file: relativePath(root, file.filePath),
      line: message.line ?? 0,
      message: message.message,
    })),
  );
  return guardResult('lint', report.length, findings, output);
}

export async function runUnused(root: string): Promise<GuardResult> {
  const reporter = join(repositoryRoot, '.ci', 'knip-reporter.ts');
  const config = join(repositoryRoot, 'knip.config.ts');
  const args = ['--config', config, '--reporter', reporter, '--no-progress', '--no-config-hints'];
  const output = await runTool('knip/bin/knip.js', args, root);
  const report = parseReport<UnusedReport>(output);
  return guardResult('unused', report?.examined ?? 0, report?.findings ?? [], output);
}

/** What `knip-reporter.ts` prints. */
export interface UnusedReport {
  readonly examined: number;
  readonly findings: readonly Finding[];
}

interface CruiseReport {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

interface LintedFile {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly fatal?: boolean; readonly line?: number; readonly message: string }[];
}

function guardResult(guard: GuardName, examined: number, findings: readonly Finding[], output: ToolOutput): GuardResult {
  const silent = output.code !== 0 && findings.length === 0;
  const words = `${output.stderr}\n${output.stdout}`.trim().slice(0, 2000);
  return { guard, examined, findings, failure: silent ? `exit code ${output.code}: ${words}` : undefined };
}

function typeFindings(stdout: string): readonly Finding[] {
  return stdout.split('\n').flatMap((text) => {
    const found = /^(?:(?<file>[^\s(][^(]*)\((?<line>\d+),\d+\): )?error (?<rule>TS\d+): (?<message>.*)$/.exec(text.trimEnd());
    if (!found?.groups) return [];
    const { file = '', line = '0', rule = '', message = '' } = found.groups;
    return [{ rule, file: file.replaceAll('\\', '/'), line: Number(line), message }];
  });
}

// `tsc -b` lists no file of a project that is up to date, so the projects' own file lists are counted instead.
function countTypedFiles(root: string): number {
  const solution = readProject(join(root, 'tsconfig.json'));
  const projects = solution?.projectReferences ?? [];
  const names = projects.flatMap((project) => readProject(ts.resolveProjectReferencePath(project))?.fileNames ?? []);
  return new Set(names).size;
}

function readProject(path: string): ts.ParsedCommandLine | undefined {
  const host: ts.ParseConfigFileHost = {
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    // The compiler run itself reports a broken project; here it only counts as no files.
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  };
  return ts.getParsedCommandLineOfConfigFile(path, {}, host);
}

function isOwnSource(path: string): boolean {
  return sourceFolders.some((folder) => path.startsWith(`${folder}/`));
}

function relativePath(root: string, path: string): string {
  return path.slice(root.length + 1).replaceAll('\\', '/');
}

// A tool that crashed prints no JSON; its exit code and words then become the guard's failure.
function parseReport<T>(output: ToolOutput): T | undefined {
  try {
    return JSON.parse(output.stdout) as T;
  } catch {
    return undefined;
  }
}

function runTool(bin: string, args: readonly string[], cwd: string): Promise<ToolOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repositoryRoot, 'node_modules', bin), ...args], { cwd });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}
