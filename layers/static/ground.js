// The library takes its grey away before the map in the frame has said how high it is: for some
// frames there would be a hole, and the page would jump. Until then the frame keeps its height.
"use strict";
new MutationObserver((changes) => {
  for (const { target, oldValue } of changes) {
    if (!target.matches('iframe[title*="st_folium"]')) continue;
    if (target.getAttribute("height") !== "0") target.style.minHeight = "";
    else if (oldValue > 0) target.style.minHeight = `${oldValue}px`;
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["height"], attributeOldValue: true });
