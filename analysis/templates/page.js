"use strict";
// Sort buttons for every table of data, and a filter box for the longer ones. Nothing is built from strings of HTML.
for (const table of document.querySelectorAll("table.data")) {
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  const key = (row, i) => row.cells[i].dataset.value ?? row.cells[i].textContent.trim();
  const compare = (a, b) => a === "" || b === "" ? (a === "") - (b === "")
    : isNaN(a) || isNaN(b) ? a.localeCompare(b, undefined, { numeric: true }) : a - b;
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.onclick = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const empty = row => key(row, i) === "";
      body.append(...rows.toSorted((a, b) => (down && !empty(a) && !empty(b) ? -1 : 1) * compare(key(a, i), key(b, i))));
    };
  });
  if (rows.length < 8) continue;
  const label = document.createElement("label"), input = document.createElement("input"), count = document.createElement("output");
  const words = rows.map(row => row.textContent.toLowerCase());
  input.type = "search";
  label.append("Filter the rows ", input);
  input.oninput = () => {
    const wanted = input.value.toLowerCase().split(/\s+/);
    rows.forEach((row, i) => { row.hidden = !wanted.every(word => words[i].includes(word)); });
    count.textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length} rows`;
  };
  const bar = document.createElement("div");
  bar.className = "filter";
  bar.append(label, count);
  table.parentNode.before(bar);
}

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
