// What a page does beyond htmx: the menu on small screens, clocks that count, digits of other scripts.
"use strict";
(function () {
  const digits = document.body.dataset.digits || "0123456789";
  const local = (text) => text.replace(/[0-9]/g, (digit) => digits[Number(digit)]);

  // 3:05, 1:03:05
  function clockOf(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const two = (value) => String(value).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return local(hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`);
  }

  function tick() {
    for (const each of document.querySelectorAll("[data-since]")) {
      each.textContent = clockOf((Date.now() - Date.parse(each.dataset.since)) / 1000);
    }
    for (const each of document.querySelectorAll("[data-until]")) {
      const left = (Date.parse(each.dataset.until) - Date.now()) / 1000;
      each.dir = "ltr";
      each.textContent = clockOf(left);
      if (left <= -2 && !each.dataset.over) {
        each.dataset.over = "yes";
        window.location.reload();
      }
    }
  }
  tick();
  window.setInterval(tick, 1000);

  // Rows shown as cards lose their meaning to screen readers; the roles give it back.
  function giveRoles(within) {
    for (const table of within.querySelectorAll("table.table-cards")) {
      table.setAttribute("role", "table");
      for (const row of table.rows) {
        row.setAttribute("role", "row");
        for (const cell of row.cells) {
          const head = cell.tagName === "TH";
          cell.setAttribute("role", head ? (cell.scope === "row" ? "rowheader" : "columnheader") : "cell");
        }
      }
    }
  }
  giveRoles(document);
  document.body.addEventListener("htmx:afterSwap", (event) => {
    giveRoles(event.target);
    tick();
  });

  for (const button of document.querySelectorAll("[data-opens]")) {
    const opened = document.getElementById(button.dataset.opens);
    button.addEventListener("click", () => {
      const shown = opened.classList.toggle("show");
      button.setAttribute("aria-expanded", String(shown));
    });
  }

  // Menus that drop down close when one looks elsewhere.
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("details.drop[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.drop[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  // Arabic, Persian and full-width digits typed into a number that is dialled become Western ones.
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !("western" in field.dataset)) return;
    const western = field.value.replace(/[٠-٩۰-۹０-９]/g, (digit) => String(digit.normalize("NFKC").codePointAt(0) & 15));
    if (western !== field.value) field.value = western;
  });

  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
})();
