/** Decompression in a stream: gzip files and the deflated members of zip archives. */
import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { DataError } from '../model/errors.ts';
import { CHUNK_BYTES } from './file-chunks.ts';

/** The content of a gzip file of one or more members; a checksum or an end that does not fit is an error. */
export function gunzipped(chunks: AsyncIterable<Uint8Array>, place: string): AsyncGenerator<Uint8Array> {
  return through(chunks, createGunzip({ chunkSize: CHUNK_BYTES }), { what: 'a gzip file', place });
}

/** The content of a deflated zip member, without its checksum, which `unzip.ts` looks at. */
export function inflated(chunks: AsyncIterable<Uint8Array>, place: string): AsyncGenerator<Uint8Array> {
  return through(chunks, createInflateRaw({ chunkSize: CHUNK_BYTES }), { what: 'a zip member', place });
}

async function* through(
  chunks: AsyncIterable<Uint8Array>,
  transform: Transform,
  { what, place }: { readonly what: string; readonly place: string },
): AsyncGenerator<Uint8Array> {
  // The pipeline carries an error of either end into the loop below, and closes the file when the loop ends early.
  pipeline(Readable.from(chunks, { objectMode: true }), transform, () => {});
  try {
    for await (const chunk of transform) yield chunk;
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw damaged(
      `${what} must be whole, was damaged: ${error instanceof Error ? error.message : error}`,
      place,
    );
  }
}

export function damaged(message: string, file: string): DataError {
  const remedy = 'Fetch the file again';
  return new DataError({ code: 'FILE_COMPRESSION', message, place: { file }, remedy });
}
