import { randomBytes } from 'node:crypto';
import type { Json, JsonObject } from '../world/types';

export type ErrorDetails = {
  status?: number;
  code: number;
  subcode?: number;
  message: string;
  type?: 'OAuthException' | 'GraphMethodException' | 'FacebookApiException' | 'Exception';
  title?: string;
  userMessage?: string;
  data?: Json;
  isTransient?: boolean;
};

/** A refusal in the shape of the Graph API. Thrown anywhere below the edge, answered there. */
export class GraphError extends Error {
  readonly details: ErrorDetails;

  constructor(details: ErrorDetails) {
    super(details.message);
    this.name = 'GraphError';
    this.details = details;
  }

  get status(): number {
    return this.details.status ?? defaultStatus(this.details.code);
  }

  toBody(): JsonObject {
    const { details } = this;
    const error: JsonObject = { message: details.message, type: details.type ?? 'OAuthException', code: details.code };
    if (details.data !== undefined) error.error_data = details.data;
    if (details.subcode !== undefined) error.error_subcode = details.subcode;
    error.is_transient = details.isTransient ?? false;
    if (details.title !== undefined) error.error_user_title = details.title;
    if (details.userMessage !== undefined) error.error_user_msg = details.userMessage;
    error.fbtrace_id = traceId();
    return { error };
  }
}

function defaultStatus(code: number): number {
  if (code === 1 || code === 2) return 500;
  if (code === 4 || code === 10 || (code >= 200 && code <= 299)) return 403;
  if (code === 803) return 404;
  return 400;
}

/** A trace id as Meta writes them: 23 characters beginning with A. */
export function traceId(): string {
  return `A${randomBytes(24).toString('base64url').slice(0, 22)}`;
}

/** 100 without a subcode: a parameter is wrong. */
export function invalid(message: string): GraphError {
  return new GraphError({ code: 100, message: `(#100) ${message}` });
}

export function missing(parameter: string): GraphError {
  return invalid(`The parameter ${parameter} is required`);
}

type Refusal = {
  subcode: number;
  title: string;
  userMessage: string;
  blame?: string;
  type?: ErrorDetails['type'];
  code?: number;
};

/** 100 with a subcode and words for the person, as the ads endpoints refuse. */
export function refused({ subcode, title, userMessage, blame, type, code = 100 }: Refusal): GraphError {
  return new GraphError({
    code,
    subcode,
    message: code === 100 ? 'Invalid parameter' : `(#${code}) ${title}`,
    type,
    title,
    userMessage,
    data: blame === undefined ? undefined : { blame_field_specs: [[blame]] },
    status: 400,
  });
}

const VERB = { GET: 'get', POST: 'post', DELETE: 'delete' } as const;

export function notFound(id: string, method: 'GET' | 'POST' | 'DELETE' = 'GET'): GraphError {
  return new GraphError({
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message:
      `Unsupported ${VERB[method]} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, ` +
      'or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api',
  });
}

export function unknownField(field: string, typeName: string): GraphError {
  return invalid(`Tried accessing nonexisting field (${field}) on node type (${typeName})`);
}

export function badToken(
  message = 'Invalid OAuth access token - Cannot parse access token',
  subcode?: number,
): GraphError {
  return new GraphError({ code: 190, subcode, message });
}

export function noPermission(
  message = 'Ad account owner has NOT grant ads_management or ads_read permission',
): GraphError {
  return new GraphError({ code: 200, message: `(#200) ${message}` });
}
