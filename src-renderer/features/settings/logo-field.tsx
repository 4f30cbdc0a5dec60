import { useId, useState } from 'react';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import type { PaperDraft } from './paper-draft.ts';
import { logoFromFile, type LogoPictureFault } from './logo-picture.ts';

const words = vi.officeSettings.paper;

interface LogoFieldProps {
  /** Papers bear a picture now. */
  readonly hasLogo: boolean;
  readonly logo: PaperDraft['logo'];
  readonly onChange: (logo: PaperDraft['logo']) => void;
}

/** The picture in the head: chosen from a file, made small and black and white here, or taken out. */
export function LogoField({ hasLogo, logo, onChange }: LogoFieldProps) {
  const labelId = useId();
  const [fault, setFault] = useState<LogoPictureFault>();
  async function read(file: File): Promise<void> {
    const picture = await logoFromFile(file);
    setFault(picture.ok ? undefined : picture.error);
    if (picture.ok) onChange({ png: picture.value });
  }
  const isShown = typeof logo === 'object' || (logo === 'kept' && hasLogo);
  return (
    <div className="field" role="group" aria-labelledby={labelId}>
      <span id={labelId} className="label">{words.logo} <span className="label-note">{words.logoNote}</span></span>
      <FileDrop label={words.logoChoose} accept=".png,.jpg,.jpeg" onFile={(file) => void read(file)}>
        <p className="small">{typeof logo === 'object' ? words.logoChosen : isShown ? words.logoShown : words.logoNone}</p>
      </FileDrop>
      {isShown && <div><Button kind="in-block" label={words.logoRemove} onPress={() => {
        setFault(undefined);
        onChange(hasLogo ? 'none' : 'kept');
      }} /></div>}
      {fault === undefined ? <p className="hint">{words.logoHint}</p> : <p className="field-error" role="alert">{words.logoFaults[fault]}</p>}
    </div>
  );
}
