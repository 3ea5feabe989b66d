"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  for (const tools of all("form[data-for]")) {
    const rows = all("[data-row]", document.getElementById(tools.dataset.for));
    const groups = all("[data-group]", document.getElementById(tools.dataset.for));
    const count = tools.querySelector("output");
    const update = () => {
      const words = (tools.elements.words?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = all("select", tools).filter((select) => select.value);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        const fits = words.every((word) => text.includes(word))
          && wanted.every((select) => row.dataset[select.name] === select.value);
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      for (const group of groups) {
        group.hidden = !group.querySelector("[data-row]:not([hidden])");
        if (group.tagName === "DETAILS") {
          group.open = words.length > 0 && !group.hidden;
        }
      }
      count.textContent = `${shown} of ${rows.length} shown`;
    };
    tools.hidden = false;
    tools.addEventListener("input", update);
    tools.addEventListener("submit", (event) => event.preventDefault());
    for (const button of all("button[data-open]", tools)) {
      button.addEventListener("click", () => {
        for (const row of rows) {
          row.open = button.dataset.open === "true";
        }
      });
    }
    update();
  }

  for (const table of all("table[data-sortable]")) {
    const body = table.tBodies[0];
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const rising = head.getAttribute("aria-sort") !== "ascending";
        for (const other of all("thead th", table)) {
          other.removeAttribute("aria-sort");
        }
        head.setAttribute("aria-sort", rising ? "ascending" : "descending");
        const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
        const order = (one, other) =>
          (Number(one) - Number(other)) || one.localeCompare(other, "en", { numeric: true });
        const compare = (one, other) => order(key(one), key(other)) * (rising ? 1 : -1);
        body.append(...[...body.rows].sort(compare));
      });
    });
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])").filter((fold) => !fold.closest(".on-screen"));
    for (const fold of opened) {
      fold.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) {
      fold.open = false;
    }
  });
})();
