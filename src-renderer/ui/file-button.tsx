import { useRef } from 'react';
import { Upload } from 'lucide-react';
import { Button } from './button.tsx';

interface FileButtonProps {
  readonly label: string;
  /** Endings with the dot, comma between them. */
  readonly accept: string;
  /** Undefined when the file could not be read. */
  readonly onRead: (fileName: string, text: string | undefined) => void;
  readonly isEnterStop?: boolean;
  readonly autoFocus?: boolean;
}

/** A button that lets a text file be chosen and reads it. The page never learns its path. */
export function FileButton({ label, accept, onRead, isEnterStop = false, autoFocus = false }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button label={label} icon={Upload} isEnterStop={isEnterStop} autoFocus={autoFocus} onPress={() => input.current?.click()} />
      <input ref={input} type="file" hidden accept={accept} tabIndex={-1} onChange={(event) => {
        const file = event.target.files?.[0];
        // The same file chosen again after it was copied anew must be read again.
        event.target.value = '';
        if (file === undefined) return;
        file.text().then((text) => onRead(file.name, text), () => onRead(file.name, undefined));
      }} />
    </>
  );
}

/** Lets the browser save a text as a file, into the folder or onto the stick that the officer chooses. */
export function saveAsFile(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads the address after this turn; then it may go.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
