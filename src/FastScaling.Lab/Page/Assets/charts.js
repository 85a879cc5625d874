'use strict';
// The charts: four of uPlot over the last five minutes, a line style each, so that they can be told apart without colour.
const charts = (function () {
  const kept = 300;
  const times = [];
  const lines = {
    rate: [['sent', 'c0', []], ['served', 'c1', []], ['could serve', 'c3', [10, 4]], ['lost', 'bad', [2, 3]]],
    latency: [['p50', 'c1', []], ['p99', 'c2', [8, 4]]],
    tasks: [['wanted', 'c2', [8, 4]], ['running', 'c1', []], ['healthy', 'c3', [2, 3]]],
    load: [['concurrency', 'c1', []], ['queue delay', 'c2', [8, 4]]],
  };
  const values = Object.fromEntries(Object.keys(lines).map(name => [name, lines[name].map(() => [])]));
  let plots = [];
  let isDue = false;

  const css = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const clock = s => Math.floor(s / 60) + ':' + String(Math.floor(s % 60)).padStart(2, '0');
  const number = v => v == null ? '–' : (v >= 100 ? Math.round(v) : Math.round(v * 10) / 10).toLocaleString('en-US');

  // The legend shows the style of the line too.
  const style = line => !line || line[2].length === 0 ? 'solid' : line[2][0] > 4 ? 'dashed' : 'dotted';

  function create() {
    plots.forEach(plot => plot.destroy());
    const axis = { stroke: css('dim'), grid: { stroke: css('line'), width: 1 }, ticks: { stroke: css('line'), width: 1 } };
    plots = Object.keys(lines).map(name => {
      const host = document.getElementById('chart-' + name);
      return new uPlot({
        width: Math.max(200, host.clientWidth - 4),
        height: 176,
        scales: { x: { time: false }, y: { range: (plot, min, max) => [0, max > 0 ? max * 1.1 : 1] } },
        cursor: { sync: { key: 'lab' } },
        legend: { markers: { width: 2, dash: (plot, index) => style(lines[name][index - 1]) } },
        axes: [
          { ...axis, size: 30, incrs: [10, 30, 60, 120], values: (plot, all) => all.map(clock) },
          { ...axis, size: 58, values: (plot, all) => all.map(number) },
        ],
        series: [
          { label: 'time', value: (plot, v) => v == null ? '–' : clock(v) },
          ...lines[name].map(([label, color, dash]) => ({
            label, stroke: css(color), width: 2, dash,
            paths: name === 'tasks' ? uPlot.paths.stepped({ align: 1 }) : undefined,
            points: { show: false },
            value: (plot, v) => number(v ?? plot.data[1 + lines[name].findIndex(line => line[0] === label)].at(-1)),
          })),
        ],
      }, [times, ...values[name]], host);
    });
  }

  function draw() {
    isDue = false;
    Object.keys(lines).forEach((name, index) => plots[index].setData([times, ...values[name]]));
  }

  function push(list, value) {
    list.push(value);
    if (list.length > kept) list.shift();
  }

  let resized = 0;
  window.addEventListener('resize', () => { clearTimeout(resized); resized = setTimeout(create, 150); });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', create);

  return {
    create,
    clear() {
      times.length = 0;
      Object.values(values).flat().forEach(list => { list.length = 0; });
    },
    add(point) {
      const load = point.load;
      push(times, point.second);
      const next = {
        rate: [load.sent, load.served, point.capacity, load.lost],
        latency: [load.served ? load.median : null, load.served ? load.p99 : null],
        tasks: [point.wanted, point.running, point.healthy],
        load: [point.concurrency, load.served ? load.waited : null],
      };
      for (const name in next) next[name].forEach((value, index) => push(values[name][index], value));

      // A page that catches up gets many seconds at once.
      if (!isDue) { isDue = true; requestAnimationFrame(draw); }
    },
    get length() { return times.length; },
  };
})();
