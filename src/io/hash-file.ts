import { createHash } from 'node:crypto';
import { fileChunks } from './file-chunks.ts';

/** SHA-256 of a file's bytes as they are on disk (compressed where it is compressed), in lower-case hex. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of fileChunks(file)) hash.update(chunk);
  return hash.digest('hex');
}
