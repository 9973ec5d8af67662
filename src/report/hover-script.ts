/** Shows the title of what lies under the pointer at once and in lines; without it a browser shows the same text later. */
export const hoverScript = `
(function(){
var tip=document.createElement('div');tip.className='tip';tip.hidden=true;document.body.appendChild(tip);
document.querySelectorAll('rect.hit').forEach(function(hit){
var title=hit.querySelector('title');if(!title)return;
var text=title.textContent;hit.removeChild(title);
hit.addEventListener('pointermove',function(at){
tip.textContent=text;tip.hidden=false;
var room=document.documentElement.clientWidth-tip.offsetWidth-8;
tip.style.left=Math.max(8,Math.min(room,at.clientX+14))+'px';
tip.style.top=Math.max(8,at.clientY-tip.offsetHeight-12)+'px';
});
hit.addEventListener('pointerleave',function(){tip.hidden=true});
});
})();`.trim();
