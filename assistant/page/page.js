// What textual.js reads before it connects: under the name by which this page was reached, whatever stands between.
const terminal = document.querySelector(".textual-terminal");
const size = Number(new URLSearchParams(location.search).get("fontsize"));
terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";
terminal.dataset.fontSize = size >= 8 && size <= 40 ? size : 16;
