// What textual.js reads before it connects: under the name by which this page was reached, whatever stands between.
const terminal = document.querySelector(".textual-terminal");
const size = Number(new URLSearchParams(location.search).get("fontsize"));
terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";
terminal.dataset.fontSize = size >= 8 && size <= 40 ? size : 16;
// Keys go to the terminal at once: as soon as it is connected, which textual.js tells by a class.
new MutationObserver((_, watching) => {
  if (document.body.classList.contains("-loaded")) {
    watching.disconnect();
    document.querySelector(".xterm-helper-textarea").focus();
  }
}).observe(document.body, { attributes: true });
