/* The library's search, filters and sorting. Without this file all evals are still there, as lists.
   Text goes in through textContent and never as markup. */
(() => {
  "use strict";

  const CARDS_AT_ONCE = 60;
  const { fillIn, keepInAddress, readAddress, ticked } = window.evalcForms;

  /** The values that an eval has in each filter. */
  const VALUES = {
    category: (entry) => [entry.category],
    severity: (entry) => Object.keys(entry.severities),
    verdict: (entry) => entry.verdicts,
    scoring: (entry) => entry.scoring,
    status: (entry) => [entry.status],
    vendor: (entry) => [entry.vendor],
    agent: (entry) => (entry.agent_type ? [entry.agent_type] : []),
    metric: (entry) => entry.metrics,
    tag: (entry) => entry.tags,
  };

  /** How evals can be put in order; what is not known comes last. */
  const ORDERS = {
    title: (one, other) => one.title.localeCompare(other.title),
    cases: (one, other) => other.cases - one.cases,
    rate: (one, other) => lowestRate(one) - lowestRate(other),
    newest: (one, other) => newest(other).localeCompare(newest(one)),
  };

  const lowestRate = (entry) => Math.min(2, ...entry.targets.map((target) => target.rate ?? 2));
  const newest = (entry) => entry.targets.reduce((last, target) => (target.started_at > last ? target.started_at : last), "");

  class Library {
    constructor(form) {
      this.form = form;
      this.output = form.querySelector("output");
      this.clear = form.querySelector("[data-ev-clear]");
      this.list = document.querySelector("[data-ev-cards]");
      this.rest = document.querySelector("[data-ev-rest]");
      this.more = document.querySelector("[data-ev-more]");
      this.counts = new Map();
      for (const box of form.querySelectorAll("input[type=checkbox]")) {
        const count = box.parentElement.querySelector(".ev-toggle__count");
        this.counts.set(`${box.name}\n${box.value}`, { box, count, written: count.textContent });
      }
      this.written = [...this.list.children];
      this.loaded = null;
      this.hits = [];
      this.shown = 0;
      // On a small screen the evals would stand below a page of filters.
      if (matchMedia("(max-width: 44rem)").matches) form.querySelector(".ev-filters").open = false;
      form.hidden = false;
      form.addEventListener("input", () => this.update());
      // Whoever comes near will want the list.
      for (const sign of ["focusin", "pointerenter"]) form.addEventListener(sign, () => this.load().catch(() => {}), { once: true });
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
      if (readAddress(this.form)) {
        for (const part of this.form.querySelectorAll("details:has(:checked)")) part.open = true;
        this.update();
      } else this.showWritten();
    }

    words() {
      return this.form.elements.find.value.toLowerCase().split(/\s+/).filter(Boolean);
    }

    async update() {
      keepInAddress(this.form);
      const words = this.words();
      const chosen = ticked(this.form);
      const order = this.form.elements.sort.value;
      this.clear.hidden = !words.length && !chosen.size;
      if (this.clear.hidden && !order) return this.showWritten();
      const asked = (this.asked = Symbol());
      let items;
      try {
        items = await this.load();
      } catch {
        this.output.textContent = this.form.dataset.evFailed;
        return;
      }
      // What was asked for while the list was on its way has started an update of its own.
      if (this.asked !== asked) return;
      const { hits, counts } = search(items, words, chosen);
      if (order) hits.sort((one, other) => ORDERS[order](one[0], other[0]));
      this.hits = hits;
      this.list.replaceChildren();
      this.shown = 0;
      this.showMore();
      this.showCounts(counts);
      if (this.rest) this.rest.hidden = true;
      this.output.textContent = hits.length
        ? fillIn(this.form.dataset.evFound, { shown: hits.length, total: items.length })
        : this.form.dataset.evNone;
    }

    load() {
      return (this.loaded ??= this.fetchList().catch((failure) => {
        this.loaded = null;
        throw failure;
      }));
    }

    async fetchList() {
      const response = await fetch(this.form.dataset.evLibrary);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return (await response.json()).evals.map((entry) => ({
        entry,
        text: [entry.title, entry.vendor_title, entry.category, entry.agent_type, entry.description]
          .concat(entry.metrics, entry.tags)
          .join("\n")
          .toLowerCase(),
        cases: entry.case_titles.join("\n").toLowerCase(),
        values: Object.fromEntries(Object.entries(VALUES).map(([name, of]) => [name, of(entry)])),
      }));
    }

    showWritten() {
      this.asked = null;
      this.list.replaceChildren(...this.written);
      this.hits = null;
      this.shown = this.written.length;
      this.more.parentElement.hidden = !this.rest;
      if (this.rest) this.rest.hidden = false;
      for (const { box, count, written } of this.counts.values()) mark(box, count, written);
      this.output.textContent = "";
    }

    async showMore() {
      const hits = this.hits ?? (await this.load()).map(({ entry }) => [entry, ""]);
      const next = hits.slice(this.shown, this.shown + CARDS_AT_ONCE);
      this.list.append(...next.map(([entry, hit]) => this.card(entry, hit)));
      this.shown += next.length;
      this.more.parentElement.hidden = this.shown >= hits.length;
      if (this.rest) this.rest.hidden = true;
    }

    /** How many evals each value would leave, whatever else its own filter says. */
    showCounts(counts) {
      for (const [key, { box, count }] of this.counts) mark(box, count, String(counts.get(key) ?? 0));
    }

    card(entry, hit) {
      const card = document.querySelector("[data-ev-card]").content.cloneNode(true);
      const slot = (name) => card.querySelector(`[data-slot=${name}]`);
      for (const name of ["initials", "vendor_title", "title", "category", "description"]) slot(name).textContent = entry[name];
      slot("initials").className = `ev-avatar ev-avatar--small ev-hue-${Number(entry.hue)}`;
      const cases = slot("cases");
      cases.textContent = fillIn(entry.cases === 1 ? cases.dataset.one : cases.dataset.many, { n: entry.cases });
      slot("hit").textContent = hit;
      slot("hit").hidden = !hit;
      const marks = [...entry.verdicts, ...(entry.is_scripted ? ["scripted"] : [])];
      slot("marks").replaceChildren(
        ...marks.flatMap((name) => [document.querySelector(`[data-ev-mark="${name}"]`).content.cloneNode(true), " "]),
      );
      card.querySelector("a").setAttribute("href", this.form.dataset.evRoot + encodeURI(entry.path));
      return card;
    }
  }

  function mark(box, count, words) {
    if (count.textContent !== words) count.textContent = words;
    box.parentElement.classList.toggle("ev-toggle--none", words === "0" && !box.checked);
  }

  /** The evals that fit, each with the case it was found by, and how many fit with each value of each filter. */
  function search(items, words, chosen) {
    const wanted = [...chosen].map(([name, values]) => [name, new Set(values)]);
    const hits = [];
    const counts = new Map();
    for (const item of items) {
      const hit = findWords(item, words);
      if (hit === null) continue;
      const failed = wanted.filter(([name, values]) => !item.values[name].some((value) => values.has(value)));
      if (!failed.length) hits.push([item.entry, hit]);
      // An eval that only one filter keeps out would be back with another value of that one.
      if (failed.length > 1) continue;
      for (const name of failed.length ? [failed[0][0]] : Object.keys(VALUES)) {
        for (const value of item.values[name]) {
          const key = `${name}\n${value}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
    }
    return { hits, counts };
  }

  /** The title of the case that has the words which the eval itself lacks, empty where it lacks none, or null. */
  function findWords({ entry, text, cases }, words) {
    const missing = words.filter((word) => !text.includes(word));
    if (!missing.length) return "";
    if (!missing.every((word) => cases.includes(word))) return null;
    const at = cases.split("\n").findIndex((title) => missing.every((word) => title.includes(word)));
    return at < 0 ? null : entry.case_titles[at];
  }

  function start() {
    for (const form of document.querySelectorAll("form[data-ev-library][hidden]")) new Library(form);
  }

  // Material can load the next page without leaving this one, and tells so.
  if (typeof document$ === "undefined") start();
  else document$.subscribe(start);
})();
