/** A file as a reader sees it: its name and its bytes, already decompressed. */
export type Source = {
  /** Base name without a compression ending: `BTCUSDT-1h.csv` for `BTCUSDT-1h.csv.gz`. */
  readonly name: string;
  /** As the user named it, for messages. */
  readonly path: string;
  /** Bytes on disk, before decompression; only a hint for allocation. */
  readonly size: number;
  /** The first bytes (up to 64 KiB), decompressed; detection looks at nothing else. */
  readonly head: Uint8Array;
  /** True where `head` is the whole content. */
  readonly headIsAll: boolean;
  /** The last bytes of a plain file that keeps its schema at its end (Parquet); left out elsewhere. */
  readonly tail?: Uint8Array;
  /**
   * The whole content from the start, in chunks; may be called more than once. A caller that is done with each chunk
   * before it asks for the next may lend a buffer, of which every chunk may then be a part.
   */
  readonly chunks: (lent?: Uint8Array) => AsyncIterable<Uint8Array>;
};

/** The whole content in one piece, for formats that cannot be read in a stream. */
export async function wholeOf(source: Source): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    parts.push(chunk);
    length += chunk.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
