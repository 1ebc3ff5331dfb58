/* Help that a page can do without: without this file every eval, case, answer and link is still there.
   Text goes in through textContent and never as markup. */
(() => {
  "use strict";

  const CARDS_AT_ONCE = 60;

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

  /* -------------------------------------------------------------- The library */

  class Library {
    constructor(form) {
      this.form = form;
      this.output = form.querySelector("output");
      this.clear = form.querySelector("[data-ev-clear]");
      this.list = document.querySelector("[data-ev-cards]");
      this.rest = document.querySelector("[data-ev-rest]");
      this.more = document.querySelector("[data-ev-more]");
      this.written = [...this.list.children];
      this.loaded = null;
      this.hits = [];
      this.shown = 0;
      form.hidden = false;
      form.addEventListener("input", () => this.update());
      this.clear.addEventListener("click", () => {
        form.reset();
        // The button is about to go, and takes the focus with it.
        form.elements.find.focus();
        this.update();
      });
      form.addEventListener("submit", (event) => event.preventDefault());
      this.more.addEventListener("click", () => this.showMore());
      addEventListener("popstate", () => this.start());
      this.start();
    }

    start() {
      if (readAddress(this.form)) this.update();
      else this.showWritten();
    }

    async update() {
      keepInAddress(this.form);
      const words = this.form.elements.find.value.toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = ticked(this.form);
      this.clear.hidden = !words.length && !chosen.size;
      if (this.clear.hidden) return this.showWritten();
      let entries;
      try {
        entries = await (this.loaded ??= this.load());
      } catch {
        this.loaded = null;
        this.output.textContent = this.form.dataset.evFailed;
        return;
      }
      // What was typed while the list was on its way has started an update of its own.
      if (words.join(" ") !== this.form.elements.find.value.toLowerCase().split(/\s+/).filter(Boolean).join(" ")) return;
      this.hits = entries.map((entry) => fits(entry, words, chosen)).filter(Boolean);
      this.total = entries.length;
      this.list.replaceChildren();
      this.shown = 0;
      this.showMore();
      if (this.rest) this.rest.hidden = true;
      this.output.textContent = this.hits.length
        ? fillIn(this.form.dataset.evFound, { shown: this.hits.length, total: this.total })
        : this.form.dataset.evNone;
    }

    async load() {
      const response = await fetch(this.form.dataset.evLibrary);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return (await response.json()).evals.map((entry) => ({
        entry,
        text: [entry.title, entry.vendor_title, entry.category, entry.agent_type, entry.description]
          .concat(entry.metrics, entry.tags)
          .join("\n")
          .toLowerCase(),
        cases: entry.case_titles.map((title) => [title, title.toLowerCase()]),
        facets: {
          category: [entry.category],
          severity: Object.keys(entry.severities),
          verdict: entry.verdicts,
        },
      }));
    }

    showWritten() {
      this.list.replaceChildren(...this.written);
      this.more.parentElement.hidden = true;
      if (this.rest) this.rest.hidden = false;
      this.output.textContent = "";
    }

    showMore() {
      const next = this.hits.slice(this.shown, this.shown + CARDS_AT_ONCE);
      this.list.append(...next.map(([entry, hit]) => this.card(entry, hit)));
      this.shown += next.length;
      this.more.parentElement.hidden = this.shown >= this.hits.length;
    }

    card(entry, hit) {
      const card = document.querySelector("[data-ev-card]").content.cloneNode(true);
      const slot = (name) => card.querySelector(`[data-slot=${name}]`);
      for (const name of ["initials", "vendor_title", "title", "category"]) slot(name).textContent = entry[name];
      slot("initials").className = `ev-avatar ev-avatar--small ev-hue-${Number(entry.hue)}`;
      const cases = slot("cases");
      cases.textContent = fillIn(entry.cases === 1 ? cases.dataset.one : cases.dataset.many, { n: entry.cases });
      slot("hit").textContent = hit;
      slot("hit").hidden = !hit;
      const marks = [...entry.verdicts, ...(entry.is_scripted ? ["scripted"] : [])];
      slot("marks").replaceChildren(
        ...marks.flatMap((mark) => [document.querySelector(`[data-ev-mark="${mark}"]`).content.cloneNode(true), " "]),
      );
      card.querySelector("a").setAttribute("href", this.form.dataset.evRoot + encodeURI(entry.path));
      return card;
    }
  }

  /** An entry with the case that a search found it by, or null where a word or a filter does not fit. */
  function fits({ entry, text, cases, facets }, words, chosen) {
    for (const [name, values] of chosen) {
      if (!values.some((value) => facets[name].includes(value))) return null;
    }
    const missing = words.filter((word) => !text.includes(word));
    if (!missing.length) return [entry, ""];
    const found = cases.find(([, lower]) => missing.every((word) => lower.includes(word)));
    return found ? [entry, found[0]] : null;
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

  function start() {
    for (const form of document.querySelectorAll("form[data-ev-library][hidden]")) new Library(form);
    for (const form of document.querySelectorAll("form[data-ev-cases][hidden]")) new Cases(form);
    if (navigator.clipboard) document.querySelectorAll("[data-ev-copy][hidden]").forEach(offerCopy);
  }

  // Material can load the next page without leaving this one, and tells so.
  if (typeof document$ === "undefined") start();
  else document$.subscribe(start);
})();
