// Reads what a page shows, in one go; looks into shadow roots and into the maps' frames as well.
(CONTROLS) => {
  const all = (root, what) => [...root.querySelectorAll(what)];
  const text = (one) => (one ? (one.innerText || one.textContent || '').trim() : '');
  const keyed = (name) => document.querySelector(
    `.st-key-at_${name}, .st-key-${name}, [class*="st-key-${name}--"]`);
  const inside = (name) => {
    const box = keyed(name);
    const part = box && box.querySelector('[data-testid=stBidiComponentIsolated]');
    return (part && part.shadowRoot) || box;
  };
  const drop = (some) => some.filter((one) => !one.closest('[data-stale=true]'));
  const sum = document.querySelector('.pm-sum');
  const numbers = (text(sum && sum.querySelector('strong')).match(/\d+/g) || []).map(Number);
  const tags = {};
  for (const box of all(document, '[class*="st-key-chip_"]')) {
    const name = /st-key-chip_([a-z_]*[a-z])/.exec(box.className)[1];
    tags[name] = text(box.querySelector('button'));
  }
  const controls = {};
  for (const name of CONTROLS) {
    const box = keyed(name);
    if (!box) continue;
    const lit = all(box, 'button[aria-pressed=true], [role=radio][aria-checked=true], label[data-selected=true]').map(text);
    const tagged = all(box, '[data-testid=stMultiSelectTagsContainer] [data-tag]').map((one) => one.getAttribute('aria-label'));
    const checked = all(box, 'input[type=checkbox]').map((one) => one.checked);
    const value = all(box, 'input:not([type=checkbox]):not([type=radio])').map((one) => one.getAttribute('aria-valuetext') || one.value);
    const coded = box.matches('[data-facet]') || box.querySelector('button[data-value]') ? all(box, 'button[data-value][aria-pressed=true], input[data-value]:checked').filter((one) => one.closest('[class*="st-key-"]') === box).map((one) => one.dataset.value) : null;
    controls[name] = { coded, lit, tagged: [...new Set(tagged)], checked, value };
  }
  const maps = [];
  for (const frame of all(document, "iframe[title*='st_folium']")) {
    const inner = frame.contentDocument;
    const map = inner && inner.querySelector('.leaflet-container');
    if (!map) { maps.push(null); continue; }
    const drawn = all(inner, '.leaflet-pane [data-id]').map((one) => one.dataset.id);
    const badges = all(inner, '.planmap-badge[data-ids]').map((one) => [
      one.closest('[data-id]') ? one.closest('[data-id]').dataset.id.replace('township:', '') : '',
      JSON.parse(one.dataset.ids), Number(text(one))]);
    maps.push({ drawn: [...new Set(drawn.filter((one) => !one.startsWith('township:')))], badges,
      chosen: [...new Set(all(inner, '.planmap-chosen').map((one) => one.dataset.id))],
      shown: map.dataset.shown === undefined ? null : Number(map.dataset.shown) });
  }
  const list = inside('beside');
  const rows = list ? all(list, 'tr[data-id]') : [];
  const app = document.querySelector('[data-test-script-state]');
  const turn = document.querySelector('.planmap-view');
  return {
    address: location.href,
    running: !app || app.dataset.testScriptState !== 'notRunning',
    stale: all(document, '[data-stale=true]').length,
    turn: turn ? turn.dataset.turn : null,
    errors: drop(all(document, '[data-testid=stException]')).map(text),
    shown: sum ? Number(sum.dataset.shown ?? numbers[0]) : null,
    of: sum ? Number(sum.dataset.of ?? numbers[1]) : null,
    headed: Boolean(keyed('download_geojson')),
    tags, controls, maps,
    list: rows.map((one) => one.dataset.id),
    range: list ? text(list.querySelector('nav span')) : '',
    picked: rows.filter((one) => one.ariaSelected === 'true' || one.getAttribute('aria-selected') === 'true').map((one) => one.dataset.id),
    panel: all(document, '.pm-thing[data-id]').map((one) => one.dataset.id),
    listed: all(document, '[data-ids].pm-listed').map((one) => JSON.parse(one.dataset.ids))[0] ?? null,
    pairs: [...new Set(all(document, '.pm-pair[data-id]').map((one) => one.dataset.id))],
    file: sum && sum.dataset.file !== undefined ? Number(sum.dataset.file) : null,
    badge: all(document, '[data-badge]').map((one) => one.dataset.badge),
    heading: text(document.querySelector('.pm-thing h1, .pm-thing h2, .pm-thing h3, .pm-thing h4, .pm-thing')),
  };
}
