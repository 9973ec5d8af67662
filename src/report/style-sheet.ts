/** How a graphic page looks: one restrained face, numbers in columns, colours that hold in light, dark and grey. */

const colours = `
:root{color-scheme:light dark;--paper:#fff;--sheet:#f6f8fa;--ink:#171b20;--dim:#56616d;--line:#d8dee5;--grid:#e8ecf0;--good:#00705f;--warn:#8a5200;--bad:#b8330f;--c0:#0b5fb3;--c1:#b35600;--c2:#00705f;--c3:#8139a0}
@media(prefers-color-scheme:dark){:root{--paper:#11151a;--sheet:#181d24;--ink:#e6eaef;--dim:#9da8b4;--line:#323a44;--grid:#252c34;--good:#4fd3bd;--warn:#f0bf58;--bad:#ff8f70;--c0:#6db3ff;--c1:#ffab5c;--c2:#4fd3bd;--c3:#d5a5ff}}
@media print{:root{color-scheme:light;--paper:#fff;--sheet:#fff;--ink:#000;--dim:#333;--line:#aaa;--grid:#ddd;--good:#000;--warn:#000;--bad:#000;--c0:#000;--c1:#555;--c2:#000;--c3:#777}}
`;

const layout = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1200px;margin:0 auto;padding:40px 28px 72px}
header{margin-bottom:28px;padding-bottom:18px;border-bottom:1px solid var(--line)}
h1{font-size:30px;line-height:1.15;letter-spacing:-.015em;font-weight:650;margin:0}
.subtitle{margin:8px 0 0;font-size:16px;color:var(--dim)}
.provenance{margin:10px 0 0;font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;color:var(--dim);overflow-wrap:anywhere}
section{margin:36px 0 0}
h2{font-size:18px;line-height:1.3;letter-spacing:-.005em;font-weight:650;margin:0 0 10px}
.note{max-width:80ch;text-wrap:pretty;margin:8px 0 0;font-size:13px;color:var(--dim)}
.remarks{margin:20px 0 0;max-width:92ch}
.remarks p{margin:0 0 6px;text-wrap:pretty;overflow-wrap:anywhere}
.remarks p:last-child{margin:0}
.remarks.tone-good,.remarks.tone-warn,.remarks.tone-bad{padding:10px 16px;background:var(--sheet);border-left:4px solid var(--tone);border-radius:0 6px 6px 0}
.remarks.tone-dim{font-size:13px;color:var(--dim)}
.tone-good{--tone:var(--good)}.tone-warn{--tone:var(--warn)}.tone-bad{--tone:var(--bad)}.tone-dim{--tone:var(--dim)}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:18px 28px;margin:0}
dt{color:var(--dim);font-size:13px}
dd{margin:2px 0 0;font-size:24px;line-height:1.25;font-weight:600;letter-spacing:-.01em;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
dd small{display:block;font-size:13px;line-height:1.4;font-weight:400;letter-spacing:0;color:var(--dim)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));column-gap:44px}
`;

const tables = `
.scroll{overflow:auto;width:fit-content;max-width:100%;max-height:76vh;border:1px solid var(--line);border-radius:6px}
.scroll:focus-visible{outline:2px solid var(--c0);outline-offset:2px}
table{border-collapse:separate;border-spacing:0;font-size:12.5px;line-height:1.4;font-variant-numeric:tabular-nums}
th,td{padding:5px 7px;text-align:left;vertical-align:top}
th:first-child,td:first-child{padding-left:12px}th:last-child,td:last-child{padding-right:12px}
thead th{position:sticky;top:0;z-index:2;background:var(--sheet);color:var(--dim);font-weight:600;vertical-align:bottom;border-bottom:1px solid var(--line)}
tbody td{background:var(--paper);border-bottom:1px solid var(--grid)}
tbody tr:last-child td{border-bottom:0}
tbody tr:hover td{background:var(--sheet)}
.scroll th:first-child,.scroll td:first-child{position:sticky;left:0;z-index:1}
.scroll thead th:first-child{z-index:3}
.scroll .pinned th:last-child,.scroll .pinned td:last-child{position:sticky;right:0;z-index:1;border-left:1px solid var(--line)}
.scroll .pinned thead th:last-child{z-index:3}
.n{text-align:right;white-space:nowrap}
thead .n{white-space:normal}
td:not(.n){max-width:52ch;overflow-wrap:break-word}
tr[class] td:not(.n){color:var(--tone)}
tr.tone-good td:not(.n),tr.tone-warn td:not(.n),tr.tone-bad td:not(.n){font-weight:600}
tr.tone-dim td{color:var(--dim)}
.bars{font-size:14px;width:100%}.bars th,.bars td{padding:4px 10px 4px 0;border:0;white-space:nowrap;font-weight:400;background:none;position:static}
.bars thead th{font-size:13px}.bars td:last-child{width:100%;min-width:90px;padding-right:0;vertical-align:middle}
.bars svg{display:block;width:100%;height:14px}
`;

const charts = `
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 22px;padding:0;margin:0 0 12px;font-size:13px}
.legend li{display:flex;align-items:center;gap:8px}
.legend svg{flex:none;overflow:visible}
.ytitle,.xtitle{margin:0;font-size:12px;color:var(--dim)}
.xtitle{text-align:right}
.frame{display:grid;grid-template-columns:calc(var(--yw) + 6px) 1fr;column-gap:8px;font-size:12px;color:var(--dim);font-variant-numeric:tabular-nums;padding:8px 14px 0 0}
.ys,.xs,.plot{position:relative}
.ys span{position:absolute;right:0;transform:translateY(-50%);white-space:nowrap}
.plot{height:clamp(230px,32vw,360px)}
.pair .plot{height:240px}
.plot>svg{display:block;width:100%;height:100%;overflow:visible}
.xs{grid-column:2;height:26px}
.xs span{position:absolute;top:8px;transform:translateX(-50%);white-space:nowrap}
svg path,svg rect{vector-effect:non-scaling-stroke}
.grid{stroke:var(--grid);fill:none}.axis{stroke:var(--dim);fill:none}
.c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}
.c0[class*=tone-],.c1[class*=tone-],.c2[class*=tone-],.c3[class*=tone-]{--c:var(--tone)}
.curve{fill:none;stroke:var(--c);stroke-width:2.25;stroke-linejoin:round}
.curve.c1{stroke-dasharray:7 4}.curve.c2{stroke-dasharray:2 4;stroke-linecap:round}.curve.c3{stroke-dasharray:9 4 2 4}
.band{fill:var(--c);fill-opacity:.15;stroke:none}
.band.c1,.band.c3{fill-opacity:.22}
.dots path{fill:none;stroke:var(--c);stroke-width:5;stroke-linecap:round;stroke-opacity:.45}
.dots.square path{stroke-linecap:square;stroke-width:4}
.legend .dots path{stroke-opacity:1;stroke-width:7}
.bar{fill:var(--c0)}.bar.tone-good,.bar.tone-warn,.bar.tone-bad,.bar.tone-dim{fill:var(--tone)}
.bar.below{fill-opacity:.35;stroke:var(--c0)}
path.mark{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 4;fill:none}
span.mark{position:absolute;color:var(--ink);font-weight:600;white-space:nowrap;padding:0 5px;border-radius:3px;background:color-mix(in srgb,var(--paper) 82%,transparent);pointer-events:none}
span.mark.x{top:0;margin-left:4px}span.mark.x.before{transform:translateX(-100%);margin-left:-4px}
span.mark.y{transform:translateY(-112%)}span.mark.y.right{right:2px}span.mark.y.left{left:2px}
.hit{fill:var(--ink);fill-opacity:0}.hit:hover{fill-opacity:.07}
.tip{position:fixed;z-index:9;pointer-events:none;white-space:pre;padding:7px 11px;border-radius:6px;background:var(--ink);color:var(--paper);font-size:12.5px;line-height:1.5;font-variant-numeric:tabular-nums;box-shadow:0 2px 10px rgba(0,0,0,.25)}
`;

const places = `
@media(max-width:640px){main{padding:24px 16px 48px}h1{font-size:25px}.subtitle{font-size:15px}section{margin-top:30px}dl{grid-template-columns:1fr 1fr;gap:14px 18px}dd{font-size:20px}.rare{display:none}.scroll{max-width:calc(100% + 16px);margin-right:-16px}}
@media print{@page{margin:14mm}@page wide{size:A4 landscape}.wide{page:wide}body{font-size:10pt}main{max-width:none;padding:0}h1{font-size:18pt}h2{font-size:12pt;break-after:avoid}section{margin-top:18pt}.chart,dl>div,.remarks p,tr{break-inside:avoid}.plot{height:210px}.pair{display:block}.pair .plot{height:170px}.scroll{overflow:visible;max-height:none;border:0}table{font-size:7pt}th,td,th:first-child,td:first-child{padding:2px 3px}thead{display:table-header-group}thead th,.scroll th:first-child,.scroll td:first-child,.scroll .pinned th:last-child,.scroll .pinned td:last-child{position:static}.tip{display:none}.dots.tone-good path{stroke-opacity:.7;stroke-width:3}.dots.tone-bad path{stroke:#888;stroke-opacity:.7}.bar{fill:#555}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;

export const styleSheet = (colours + layout + tables + charts + places).trim();
