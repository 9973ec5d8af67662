/** The one function of asciichart that is used here; the package ships no types. */
declare module 'asciichart' {
  type Options = {
    readonly min?: number;
    readonly max?: number;
    readonly height?: number;
    readonly offset?: number;
    readonly format?: (value: number) => string;
  };
  export const plot: (series: readonly (readonly number[])[], options?: Options) => string;
}
