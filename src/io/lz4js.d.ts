/** The part of lz4js that is used; the package brings no types. It is CommonJS: all of it is its default export. */
declare module 'lz4js' {
  const lz4: {
    /** The content of an LZ4 frame. */
    readonly decompress: (frame: Uint8Array) => Uint8Array;
    readonly compress: (bytes: Uint8Array) => Uint8Array;
  };
  export = lz4;
}
