"use strict";
/* Draws what the server wrote into <script type="application/json">. One theme, one tooltip mode
   (richText, so that no style is ever written into the page), no animation. Sums come in fen. */
(function () {
  const C = { ink: "#14222f", mute: "#57677a", line: "#e4e9ee", line2: "#eff2f5", water: "#0e6377", mid: "#7fb4bf", light: "#cfe4e8", amber: "#c98a2b", red: "#b3261e", green: "#1c7a55", blue: "#2858a6", grey: "#b8c3cd", pale: "#dfe6ea", amberText: "#8a5100" };
  const lang = document.documentElement.lang;
  const font = getComputedStyle(document.body).fontFamily;
  const EN = lang === "en";
  const YI = lang === "zh-Hant" ? "億" : "亿", WAN = lang === "zh-Hant" ? "萬" : "万";

  const sign = function (v) { return v < 0 ? "−" : ""; };
  const trim = function (v, places) { return v.toLocaleString("en-US", { maximumFractionDigits: places }); };
  function money(v) { return sign(v) + (Math.abs(v) / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }); }
  function short(v) {
    const yuan = Math.abs(v) / 100;
    const steps = EN ? [[1e9, "bn"], [1e6, "m"], [1e3, "k"]] : [[1e8, " " + YI], [1e4, " " + WAN]];
    for (const step of steps) if (yuan >= step[0]) return sign(v) + trim(yuan / step[0], 1) + step[1];
    return sign(v) + trim(yuan, 0);
  }
  const FULL = { money: money, count: function (v) { return sign(v) + Math.abs(v).toLocaleString("en-US"); }, percent: function (v) { return trim(v / 1e4, 2) + "%"; } };
  const SHORT = { money: short, count: FULL.count, percent: function (v) { return trim(v / 1e4, 1) + "%"; } };

  const axis = { axisLine: { lineStyle: { color: C.line } }, axisTick: { show: false }, axisLabel: { color: C.mute, fontSize: 12 }, splitLine: { lineStyle: { color: C.line2 } } };
  function yAxis(d, extra) {
    return Object.assign({ type: "value" }, axis, { axisLine: { show: false }, axisLabel: { color: C.mute, fontSize: 12, formatter: SHORT[d.unit] } }, extra || {});
  }
  const grid = { left: 8, right: 12, top: 24, bottom: 4, containLabel: true };

  function bars(d) {
    const list = d.series.map(function (s) {
      return {
        name: s.name, type: "bar", data: s.data, stack: s.stack || undefined, barMaxWidth: d.series.length > 1 && !s.stack ? 14 : 34, barGap: "15%",
        itemStyle: { color: function (p) { return p.value < 0 ? C.grey : C[s.colour]; }, borderRadius: s.stack ? 0 : [2, 2, 0, 0] },
        label: { show: s.show, position: "top", color: C.ink, fontSize: 11, fontWeight: 600, formatter: function (p) { return p.value ? SHORT[d.unit](p.value) : ""; } },
      };
    });
    if (d.running) list.push({ name: d.running.name, type: "line", step: "end", data: d.running.data, symbol: "circle", symbolSize: 6, itemStyle: { color: C.ink }, lineStyle: { width: 1.5, color: C.ink } });
    return {
      grid: Object.assign({}, grid), series: list,
      xAxis: Object.assign({ type: "category", data: d.x }, axis, { axisLine: { onZero: false, lineStyle: { color: C.line } }, axisLabel: { color: C.mute, fontSize: 12, hideOverlap: true } }),
      yAxis: yAxis(d, d.axis ? {} : { show: false }),
    };
  }

  function lines(d) {
    /* Names at the lines' ends are spread so that they never lie on each other. */
    const ends = d.series.map(function (s, i) { return { i: i, v: s.data[s.data.length - 1] }; }).sort(function (a, b) { return b.v - a.v; });
    const all = d.series.flatMap(function (s) { return s.data; });
    const top = Math.max.apply(null, all), low = Math.min.apply(null, all), gapNeeded = (top - low || 1) * 0.085;
    const shift = {};
    let last = Infinity;
    ends.forEach(function (e) { e.y = Math.min(e.v, last - gapNeeded); last = e.y; });
    /* What would fall below the axis pushes the others up. */
    let floor = low;
    ends.slice().reverse().forEach(function (e) { e.y = Math.max(e.y, floor); floor = e.y + gapNeeded; });
    ends.forEach(function (e) { shift[e.i] = (e.v - e.y) / gapNeeded * 15; });
    const list = d.series.map(function (s, i) {
      const color = C[s.colour];
      return { name: s.name, type: "line", data: s.data, symbol: "none", itemStyle: { color: color }, lineStyle: { width: s.dashed ? 2.4 : 1.8, color: color, type: s.dashed ? [5, 3] : "solid" }, endLabel: { show: true, formatter: s.name, color: s.colour === "amber" ? C.amberText : color, fontSize: 12, distance: 6, offset: [0, shift[i]] } };
    });
    if (d.gaps.length && list.length) list[list.length - 1].markArea = { silent: true, itemStyle: { color: "rgba(201,138,43,.10)" }, label: { color: C.amberText, fontSize: 11, position: "insideTop" }, data: d.gaps.map(function (g) { return [{ name: g.label, xAxis: g.from }, { xAxis: g.to }]; }) };
    return {
      grid: Object.assign({}, grid, { right: EN ? 78 : 56 }), series: list,
      xAxis: Object.assign({ type: "category", data: d.x, boundaryGap: false }, axis, { axisLabel: { color: C.mute, fontSize: 12, hideOverlap: true } }),
      yAxis: yAxis(d, { scale: true }),
    };
  }

  function steps(d) {
    const list = d.series.map(function (s, i) {
      return { name: s.name, type: "line", step: "end", symbol: "none", z: 2 + i, data: s.data, lineStyle: { width: 0 }, itemStyle: { color: C[s.colour] }, areaStyle: { color: C[s.colour], opacity: s.planned ? 0.45 : 1 } };
    });
    if (d.today) list.push({ name: d.today.label, type: "line", data: [], markLine: { silent: true, symbol: "none", lineStyle: { color: C.ink, type: [3, 3], width: 1 }, label: { color: C.ink, fontSize: 11, formatter: d.today.label + " " + d.today.at.slice(5) }, data: [{ xAxis: d.today.at }] } });
    return {
      grid: Object.assign({}, grid, { right: 24 }), series: list,
      xAxis: Object.assign({ type: "time" }, axis, { axisLabel: { color: C.mute, formatter: "{MM}-{dd}", hideOverlap: true }, splitLine: { show: false } }),
      yAxis: yAxis(d),
    };
  }

  function histogram(d) {
    const marked = {};
    d.marks.forEach(function (m) { marked[m.at] = true; });
    return {
      grid: Object.assign({}, grid, { top: 34 }),
      xAxis: Object.assign({ type: "category", data: d.x }, axis, { axisLabel: { color: C.mute, fontSize: 12, hideOverlap: true } }),
      yAxis: yAxis(d),
      series: [{
        type: "bar", barCategoryGap: "8%", data: d.data.map(function (v, i) { return { value: v, itemStyle: { color: marked[i] ? C.amber : C.mid, borderRadius: [2, 2, 0, 0] } }; }),
        markLine: { silent: true, symbol: "none", lineStyle: { color: C.ink, type: [3, 3], width: 1 }, data: d.marks.map(function (m) { return { xAxis: m.at, label: { formatter: m.label, color: C.ink, fontSize: 11 } }; }) },
      }],
    };
  }

  const KINDS = { bars: bars, lines: lines, steps: steps, histogram: histogram };

  function tip(unit) {
    return { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: "#fff", borderColor: C.line, textStyle: { color: C.ink, fontSize: 12, fontFamily: font }, valueFormatter: function (v) { return v === null || v === undefined ? "—" : FULL[unit](Array.isArray(v) ? v[1] : v); } };
  }

  /* Called when the element has another size: in the window, and on paper. */
  function redraw(el, again) {
    let asked = 0;
    const now = function () { if (el.isConnected && el.clientWidth) again(); };
    addEventListener("resize", function () { cancelAnimationFrame(asked); asked = requestAnimationFrame(now); });
    matchMedia("print").addEventListener("change", now);
    addEventListener("beforeprint", now);
    addEventListener("afterprint", now);
  }

  function draw(figure) {
    const id = figure.dataset.chart, el = document.getElementById(id);
    const d = JSON.parse(document.getElementById(id + "-data").textContent);
    if (!window.echarts || !KINDS[d.kind] || figure.dataset.drawn) return;
    figure.dataset.drawn = "1";
    el.hidden = false;
    const chart = window.echarts.init(el, null, { renderer: "canvas" });
    function set() {
      const option = KINDS[d.kind](d, el);
      option.tooltip = Object.assign(tip(d.unit), option.tooltip || {});
      chart.setOption(Object.assign({ animation: false, aria: { enabled: true, label: { description: d.label } }, textStyle: { fontFamily: font, color: C.ink } }, option), true);
    }
    set();
    redraw(el, function () { chart.resize(); });
    figure.querySelector(".ch-table").open = false;
  }

  window.HS = { C: C, font: font, tip: tip, redraw: redraw };

  function all(root) { root.querySelectorAll("figure[data-chart]").forEach(draw); }
  all(document);
  document.addEventListener("htmx:afterSettle", function (event) { all(event.target); });
})();
