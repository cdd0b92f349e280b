"use strict";
/* The neighbourhood of a firm. The server wrote who stands where; here it is drawn and walked.
   Every move is a link of the table beside the picture, so that both always agree. */
(function () {
  const HS = window.HS;
  if (!HS || !window.echarts) return;
  const C = HS.C;
  const PHONE = matchMedia("(max-width: 720px)");
  const LAYERS = { goods: C.mid, invoice: C.grey, cash: C.blue };
  const COLOURS = { self: C.ink, anchor: C.water, supplier: C.mid, buyer: C.amber };
  const ROW = 30;

  function tall(d, el) {
    const counts = {};
    d.nodes.forEach(function (n) { counts[n.column] = (counts[n.column] || 0) + 1; });
    const most = Math.max.apply(null, Object.values(counts));
    const least = el.classList.contains("ego-big") ? 560 : most < 4 ? 300 : 430;
    return Math.max(least, most * (most > 40 ? 17 : ROW) + 40);
  }

  /* Columns from left to right: suppliers' suppliers, suppliers, the firm, buyers, theirs. A side
     without anybody takes less room. */
  function across(d, w) {
    const columns = d.nodes.map(function (n) { return n.column; });
    const low = Math.min(-0.35, Math.min.apply(null, columns)), high = Math.max(0.35, Math.max.apply(null, columns));
    const edge = w > 520 ? Math.min(156, w * 0.24) : w * 0.3, step = (w - 2 * edge) / (high - low);
    return function (n) {
      const turn = n.column ? Math.min(step * 0.14, 34) * n.inset * (n.column < 0 ? 1 : -1) : 0;
      return edge + (n.column - low) * step + turn;
    };
  }

  function size(n, crowded) {
    const full = n.role === "self" ? 44 : n.more ? 22 : 13 + 25 * Math.sqrt(n.share / 1e4);
    return crowded && n.role !== "self" ? full * 0.6 : full;
  }

  function option(d, el, picked) {
    const w = el.clientWidth, h = el.clientHeight, x = across(d, w);
    const crowded = d.nodes.length > 60, most = w > 900 ? 14 : w > 520 ? 9 : 5;
    const near = picked && new Set([picked]);
    if (picked) d.links.forEach(function (l) { if (l.from === picked) near.add(l.to); if (l.to === picked) near.add(l.from); });
    const seen = function (key) { return !near || near.has(key); };
    const cut = function (name) { return name.length > most ? name.slice(0, most - 1) + "…" : name; };
    const layers = d.layers.length;
    return {
      tooltip: { trigger: "item", formatter: function (p) { return p.data.tip || ""; } },
      series: [{
        type: "graph", layout: "none", coordinateSystem: null, left: 0, right: 0, top: 0, bottom: 0, edgeSymbol: ["none", "arrow"], cursor: "pointer",
        data: [{ id: "c0", name: "", x: 0, y: 0, symbolSize: 0.01, silent: true }, { id: "c1", name: "", x: w, y: h, symbolSize: 0.01, silent: true }].concat(d.nodes.map(function (n) {
          const shown = seen(n.key), isSelf = n.role === "self";
          return {
            id: n.key, name: n.key, x: x(n), y: 20 + n.y / 1000 * (h - 40), symbolSize: size(n, crowded), tip: n.tip,
            itemStyle: Object.assign(n.more ? { color: "#fff", borderColor: C.grey, borderWidth: 1.5, borderType: "dashed" } : { color: COLOURS[n.role], borderColor: n.key === picked ? C.ink : "#fff", borderWidth: n.key === picked ? 3 : 2 }, { opacity: shown ? 1 : 0.18 }),
            label: { show: shown && (!crowded || n.share > 400 || n.key === picked || !!near || n.more), position: isSelf ? "bottom" : n.column < 0 ? "left" : "right", formatter: cut(n.label), color: C.ink, fontSize: crowded ? 11 : 12, fontWeight: isSelf || n.key === picked ? 600 : 400, textBorderColor: "#fff", textBorderWidth: 3 },
          };
        })),
        links: d.links.map(function (l) {
          const place = layers > 1 ? (d.layers.indexOf(l.layer) - (layers - 1) / 2) * 0.07 : 0;
          return {
            source: l.from, target: l.to, key: l.key, rows: l.rows, tip: l.tip, symbolSize: [0, 4 + 5 * Math.sqrt(l.share / 1e4)],
            lineStyle: { width: Math.max(1.2, 7 * Math.sqrt(l.share / 1e4)), color: l.bad ? C.red : LAYERS[l.layer], opacity: !seen(l.from) || !seen(l.to) || (picked && l.from !== picked && l.to !== picked) ? 0.08 : l.bad ? 0.95 : 0.72, type: l.bad ? [6, 4] : "solid", curveness: l.round ? 0.3 : place },
            label: l.words ? { show: true, formatter: l.words, color: C.red, fontSize: 11, textBorderColor: "#fff", textBorderWidth: 3 } : { show: false },
          };
        }),
      }],
    };
  }

  function draw(figure) {
    if (figure.dataset.drawn) return;
    figure.dataset.drawn = "1";
    const el = figure.querySelector(".ego-pic"), say = figure.querySelector(".ego-say"), table = figure.querySelector(".ch-table");
    const d = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const by = {};
    d.nodes.forEach(function (n) { by[n.key] = n; });
    let picked = "";
    el.hidden = false;
    el.style.height = tall(d, el) + "px";
    const chart = window.echarts.init(el, null, { renderer: "canvas" });

    function set() {
      const drawn = option(d, el, picked);
      drawn.tooltip = Object.assign({}, HS.tip("money"), drawn.tooltip);
      chart.setOption(Object.assign({ animation: false, aria: { enabled: true, label: { description: d.label } }, textStyle: { fontFamily: HS.font, color: C.ink } }, drawn), true);
      /* A picture that is walked by keys is more than an image. */
      el.setAttribute("role", "application");
    }
    function rows(address) {
      if (address && window.htmx) window.htmx.ajax("GET", address, { target: "#ego-rows", swap: "innerHTML show:nearest" });
    }
    function row(key) { return document.getElementById("row-" + key); }
    function press(key, what) {
      const link = row(key) && row(key).querySelector("[data-" + what + "]");
      if (link) link.click();
      return !!link;
    }
    function pick(key) {
      if (picked && row(picked)) row(picked).classList.remove("sel");
      picked = key === picked ? "" : key;
      const node = by[picked], line = picked && row(picked);
      say.textContent = node ? node.tip : d.hint;
      if (line) {
        line.classList.add("sel");
        const box = line.closest(".ch-scroll");
        if (box && box.scrollHeight > box.clientHeight) box.scrollTop = line.offsetTop - box.clientHeight / 2;
      }
      set();
    }
    function beside(key) {
      const from = by[picked] || by[d.self];
      const turn = { ArrowLeft: -1, ArrowRight: 1 }[key];
      if (turn) {
        const column = d.nodes.filter(function (n) { return n.column === from.column + turn; });
        return column.sort(function (a, b) { return Math.abs(a.y - from.y) - Math.abs(b.y - from.y); })[0];
      }
      const own = d.nodes.filter(function (n) { return n.column === from.column; }).sort(function (a, b) { return a.y - b.y; });
      return own[own.indexOf(from) + (key === "ArrowDown" ? 1 : -1)];
    }

    set();
    chart.on("click", function (p) {
      if (p.dataType === "edge") { rows(p.data.rows); return; }
      if (by[p.data.id]) pick(p.data.id);
    });
    chart.on("dblclick", function (p) { if (p.dataType === "node") press(p.data.id, "expand"); });
    chart.getZr().on("click", function (event) { if (!event.target && picked) pick(picked); });
    el.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter" && picked) press(picked, "expand");
      else if (event.key === " " && picked) press(picked, "edge");
      else if (event.key === "Escape" && picked) pick(picked);
      else if (event.key.startsWith("Arrow")) {
        const next = picked ? beside(event.key) : by[d.self];
        if (next && next.key !== picked) pick(next.key);
      } else return;
      event.preventDefault();
    });
    /* A line of the table under the pointer is the node in the picture. */
    table.addEventListener("click", function (event) {
      const line = event.target.closest("tr[id^='row-']");
      if (line && !event.target.closest("a")) pick(line.id.slice(4));
    });
    HS.redraw(el, function () { chart.clear(); el.style.height = tall(d, el) + "px"; chart.resize(); set(); });
    if (!figure.classList.contains("ego-open")) table.open = PHONE.matches;
  }

  function all(root) { root.querySelectorAll("figure[data-ego]").forEach(draw); }
  all(document);
  document.addEventListener("htmx:afterSettle", function () { all(document); });
})();
