// Material makes a navigation landmark without a name around the copy button of each block of code.
// A list of a page's landmarks is for finding one's way, so these are taken out of it.
new MutationObserver(() => {
  for (const bar of document.querySelectorAll("nav.md-code__nav:not([role])")) bar.setAttribute("role", "none");
}).observe(document.documentElement, { childList: true, subtree: true });
