export interface LogTarget {
  write(line: string): void;
}

/** One line for each request: method, path, status, time. Nothing of a message or of a person. */
export function requestLog(logTo: LogTarget) {
  return {
    stream: logTo,
    serializers: {
      req: ({ method, url }: { readonly method: string; readonly url: string }) => ({ method, url: url.split('?')[0]! }),
      res: ({ statusCode }: { readonly statusCode: number }) => ({ statusCode }),
    },
  };
}
