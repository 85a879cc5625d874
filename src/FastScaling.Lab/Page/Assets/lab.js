'use strict';
(function () {
  const kept = 200;
  const element = id => document.getElementById(id);
  const seconds = v => v == null ? '' : (v < 0 ? '−' : '+') + Math.abs(v).toFixed(1) + ' s';
  const whole = v => Math.round(v).toLocaleString('en-US');
  const marks = { OK: '●', ALARM: '▲', INSUFFICIENT_DATA: '○' };

  // What a test, or a person with the console open, can look at.
  const state = window.lab = { run: null, lastId: 0, received: 0, missed: 0, reconnects: 0, point: null, moments: [] };
  let info = null;
  let surge = null;

  function text(id, value) {
    const target = element(id);
    if (target.textContent !== value) target.textContent = value;
  }

  async function describe() {
    info = await (await fetch('info')).json();
    text('about', `template ${info.template}, traffic ${info.traffic}; tasks start ${info.startFactor} times as fast as on AWS (${info.startTimeMinimum.toFixed(0)} to ${info.startTimeMaximum.toFixed(0)} s); one serves ${info.taskCapacity} requests a second; at most ${info.maxTasks}`);
    element('alarms').replaceChildren(...info.alarms.map(alarm => {
      const item = document.createElement('li');
      const word = document.createElement('span');
      const name = document.createElement('span');
      const condition = document.createElement('small');
      word.textContent = '○ …';
      name.textContent = alarm.name;
      condition.textContent = alarm.condition;
      name.append(condition);
      item.append(word, name);
      return item;
    }));
    element('notes').replaceChildren(...info.notes.map(note => {
      const line = document.createElement('p');
      line.textContent = note;
      return line;
    }));
  }

  function begin(run) {
    Object.assign(state, { run, lastId: 0, point: null, moments: [] });
    surge = null;
    charts.clear();
    element('timeline').replaceChildren();
    text('summary', 'Waiting for a surge.');
    describe();
  }

  // Ids grow by one: a gap is an event that this page will never see.
  function count(event) {
    const [run, id] = event.lastEventId.split('-');
    if (run !== state.run) begin(run);
    const number = Number(id);
    if (number <= state.lastId) return false;
    if (state.lastId > 0) state.missed += number - state.lastId - 1;
    state.lastId = number;
    state.received++;
    return true;
  }

  function showSecond(event) {
    if (!count(event)) return;
    const point = state.point = JSON.parse(event.data);
    const load = point.load;
    charts.add(point);
    text('rate', whole(load.sent));
    text('rate-more', `${whole(load.served)} served, ${whole(load.lost)} lost`);
    text('latency', load.served ? `${whole(load.median)} · ${whole(load.p99)} ms` : '–');
    text('concurrency', whole(point.concurrency));
    text('queue', load.served ? `${whole(load.waited)} ms` : '–');
    text('tasks', `${point.running} of ${point.wanted}`);
    text('tasks-more', `${point.healthy} healthy, ${point.starting} starting`);
    text('cost', '$' + point.cost.toFixed(4));
    const watch = element('cloudwatch');
    watch.className = 'state' + (point.isCloudWatchBroken ? ' broken' : point.isLate ? ' late' : '');
    text('cloudwatch', `CloudWatch ${point.isCloudWatchBroken ? '✖ ' : point.isLate ? '◐ ' : '● '}${point.cloudWatch}; it knows of ${whole(point.received)} of ${whole(point.forwarded)} requests`);
    pressed('cloudwatch', point.isCloudWatchBroken);
    pressed('dependency', point.isDependencySlow);
    [...element('alarms').children].forEach((item, index) => {
      const word = point.alarms[index] ?? 'INSUFFICIENT_DATA';
      const shown = `${marks[word]} ${word.replace('INSUFFICIENT_DATA', 'NO DATA')}`;
      if (item.firstChild.textContent !== shown) {
        item.firstChild.textContent = shown;
        item.firstChild.className = word;
      }
    });
  }

  function pressed(control, isOn) {
    const button = document.querySelector(`[data-control="${control}"]`);
    const value = String(isOn);
    if (button.getAttribute('aria-pressed') !== value) button.setAttribute('aria-pressed', value);
  }

  function showMoment(event) {
    if (!count(event)) return;
    const moment = JSON.parse(event.data);
    state.moments.push(moment);
    if (state.moments.length > kept) state.moments.shift();
    summarize(moment);

    const item = document.createElement('li');
    const isFirst = moment.kind === 'Task' && /first request/.test(moment.text);
    item.className = isFirst ? 'first' : moment.kind;
    item.title = moment.sincePrevious == null ? '' : `${moment.sincePrevious.toFixed(1)} s after the entry before`;
    for (const [name, value] of [['at', moment.seconds.toFixed(1) + ' s'], ['since', moment.sinceSurge == null ? '' : seconds(moment.sinceSurge)], ['what', (moment.kind === 'Alarm' ? '▲ ' : moment.kind === 'Surge' ? '↗ ' : moment.kind === 'Fault' ? '✖ ' : moment.kind === 'Scaling' ? '⇅ ' : isFirst ? '✔ ' : '') + moment.text]]) {
      const part = document.createElement('span');
      part.className = name;
      part.textContent = value;
      item.append(part);
    }
    const list = element('timeline');
    const scroll = element('scroll');
    const isAtEnd = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 40;
    list.append(item);
    if (list.children.length > kept) list.firstChild.remove();
    if (isAtEnd) scroll.scrollTop = scroll.scrollHeight;
    text('news', moment.text);
  }

  // The seconds between: surge, alarm, more tasks wanted, first request on a new task.
  function summarize(moment) {
    if (moment.kind === 'Surge') {
      surge = { started: new Set() };
    } else if (!surge) {
      return;
    } else if (moment.kind === 'Alarm' && / to ALARM/.test(moment.text)) {
      surge.alarm ??= moment.sinceSurge;
    } else if (moment.kind === 'Scaling') {
      surge.scaled ??= moment.sinceSurge;
    } else if (moment.kind === 'Task') {
      const [, id, what] = /^task (\d+) (.*)$/.exec(moment.text) ?? [];
      if (what === 'starting') surge.started.add(id);
      if (surge.started.has(id) && /first request/.test(what)) surge.served ??= moment.sinceSurge;
    }
    const part = (label, value) => `${label} ${value == null ? '…' : seconds(value)}`;
    text('summary', `Surge → ${part('alarm', surge.alarm)} → ${part('more tasks wanted', surge.scaled)} → ${part('new task serves', surge.served)}`);
  }

  function control(name) {
    fetch('controls/' + name, { method: 'POST', headers: { 'x-fastscaling-lab': '1' } })
      .then(reply => { if (!reply.ok) text('news', 'The lab refused: ' + reply.status); })
      .catch(() => text('news', 'The lab does not answer.'));
  }

  const keys = { s: 'surge', d: 'dependency', c: 'cloudwatch', k: 'kill', h: 'half' };
  document.querySelectorAll('[data-control]').forEach(button => button.addEventListener('click', () => control(button.dataset.control)));
  document.addEventListener('keydown', event => {
    const name = keys[event.key.toLowerCase()];
    if (name && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat) control(name);
  });

  // An EventSource comes back by itself, with the id of the last event that it had; only when the server answered with an error it gives up.
  function connect() {
    const source = new EventSource('events');
    source.onopen = () => { text('link', '● live'); element('link').className = 'state'; };
    source.onerror = () => {
      state.reconnects++;
      text('link', '◐ the connection is lost; trying again');
      element('link').className = 'state late';
      if (source.readyState === EventSource.CLOSED) { source.close(); setTimeout(connect, 1000); }
    };
    source.addEventListener('second', showSecond);
    source.addEventListener('moment', showMoment);
  }

  charts.create();
  describe().catch(() => {});
  connect();
})();
