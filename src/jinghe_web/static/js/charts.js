// Draws the charts whose data the server gives as JSON. Without this script the server's own drawings stay.
const INK = "#1c2733", MUTED = "#566371", HAIR = "#e6eaee";
const FONT = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif';
const say = (item) => (item.data && item.data.words) || "";

const axis = {
  axisLine: { lineStyle: { color: "#98a4af" } },
  axisTick: { show: false },
  axisLabel: { color: MUTED, fontSize: 12 },
  splitLine: { lineStyle: { color: HAIR } },
};

/** Adds what cannot travel as JSON: functions that show the sentences the server wrote. */
function complete(option, narrow) {
  const flows = option.series[0].type === "sankey";
  const tip = {
    renderMode: "richText", // plain text: the page forbids styles inside markup
    confine: true,
    backgroundColor: "#fff",
    borderColor: "#cfd6dd",
    textStyle: { color: INK, fontFamily: FONT, fontSize: 13 },
  };
  const shared = { animation: false, textStyle: { fontFamily: FONT, color: INK }, aria: { enabled: true } };
  if (flows) {
    const series = { ...option.series[0], emphasis: { focus: "adjacency" } };
    series.blur = { itemStyle: { opacity: 0.35 }, lineStyle: { opacity: 0.12 }, label: { opacity: 0.55 } };
    series.label = { color: INK, fontSize: 12.5, formatter: (node) => (narrow ? node.data.brief : node.data.short) };
    if (narrow) Object.assign(series, { left: 66, right: 66 });
    return { ...shared, tooltip: { ...tip, formatter: say }, series: [series] };
  }
  const lines = (items) => [items[0].axisValue, ...items.map(say).filter(Boolean)].join("\n");
  return {
    ...shared,
    grid: { left: 46, right: 14, top: 14, bottom: 26 },
    tooltip: { ...tip, trigger: "axis", formatter: lines },
    xAxis: { ...axis, ...option.xAxis },
    yAxis: { ...axis, ...option.yAxis },
    series: option.series,
  };
}

async function draw(figure) {
  const answer = await fetch(figure.dataset.chart, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { charts } = await answer.json();
  const stage = figure.querySelector(".chart-live");
  figure.classList.add("drawn");
  for (const chart of charts) {
    const box = document.createElement("div");
    box.className = "chart-box";
    if (charts.length > 1) {
      const title = document.createElement("h3");
      title.textContent = chart.title;
      box.append(title);
    }
    const canvas = document.createElement("div");
    canvas.className = "canvas";
    if (chart.height) canvas.style.height = `${chart.height}px`;
    box.append(canvas);
    stage.append(box);
    const drawing = window.echarts.init(canvas, null, { renderer: "svg" });
    drawing.setOption(complete(chart.option, canvas.clientWidth < 560));
    new ResizeObserver(() => drawing.resize()).observe(canvas);
  }
}

if (window.echarts) {
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      watch.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "400px" });
  document.querySelectorAll("[data-chart]").forEach((figure) => watch.observe(figure));
}
