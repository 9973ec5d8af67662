/** How a graphic page looks: one restrained face, numbers in columns, colours that hold in light, dark and grey. */
export const styleSheet = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--dim:#59636e;--line:#d5dae0;--soft:#f4f6f8;--good:#116a43;--warn:#8a5300;--bad:#b3261e;--s0:#0b5cad;--s1:#6e7781;--s2:#a04a00;--s3:#5b3fa8}
@media(prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e7eaee;--dim:#9aa4af;--line:#333a42;--soft:#1c2127;--good:#5fce97;--warn:#f0b35a;--bad:#ff8f85;--s0:#6cb2ff;--s1:#9aa4af;--s2:#ffa657;--s3:#bfa7ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1120px;margin:0 auto;padding:32px 20px 64px}
header{border-bottom:2px solid var(--ink);margin-bottom:20px;padding-bottom:10px}
h1{font-size:26px;line-height:1.2;margin:0}
header p{margin:4px 0 0;color:var(--dim)}
h2{font-size:16px;margin:30px 0 8px}
dl{display:flex;flex-wrap:wrap;gap:10px 32px;margin:12px 0}
dt{color:var(--dim);font-size:13px}
dd{margin:0;font-size:20px;font-variant-numeric:tabular-nums}
dd small{display:block;font-size:12px;color:var(--dim)}
.note{max-width:76ch;margin:10px 0}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.dim{color:var(--dim);font-size:13px}
.scroll{overflow-x:auto;max-height:80vh}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:4px 14px 4px 0;text-align:left;white-space:nowrap}
th{position:sticky;top:0;background:var(--paper);color:var(--dim);font-weight:600;border-bottom:1px solid var(--line)}
td{border-bottom:1px solid var(--soft)}
.n{text-align:right}
tr.good td:last-child,tr.bad td:last-child{font-weight:600}
tbody tr{color:var(--ink)}
tr.good td:last-child{color:var(--good)}tr.bad td:last-child{color:var(--bad)}tr.warn td:last-child{color:var(--warn)}
svg{display:block;width:100%;height:auto;max-width:1080px}
svg text{fill:var(--dim);font-size:12px;font-family:inherit}
svg .axis{stroke:var(--ink)}svg .grid{stroke:var(--line)}
svg .mark{stroke:var(--ink);stroke-dasharray:5 4}svg text.mark{stroke:none;fill:var(--ink);font-weight:600}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 20px;padding:0;margin:4px 0;font-size:13px;color:var(--dim)}
.legend li::before{content:"";display:inline-block;width:18px;height:0;border-top:3px solid;margin-right:7px;vertical-align:middle}
.s0{--c:var(--s0)}.s1{--c:var(--s1)}.s2{--c:var(--s2)}.s3{--c:var(--s3)}
.legend li::before{border-color:var(--c)}
.curve{fill:none;stroke:var(--c);stroke-width:2}
.s1.curve{stroke-dasharray:6 3}.s2.curve{stroke-dasharray:2 3}
.band{fill:var(--c);opacity:.16;stroke:none}
.dot{fill:var(--c);opacity:.55}
.bar{fill:var(--s0)}
@media(max-width:600px){main{padding:20px 14px 40px}h1{font-size:22px}dd{font-size:17px}svg text{font-size:20px}}
@media print{:root{--paper:#fff;--ink:#000;--dim:#333;--line:#bbb;--soft:#eee;--good:#000;--warn:#000;--bad:#000;--s0:#000;--s1:#666;--s2:#333;--s3:#999}main{max-width:none;padding:0}.scroll{overflow:visible;max-height:none}table{font-size:9px}th{position:static}section{break-inside:avoid-page}}
`.trim();
