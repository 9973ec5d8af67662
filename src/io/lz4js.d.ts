/** The part of lz4js that is used; the package brings no types. */
declare module 'lz4js' {
  /** The content of an LZ4 frame. */
  export function decompress(frame: Uint8Array): Uint8Array;
  export function compress(bytes: Uint8Array): Uint8Array;
}
