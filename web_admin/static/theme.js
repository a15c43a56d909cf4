// Runs before the page is drawn, so that it is never seen in the wrong colours.
"use strict";
(function () {
  const root = document.documentElement;
  root.classList.remove("no-js");
  if (root.hasAttribute("data-chosen-theme")) return;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  follow();
  dark.addEventListener("change", follow);
})();
