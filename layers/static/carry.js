// Loaded with the frame of every page, before there is a link to press: links take the view along.
"use strict";
(function () {
  // A link inside a page opens the other page with the view it is followed from, as the address says
  // it at that moment; a group of names of which the link names one itself is the link's own.
  const groups = JSON.parse(document.currentScript.dataset.groups);

  const inside = (event) => event.target.closest && event.target.closest(".stHtml a[href]");
  const isOurs = (link) => link.origin === location.origin && !link.hash;

  function carry(event) {
    const link = inside(event);
    if (!link || !isOurs(link)) return;
    link.dataset.own = link.dataset.own || link.getAttribute("href");
    const url = new URL(link.dataset.own, document.baseURI);
    const now = new URLSearchParams(location.search);
    for (const group of link.matches(".pm-anew") ? groups.look : groups.view) {
      if (group.some((name) => url.searchParams.has(name))) continue;
      for (const name of group) now.getAll(name).forEach((value) => url.searchParams.append(name, value));
    }
    link.href = url.href;
  }

  // A plain click on a link to another page of the app is a step of the same session, which keeps what
  // the session holds: layers of one's own, decisions not saved yet. The step is one entry of the
  // history, and the page is told as after Back or Forward: it reads its view from the address. With a
  // key held down, or another button, the link is the browser's as ever.
  const isPlain = (event) => !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const isPage = (link) => new URL(".", link).href === new URL(".", location).href && groups.pages.includes(link.pathname.split("/").pop());

  function step(event) {
    const link = inside(event);
    if (!link || !isPlain(event) || !isOurs(link) || !isPage(link)) return;
    event.preventDefault();
    // the browser's own push: the place of the map goes along only where the link says so
    if (link.href !== location.href) History.prototype.pushState.call(history, {}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }

  // before it is followed, copied or opened elsewhere, by mouse or by key
  for (const when of ["pointerdown", "focusin", "click"]) document.addEventListener(when, carry, true);
  document.addEventListener("click", step);
})();
