// Every table of data: sorting and searching by DataTables, copying what it shows at full precision.
{
  const FEW = 20; // rows that are seen at once, and need no filter
  const last = way => (a, b) => a === "" || b === "" ? (a === "") - (b === "")
    : way * (isNaN(a) || isNaN(b) ? a.localeCompare(b, undefined, { numeric: true }) : a - b);
  DataTable.type("people", { order: { asc: last(1), desc: last(-1) }, search: DataTable.type("html").search });
  const made = [...document.querySelectorAll("table.data")].filter(table => table.tBodies[0].rows.length).map(table => {
    const scroll = table.closest(".scroll"), count = table.tBodies[0].rows.length;
    for (const cell of table.querySelectorAll("tbody > tr > *")) {
      cell.dataset.order = cell.dataset.value ?? cell.textContent.trim();
    }
    const data = new DataTable(table, {
      paging: false, autoWidth: false, order: [], searching: count > FEW, info: count > FEW,
      layout: { topStart: count > FEW ? "search" : null, topEnd: count > FEW ? "info" : null, bottomStart: null, bottomEnd: null },
      columnDefs: [{ targets: "_all", type: "people" }],
      language: {
        search: "Filter the rows", info: "_TOTAL_ of _MAX_ rows", infoEmpty: "0 of _MAX_ rows", infoFiltered: "",
        zeroRecords: "No row holds these words.",
      },
    });
    // What scrolls is the table alone, under the box that filters it.
    const around = data.table().container(), inner = table.parentNode;
    scroll.before(around);
    inner.append(scroll);
    scroll.append(table);
    return data;
  });
  // A link to a row that a filter hides shows the row.
  addEventListener("hashchange", () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || document.getElementById(id)) return;
    made.forEach(data => data.search("").draw());
    document.getElementById(id)?.scrollIntoView();
  });
  // Cells that are copied together keep their tabs, and numbers every digit; a part of one cell is copied as it reads.
  document.addEventListener("copy", event => {
    const selection = getSelection();
    for (const table of document.querySelectorAll("table.data")) {
      const box = table.closest(".table");
      if (selection.isCollapsed || !box?.contains(selection.anchorNode) || !box.contains(selection.focusNode)) continue;
      const lines = [...table.rows].map(row => [...row.cells].filter(cell => selection.containsNode(cell, true)));
      const chosen = lines.filter(cells => cells.length);
      if (chosen.flat().length < 2) continue;
      const words = cell => cell.classList.contains("number") && cell.dataset.value || cell.innerText.replace(/\s+/g, " ").trim();
      event.clipboardData.setData("text/plain", chosen.map(cells => cells.map(words).join("\t")).join("\n"));
      event.preventDefault();
    }
  });
  // The file in the link as tabs, which spreadsheets take.
  for (const link of document.querySelectorAll(".take a")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", link.getAttribute("aria-label").replace(/^Download as CSV/, "Copy"));
    button.onclick = async () => {
      const bytes = Uint8Array.from(atob(link.href.split(",")[1]), letter => letter.charCodeAt(0));
      const csv = new TextDecoder().decode(bytes);
      const said = document.createElement("span");
      said.setAttribute("role", "status");
      button.nextElementSibling?.remove();
      button.after(said);
      try {
        await navigator.clipboard.writeText(csv.replace(/("(?:[^"]|"")*")|,/g, (_, quoted) => quoted ?? "\t"));
        said.textContent = " Copied.";
      } catch { said.textContent = " The browser does not allow copying here; download the file."; }
    };
    link.after(" ", button);
  }
}
