// The whole of our script. Every page works without it: answers that depend on another answer are
// then simply visible.
import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  SkipLink,
  createAll,
} from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(Radios);
createAll(SkipLink);

// A page that keeps what was typed on every way off it, for the ways outside its form as well.
const kept = document.querySelector("form[data-keeps=next]");
if (kept) {
  let typed = false;
  kept.addEventListener("input", () => {
    typed = true;
  });
  kept.addEventListener("submit", () => {
    typed = false;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey);
    const away = link && link.origin === location.origin && link.pathname !== location.pathname;
    if (!typed || !plain || !away || link.target || event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    const next = document.createElement("input");
    next.type = "hidden";
    next.name = "next";
    next.value = link.pathname + link.search + link.hash;
    kept.append(next);
    kept.requestSubmit();
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) {
      event.preventDefault();
    }
  });
}

// Other forms that record something are kept when their button is pressed: leaving them with
// something typed asks first.
for (const form of document.querySelectorAll("main form[method=post]:not([data-keeps])")) {
  let typed = false;
  form.addEventListener("input", () => {
    typed = true;
  });
  form.addEventListener("submit", () => {
    typed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) {
      event.preventDefault();
    }
  });
}
