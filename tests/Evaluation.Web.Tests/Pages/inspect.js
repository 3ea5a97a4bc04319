// Run inside every page a test visits: what a person or a screen reader would stumble over.
() => {
  const all = selector => [...document.querySelectorAll(selector)];
  const short = element => element.outerHTML.slice(0, 120);
  const visible = element => { const box = element.getBoundingClientRect(); return box.width > 1 && box.height > 1; };
  const rgb = text => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
  const channel = value => { const part = value / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; };
  const light = ({ r, g, b }) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ratio = (a, b) => { const [high, low] = [light(a), light(b)].sort((x, y) => y - x); return (high + 0.05) / (low + 0.05); };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.a > 0) return colour;
    }
    return { r: 255, g: 255, b: 255 };
  };
  const faults = [];
  const fault = (what, list) => list.forEach(element => faults.push(`${what}: ${short(element)}`));

  fault('a control without a label', all('input:not([type=hidden]), select, textarea').filter(e => !e.labels.length && !e.ariaLabel));
  fault('a picture without a name', all('svg:not([aria-hidden=true])').filter(e => !e.closest('svg svg')
    && (e.getAttribute('role') !== 'img' || !e.querySelector('title')?.textContent.trim() || !e.getAttribute('aria-labelledby'))));
  fault('an img without alt', all('img:not([alt])'));
  fault('a table without a caption', all('table').filter(e => !e.caption || !e.caption.textContent.trim()));
  fault('a head cell without scope', all('th:not([scope])'));
  fault('a link or button without words', all('a, button').filter(e => !(e.textContent.trim() || e.ariaLabel)));
  fault('a scrolling box that keys cannot reach', all('.box').filter(e => e.tabIndex !== 0 || !(e.ariaLabel || e.getAttribute('aria-labelledby'))));
  fault('an attribute that names a missing element', all('[aria-labelledby]').filter(
    e => e.getAttribute('aria-labelledby').split(' ').some(id => !document.getElementById(id))));
  const ids = all('[id]').map(e => e.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach(id => faults.push(`the id ${id} stands twice`));
  for (const landmark of ['header.top', 'main', 'footer', 'nav[aria-label]', 'a.skip[href="#main"]']) {
    if (!document.querySelector(landmark)) faults.push(`there is no ${landmark}`);
  }
  const levels = all('h1, h2, h3, h4').map(e => +e.tagName[1]);
  if (levels.filter(level => level === 1).length !== 1) faults.push(`h1 stands ${levels.filter(level => level === 1).length} times`);
  levels.forEach((level, at) => { if (at > 0 && level > levels[at - 1] + 1) faults.push(`h${levels[at - 1]} is followed by h${level}`); });

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const parent = walker.currentNode.parentElement;
    if (!text || parent.closest('script, style')) continue;
    if (!parent.closest('code, pre')) texts.push({ text, lang: parent.closest('[lang]').lang });
    if (parent.closest('svg') || !visible(parent) || parent.closest('.hidden, .skip, option, select')) continue;
    const style = getComputedStyle(parent);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && +style.fontWeight >= 700);
    const found = ratio(rgb(style.color), ground(parent));
    const key = `${style.color} on ${JSON.stringify(ground(parent))}`;
    if (found < (large ? 3 : 4.5) && !seen.has(key)) { seen.add(key); faults.push(`contrast ${found.toFixed(2)}, ${key}: ${short(parent)}`); }
  }
  all('[title], [aria-label], [placeholder]').filter(e => !e.closest('svg')).forEach(e => ['title', 'aria-label', 'placeholder'].forEach(
    name => { if (e.getAttribute(name)) texts.push({ text: e.getAttribute(name), lang: e.closest('[lang]').lang }); }));

  return JSON.stringify({
    title: document.title,
    lang: document.documentElement.lang,
    faults,
    texts,
    links: all('a[href]').map(e => e.href),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    generated: document.querySelector('.generated')?.textContent.trim() ?? '',
  });
}
