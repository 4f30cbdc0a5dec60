import { Upload } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

interface FileDropProps {
  readonly label: string;
  /** Endings with the dot, comma between them. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
  readonly children?: ReactNode;
  readonly autoFocus?: boolean;
}

/** A place to drop a file on, with a button for whoever has no mouse. The page never learns the file's path. */
export function FileDrop({ label, accept, onFile, children, autoFocus = false }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  return (
    <div className={classNames('file-drop', isOver && 'over')}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) onFile(file);
      }}>
      {children}
      <Button label={label} icon={Upload} autoFocus={autoFocus} onPress={() => input.current?.click()} />
      <input ref={input} type="file" hidden accept={accept} tabIndex={-1} onChange={(event) => {
        const file = event.target.files?.[0];
        // The same file chosen again after it was corrected must be read again.
        event.target.value = '';
        if (file !== undefined) onFile(file);
      }} />
    </div>
  );
}
