// The switch in the legend that hides what is less sure than the user wants. It hides on the map
// only: lists and downloads keep what the filters mean, and the legend says how much is hidden.
"use strict";
planmap.sure = (function () {
  const ENOUGH = { all: ["site", "locality"], locality: ["site", "locality"], site: ["site"] };
  let wanted = "all";

  function enough(records) {
    return { classes: ENOUGH[wanted], badges: wanted === "all" ? records.badges : [] };
  }

  function hidden(records) {
    const all = new Set(records.badges.flatMap((town) => town.ids));
    const { classes, badges } = enough(records);
    return (classes.includes("locality") ? 0 : records.localities) + (badges.length ? 0 : all.size);
  }

  function offer(legend, records, redraw) {
    const words = records.words;
    const box = planmap.element("section", "planmap-sure");
    const label = planmap.element("label", "", words.sure_title);
    const select = planmap.element("select");
    for (const code of Object.keys(ENOUGH)) {
      const option = planmap.element("option", "", words["sure_" + code]);
      option.value = code;
      option.selected = code === wanted;
      select.append(option);
    }
    const note = planmap.element("p");
    const say = () => {
      const count = hidden(records);
      note.textContent = count ? words.sure_hidden.replace("{count}", count) : "";
    };
    select.addEventListener("change", () => {
      wanted = select.value;
      redraw();
      say();
    });
    label.append(select);
    box.append(label, note);
    say();
    legend.querySelector("summary").after(box);
  }

  return { enough, offer };
})();
