import type { InstalledPack } from '../../../../src-shared/domain/office/office.ts';
import type { CatalogueService } from './catalogue.ts';

/** How each installed catalogue pack stands, for the list of packs: in force when an entry of today's catalogue comes from it. */
export function catalogueStates(catalogue: CatalogueService): readonly { readonly installed: InstalledPack; readonly validTo: string | null; readonly inForce: boolean; readonly problem: string | undefined }[] {
  const used = new Set(catalogue.current().entries.map((entry) => entry.provenance.packHash));
  return catalogue.packs().map(({ installed, pack, problem }) => ({
    installed,
    validTo: pack?.validTo ?? null,
    inForce: pack !== undefined && used.has(installed.hash),
    problem,
  }));
}
