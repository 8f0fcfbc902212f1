import type { Attachment } from '@/lib/domain/attachment';
import type { Problem } from '@/lib/domain/views';
import { type Answer, lostProblem } from './send';
import { workspaceHeader } from './workspace';

/** Sends one photo; `onProgress` hears the share that left this device, 0 to 1. An aborted upload counts as lost. */
export function uploadPhoto(
  file: File,
  options: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<Answer<Attachment>> {
  return new Promise((resolve) => {
    // Not fetch: only this tells how much has left.
    const request = new XMLHttpRequest();
    const lost = () => resolve({ ok: false, problem: lostProblem() });
    request.upload.onprogress = ({ loaded, total }) => options.onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(readAnswer(request));
    request.onerror = lost;
    request.onabort = lost;
    options.signal.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    form.set('file', file);
    request.open('POST', '/api/files');
    for (const [name, value] of Object.entries(workspaceHeader())) request.setRequestHeader(name, value);
    request.send(form);
  });
}

function readAnswer(request: XMLHttpRequest): Answer<Attachment> {
  const said = parse(request.responseText);
  if (request.status === 200 && said && 'fileId' in said) return { ok: true, data: said as Attachment };
  return {
    ok: false,
    problem: said && 'title' in said ? (said as Problem) : { ...lostProblem(), status: request.status },
  };
}

function parse(text: string): object | null {
  try {
    const said: unknown = JSON.parse(text);
    return said && typeof said === 'object' ? said : null;
  } catch {
    return null;
  }
}
