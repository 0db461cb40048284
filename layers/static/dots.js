// Many things on one canvas: small signs while there is room, else dots in the colour of the stage.
"use strict";
planmap.Dots = L.Renderer.extend({
  options: { padding: 0.1 },
  ROOM: 4000, // up to so many signs; beyond that they would only hide each other
  SIGN: 17,

  initialize(options, things) {
    L.Renderer.prototype.initialize.call(this, options);
    Object.assign(this, { things, near: [], chosen: -1, sprites: new Map() });
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._pen = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    this._draw();
  },

  paint(near) {
    this.near = near;
    this._draw();
  },

  recolour() {
    this.sprites.clear();
    this._draw();
  },

  ring(at) {
    if (at === this.chosen) return;
    this.chosen = at;
    this._draw();
  },

  _resize() {
    const size = this._bounds.getSize();
    const scale = L.Browser.retina ? 2 : 1;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._container.width = scale * size.x;
    this._container.height = scale * size.y;
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this._pen.scale(scale, scale);
    return size;
  },

  _draw() {
    if (!this._container || !this._bounds) return;
    const size = this._resize();
    if (!this.near.length) return;
    const world = 256 * 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const to = (x, y) => [x * world - origin.x, y * world - origin.y];
    this._lines(to);
    if (this.near.length <= this.ROOM) this._signs(to);
    else this._points(to, size);
    if (this.chosen >= 0) this._mark(to);
  },

  _lines(to) {
    const { pack } = this.things;
    const shown = new Set(pack.paths.length ? this.near : []);
    for (const { at, rings } of pack.paths) {
      if (!shown.has(at)) continue;
      this._pen.beginPath();
      for (const ring of rings) ring.forEach(([x, y], n) => this._pen[n ? "lineTo" : "moveTo"](...to(x, y)));
      this._stroke(5, planmap.dark.plain("ink"));
      this._stroke(3, this._fill(at));
    }
  },

  _stroke(width, tone) {
    this._pen.lineWidth = width;
    this._pen.strokeStyle = tone;
    this._pen.stroke();
  },

  _fill(at) {
    const { pack } = this.things;
    return planmap.base.signs.stages[pack.stages[pack.stage[at]]].fill;
  },

  _signs(to) {
    const { pack } = this.things;
    const half = this.SIGN / 2;
    for (const at of this.near) {
      const [px, py] = to(pack.x[at], pack.y[at]);
      this._pen.drawImage(this._sprite(at), px - half, py - half, this.SIGN, this.SIGN);
    }
  },

  _sprite(at) {
    const { pack } = this.things;
    const look = [pack.categories[pack.category[at]], pack.stages[pack.stage[at]], pack.known[at]];
    const key = look.join();
    if (!this.sprites.has(key)) this.sprites.set(key, this._drawn(...look));
    return this.sprites.get(key);
  },

  _drawn(category, stage, known) {
    const { categories, stages } = planmap.base.signs;
    const sprite = document.createElement("canvas");
    sprite.width = sprite.height = 2 * this.SIGN;
    const pen = sprite.getContext("2d");
    pen.scale(sprite.width / 30, sprite.width / 30);
    pen.translate(15, 15);
    const body = new Path2D(categories[category].body);
    pen.fillStyle = stages[stage].fill;
    pen.fill(body);
    pen.strokeStyle = planmap.dark.plain("ink");
    pen.lineWidth = 1.4;
    pen.stroke(body);
    pen.fillStyle = stages[stage].ink;
    pen.fill(new Path2D(categories[category].glyph), "evenodd");
    if (known) this._known(pen, planmap.base.signs.known[known]);
    return sprite;
  },

  _known(pen, mark) {
    const disc = new Path2D(mark.disc);
    pen.fillStyle = mark.ground;
    pen.fill(disc);
    pen.strokeStyle = "#141d26";
    pen.stroke(disc);
    pen.fillStyle = mark.ink;
    pen.fill(new Path2D(mark.glyph));
  },

  // First an edge around each, so that no colour is lost on the ground; then a pass for each stage.
  _points(to, size) {
    const { stages } = this.things.pack;
    const dots = stages.map((_, number) => this._spots(number, to, size));
    this._squares(dots.flat(), 3, planmap.dark.plain("ink"));
    stages.forEach((stage, number) => this._squares(dots[number], 2, planmap.base.signs.stages[stage].fill));
  },

  // Where the things of a stage are, no two on the same two pixels.
  _spots(number, to, size) {
    const { pack } = this.things;
    const wide = Math.ceil(size.x / 2);
    const taken = new Uint8Array(wide * Math.ceil(size.y / 2));
    const found = [];
    for (const at of this.near) {
      if (pack.stage[at] !== number) continue;
      const [px, py] = to(pack.x[at], pack.y[at]);
      const cell = (py >> 1) * wide + (px >> 1);
      if (px < 0 || py < 0 || px >= size.x || taken[cell]) continue;
      taken[cell] = 1;
      found.push([px, py]);
    }
    return found;
  },

  _squares(spots, half, tone) {
    this._pen.fillStyle = tone;
    this._pen.beginPath();
    for (const [px, py] of spots) this._pen.rect(px - half, py - half, 2 * half, 2 * half);
    this._pen.fill();
  },

  _mark(to) {
    const { pack } = this.things;
    const [px, py] = to(pack.x[this.chosen], pack.y[this.chosen]);
    for (const [width, tone] of [[5, "paper"], [2.5, "ink"]]) {
      this._pen.beginPath();
      this._pen.arc(px, py, 12, 0, 2 * Math.PI);
      this._stroke(width, planmap.dark.plain(tone));
    }
  },
});
