/**
 * The matrix part of the package `qrcode`. Its main entry also loads PNG writers and Node's file system, which have no
 * place in a pure form; and the published types describe the main entry only.
 */
declare module 'qrcode/lib/core/qrcode.js' {
  interface QrMatrix {
    readonly size: number;
    /** 1 = dark. */
    get(row: number, column: number): number;
  }
  interface QrSymbol {
    readonly version: number;
    readonly modules: QrMatrix;
  }
  export function create(text: string, options: { readonly errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' }): QrSymbol;
}
