// Waits until a page is at rest, then reads what it shows, in one go; looks into shadow roots and
// into the maps' frames as well.
async ({ controls: CONTROLS, quiet, first, most }) => {
  const all = (root, what) => [...root.querySelectorAll(what)];

  // ---- rest ----------------------------------------------------------------------------
  // At rest is a page whose script has ended and that nothing has changed for `quiet` ms. With
  // `first` it is given so many ms to begin to change; after `most` it is read as it is.
  const began = performance.now();
  const frames = () => all(document, "iframe[title*='st_folium']").map((one) => one.contentDocument).filter(Boolean);
  const busy = () => {
    const app = document.querySelector('[data-test-script-state]');
    return !app || app.dataset.testScriptState !== 'notRunning' || document.querySelector('[data-stale=true]') !== null;
  };
  const rested = await new Promise((done) => {
    let last = began, timer = 0, changed = !first;
    const watch = new MutationObserver(() => { last = performance.now(); changed = true; plan(); });
    const seen = new Set();
    const end = (is) => { clearTimeout(timer); watch.disconnect(); done({ is, last }); };
    function plan() {
      clearTimeout(timer);
      for (const root of [document, ...frames()]) {
        if (seen.has(root)) continue;
        seen.add(root);
        watch.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      }
      const now = performance.now();
      if (now - began > most) return end(false);
      const wait = changed ? Math.max(last + quiet - now, 0) : Math.max(began + first - now, 0);
      timer = setTimeout(look, Math.max(wait, 4));
    }
    function look() {
      const now = performance.now();
      if (!changed && now - began >= first) changed = true;
      if (changed && now - last >= quiet - 1) {
        if (!busy()) return end(true);
        if (now - began > most) return end(false);
        timer = setTimeout(look, quiet); // it says so itself when it goes on
        return;
      }
      plan();
    }
    plan();
  });

  // ---- reading -------------------------------------------------------------------------
  const text = (one) => (one ? (one.innerText || one.textContent || '').trim() : '');
  const plain = (one) => (one ? (one.textContent || '').trim() : '');
  const keyed = (name) => document.querySelector(
    `.st-key-at_${name}, .st-key-${name}, [class*="st-key-${name}--"]`);
  const inside = (name) => {
    const box = keyed(name);
    const part = box && box.querySelector('[data-testid=stBidiComponentIsolated]');
    return (part && part.shadowRoot) || box;
  };
  const drop = (some) => some.filter((one) => !one.closest('[data-stale=true]'));
  const ids = (some) => [...new Set(some.map((one) => one.dataset.id))];
  const sum = document.querySelector('.pm-sum[data-shown]') || document.querySelector('.pm-sum');
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
    const coded = box.matches('[data-facet]') || box.querySelector('button[data-value]') ? all(box, 'button[data-value][aria-pressed=true], input[data-value]:checked').filter((one) => one.closest('[class*="st-key-"]') === box).map((one) => one.dataset.value) : null;
    const lit = all(box, 'button[aria-pressed=true], [role=radio][aria-checked=true], label[data-selected=true]').map(plain);
    const checked = all(box, 'input[type=checkbox]').map((one) => one.checked);
    const value = all(box, 'input:not([type=checkbox]):not([type=radio])').map((one) => one.getAttribute('aria-valuetext') || one.value);
    controls[name] = { coded, lit, checked, value };
  }
  const maps = [];
  for (const inner of all(document, "iframe[title*='st_folium']").map((one) => one.contentDocument)) {
    const map = inner && inner.querySelector('.leaflet-container');
    if (!map) { maps.push(null); continue; }
    const drawn = all(inner, '.leaflet-pane [data-id]').map((one) => one.dataset.id);
    const badges = all(inner, '.planmap-badge[data-ids]').map((one) => [
      one.closest('[data-id]') ? one.closest('[data-id]').dataset.id.replace('township:', '') : '',
      JSON.parse(one.dataset.ids), Number(plain(one))]);
    maps.push({ drawn: [...new Set(drawn.filter((one) => !one.startsWith('township:')))], badges,
      chosen: ids(all(inner, '.planmap-chosen')) });
  }
  const list = inside('beside');
  const rows = list ? all(list, 'tr[data-id]') : [];
  // Tables are drawn on a canvas; below it stands what of them is in view, for screen readers.
  const grids = all(document, '[data-testid=stDataFrame]').filter((one) => one.checkVisibility()).map((one) => ({
    count: Number((one.querySelector('[role=grid]') || { getAttribute: () => 0 }).getAttribute('aria-rowcount')) - 1,
    rows: all(one, '[role=grid] [role=row][aria-rowindex]').map((row) => ({
      at: Number(row.getAttribute('aria-rowindex')) - 2,
      picked: row.getAttribute('aria-selected') === 'true',
      cells: all(row, '[role=gridcell]').map(plain) })).filter((row) => row.at >= 0) }));
  const main = document.querySelector('[data-testid=stMain]') || document;
  const links = all(main, '.stHtml a[href]').filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getClientRects().length)
    .map((one) => [one.dataset.own || one.getAttribute('href'), one.matches('.pm-anew') ? '!' : one.matches('.pm-opens') ? '@' : '']);
  return {
    rested: rested.is, took: rested.last - began,
    address: location.href,
    busy: busy(),
    errors: drop(all(document, '[data-testid=stException]')).map(text),
    shown: sum ? Number(sum.dataset.shown ?? numbers[0]) : null,
    of: sum ? Number(sum.dataset.of ?? numbers[1]) : null,
    tags, controls, maps, grids, links,
    list: rows.map((one) => one.dataset.id),
    range: list ? plain(list.querySelector('nav span')) : '',
    picked: ids(rows.filter((one) => one.getAttribute('aria-selected') === 'true')),
    panel: drop(all(document, '.pm-thing[data-id]')).map((one) => one.dataset.id),
    listed: all(document, '[data-ids].pm-listed').map((one) => JSON.parse(one.dataset.ids))[0] ?? null,
    pairs: ids(drop(all(main, '.st-key-changes tr[data-id]'))),
    compared: ids(drop(all(main, '.pm-compared > tbody > tr[data-id]'))),
    duties: ids(drop(all(main, '.pm-wide tr[data-id]'))),
    effects: Object.fromEntries(drop(all(main, '.pm-change')).map((one) => [
      /pm-(conflict|joined|new|silent)\b/.exec(one.className)?.[1] || '', ids(all(one, 'tr[data-id]'))])),
    marked: [...new Set(all(main, '.pm-document a[href*="project="]').map((one) => new URLSearchParams((one.dataset.own || one.getAttribute('href')).split('?')[1]).get('project')))],
    target: all(main, '.pm-target').map((one) => one.value),
    cited: [...new Set(all(main, '.stHtml a[href^="documents?"]').map((one) => (one.dataset.own || one.getAttribute('href'))))],
    drawing: main.querySelector('[data-testid=stImage] img')?.alt ?? null,
    file: sum && sum.dataset.file !== undefined ? Number(sum.dataset.file) : null,
    unfolded: all(document, '[data-badge] > details[open]').map((one) => one.dataset.id),
    badge: all(document, '[data-badge]').map((one) => one.dataset.badge),
    heading: text(document.querySelector('.pm-thing h1, .pm-thing h2, .pm-thing h3, .pm-thing h4, .pm-thing')),
  };
}
