import { invalid, missing } from '../wire/errors';
import { type Params, readText } from '../wire/params';

const NAME_LENGTH = 400;

export function readName(params: Params): string {
  const name = readText(params, 'name');
  if (name === undefined || name.trim() === '') throw missing('name');
  if (name.length > NAME_LENGTH) throw invalid(`Param name must be at most ${NAME_LENGTH} characters`);
  return name;
}
