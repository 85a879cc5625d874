'use strict';
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const clock = seconds => {
    const s = Math.round(seconds), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return (h > 0 ? h + ':' : '') + (h > 0 ? String(m).padStart(2, '0') : m) + ':' + String(s % 60).padStart(2, '0');
  };
  const number = v => v == null ? '–' : (Math.abs(v) >= 100 ? Math.round(v) : Math.round(v * 10) / 10).toLocaleString('en-US');
  let plots = [];

  function draw() {
    plots.forEach(p => p.destroy());
    const sync = uPlot.sync('replay');
    plots = data.charts.map((chart, index) => {
      const host = document.getElementById('chart-' + index);
      const axis = { stroke: css('--dim'), grid: { stroke: css('--line'), width: 1 }, ticks: { stroke: css('--line'), width: 1 } };
      return new uPlot({
        width: host.clientWidth - 10,
        height: 230,
        scales: { x: { time: false }, y: { range: (u, min, max) => [0, max > 0 ? max * 1.05 : 1] } },
        cursor: { sync: { key: sync.key } },
        axes: [
          { ...axis, incrs: [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200, 86400], values: (u, values) => values.map(clock) },
          { ...axis, size: 70, values: (u, values) => values.map(number) },
        ],
        series: [
          { label: 'time', value: (u, v) => v == null ? '–' : clock(v) },
          ...chart.series.map(s => ({
            label: s.label,
            stroke: css('--c' + s.color),
            width: 1.5,
            dash: s.dashed ? [6, 4] : undefined,
            paths: s.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
            points: { show: false },
            value: (u, v) => number(v),
          })),
        ],
      }, [data.time, ...chart.series.map(s => s.values)], host);
    });
  }

  draw();
  let pending = 0;
  window.addEventListener('resize', () => { clearTimeout(pending); pending = setTimeout(draw, 150); });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
})();
