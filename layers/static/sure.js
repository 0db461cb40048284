// The switch in the legend that hides what is less sure than the user wants. It hides on the map
// only: lists and downloads keep what the filters mean, and the legend says how much is hidden.
"use strict";
planmap.sure = (function () {
  const CHOICES = ["all", "locality", "site"];
  let wanted = "all";
  let tell = () => {};

  const keeps = (locality) => wanted !== "site" || !locality;
  const badges = (records) => (wanted === "all" ? records.badges : []);

  function hidden(records) {
    const townships = new Set(records.badges.flatMap((town) => town.ids)).size;
    return planmap.things.hidden() + (wanted === "all" ? 0 : townships);
  }

  function offer(legend, records, redraw) {
    const { element } = planmap.kit;
    const words = records.words;
    const box = element("section", "planmap-sure");
    const label = element("label", "", words.sure_title);
    const select = element("select");
    for (const code of CHOICES) {
      const option = element("option", "", words["sure_" + code]);
      option.value = code;
      option.selected = code === wanted;
      select.append(option);
    }
    const note = element("p");
    tell = () => {
      const count = hidden(records);
      note.textContent = count ? words.sure_hidden.replace("{count}", count) : "";
    };
    select.addEventListener("change", () => {
      wanted = select.value;
      redraw();
      tell();
    });
    label.append(select);
    box.append(label, note);
    tell();
    legend.querySelector("summary").after(box);
  }

  return { keeps, badges, offer, tell: () => tell() };
})();
