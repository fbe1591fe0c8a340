// In the window of a look-up the links of a list choose a row, in place of leading to its form.
"use strict";
if (document.body.matches(".popup:not(.change-form)") && window.opener) {
  const unquoted = (key) => key.replace(/_([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("tbody th a[href], tbody td a[href]");
    const key = link?.pathname.match(/\/([^/]+)\/change\/$/);
    if (!key) return;
    event.preventDefault();
    const value = unquoted(decodeURIComponent(key[1]));
    const message = { type: "djr:row", action: "lookup", value, text: link.textContent };
    window.opener.postMessage(message, window.location.origin);
  });
}
