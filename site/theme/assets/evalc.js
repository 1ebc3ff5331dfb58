/* Help that a page can do without: without this file every eval, case, answer and link is still there.
   Text goes in through textContent and never as markup. */
(() => {
  "use strict";

  /** The values of the ticked boxes of a form, by name. */
  function ticked(form) {
    const chosen = new Map();
    for (const box of form.querySelectorAll("input[type=checkbox]:checked")) {
      chosen.set(box.name, [...(chosen.get(box.name) ?? []), box.value]);
    }
    return chosen;
  }

  /** Puts what a form says into the page's address, where it can be shared and come back to. */
  function keepInAddress(form) {
    const address = new URL(location.href);
    for (const field of form.elements) {
      if (field.name) address.searchParams.delete(field.name);
    }
    for (const [name, value] of new FormData(form)) {
      if (String(value).trim()) address.searchParams.append(name, String(value).trim());
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  /** Sets a form as the page's address says; whether that sets anything. */
  function readAddress(form) {
    const said = new URLSearchParams(location.search);
    let isSet = false;
    for (const field of form.elements) {
      if (!field.name) continue;
      if (field.type === "checkbox") field.checked = said.getAll(field.name).includes(field.value);
      else field.value = said.get(field.name) ?? "";
      isSet ||= field.type === "checkbox" ? field.checked : field.value !== "";
    }
    return isSet;
  }

  function fillIn(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /* -------------------------------------------------------------- The cases of an eval */

  class Cases {
    constructor(form) {
      this.form = form;
      this.cases = [...document.querySelectorAll(".ev-case")];
      this.output = form.querySelector("output");
      form.hidden = false;
      form.addEventListener("input", () => this.update());
      form.addEventListener("submit", (event) => event.preventDefault());
      addEventListener("hashchange", () => this.reveal());
      if (readAddress(form)) this.update();
      this.reveal();
    }

    update() {
      keepInAddress(this.form);
      const chosen = ticked(this.form);
      let shown = 0;
      for (const found of this.cases) {
        const isShown = [...chosen].every(([name, values]) => {
          const own = found.dataset[name].split(" ");
          return values.some((value) => own.includes(value));
        });
        found.hidden = !isShown;
        shown += isShown;
      }
      this.output.textContent = fillIn(this.form.dataset.evShown, { shown, total: this.cases.length });
    }

    /** Shows the case that the address leads to, even where a filter hides it. */
    reveal() {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target?.hidden || !this.cases.includes(target)) return;
      target.hidden = false;
      target.scrollIntoView();
    }
  }

  /* -------------------------------------------------------------- Commands to copy */

  function offerCopy(button) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
      button.textContent = button.dataset.evCopied;
      setTimeout(() => (button.textContent = words), 2000);
    });
  }

  /** What the script of the library uses too. */
  window.evalcForms = { fillIn, keepInAddress, readAddress, ticked };

  function start() {
    for (const form of document.querySelectorAll("form[data-ev-cases][hidden]")) new Cases(form);
    if (navigator.clipboard) document.querySelectorAll("[data-ev-copy][hidden]").forEach(offerCopy);
  }

  // Material can load the next page without leaving this one, and tells so.
  if (typeof document$ === "undefined") start();
  else document$.subscribe(start);
})();
