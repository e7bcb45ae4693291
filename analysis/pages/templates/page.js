"use strict";
// The card of a figure: open while the pointer or the focus is on the figure or on the card; a first tap opens it, a
// second follows the link; Escape closes it.
const CARD_STAYS = 300; // milliseconds, to get from the figure to its card
let open = null, closing = 0;
const close = () => { clearTimeout(closing); open?.classList.remove("open"); open = null; };
const show = card => { clearTimeout(closing); if (open !== card) { close(); open = card; card.classList.add("open"); } };
for (const figure of document.querySelectorAll(".report .figure")) {
  const card = document.getElementById(figure.getAttribute("aria-describedby"));
  const both = [figure, card];
  const leave = () => { clearTimeout(closing); closing = setTimeout(() => {
    if (open === card && !both.some(part => part.matches(":hover, :focus, :focus-within"))) close();
  }, CARD_STAYS); };
  let finger = false;
  figure.onpointerdown = event => { finger = event.pointerType !== "mouse" && open !== card; };
  figure.onclick = event => { if (finger) { event.preventDefault(); figure.focus(); show(card); finger = false; } };
  for (const part of both) {
    part.onpointerenter = event => { if (event.pointerType === "mouse") show(card); };
    part.onpointerleave = leave;
    part.addEventListener("focusin", () => { if (!finger) show(card); });
    part.addEventListener("focusout", leave);
  }
}
document.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
document.addEventListener("pointerdown", event => { if (open && !event.target.closest(".card, .figure")) close(); });
// The page of a place or a report, by its name: as soon as one is picked from the list or typed in full; Enter takes
// the first that begins with what is typed, else the first that holds it.
const finder = document.getElementById("find");
if (finder) {
  const pages = new Map([...finder.list.options].map(one => [one.value, one.dataset.href]));
  const go = () => { if (pages.has(finder.value)) location.href = pages.get(finder.value); };
  finder.addEventListener("input", event => { if (!event.inputType || event.inputType === "insertReplacementText") go(); });
  finder.addEventListener("change", go);
  finder.addEventListener("keydown", event => {
    const said = finder.value.trim().toLowerCase(), names = [...pages.keys()];
    const found = said && (names.find(name => name.toLowerCase().startsWith(said)) ??
      names.find(name => name.toLowerCase().includes(said)));
    if (event.key === "Enter" && found) location.href = pages.get(found);
  });
  finder.closest(".find").hidden = false;
}
