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
