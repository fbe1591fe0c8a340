// Tells the page that opened this window what was done in it; only a page of this site hears it.
"use strict";
{
  const { action, value, text } = document.getElementById("popup-response").dataset;
  window.opener?.postMessage({ type: "djr:row", action, value, text }, window.location.origin);
}
