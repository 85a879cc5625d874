// A surge against the deployed service, or against anything that answers GET. Needs k6 (https://k6.io).
//   k6 run -e URL=http://… surge.js                       fourfold surge
//   k6 run -e URL=http://… -e PROFILE=steps surge.js      finds the capacity of one task
// BASE is the rate before the surge in requests a second, of the whole fleet: half of the threshold for each of its tasks.
import http from 'k6/http';
import { check } from 'k6';

const url = __ENV.URL || 'http://127.0.0.1:8080/';
const base = Number(__ENV.BASE || 100);
const factor = Number(__ENV.FACTOR || 4);
const profile = __ENV.PROFILE || 'surge';

const profiles = {
  // Two minutes to settle, a surge within a second, eight minutes above, ten to see the fleet come back.
  surge: [
    { target: base, duration: '2m' },
    { target: base * factor, duration: '1s' },
    { target: base * factor, duration: '8m' },
    { target: base, duration: '1s' },
    { target: base, duration: '10m' },
  ],
  ramp: [
    { target: base, duration: '2m' },
    { target: base * factor, duration: '30s' },
    { target: base * factor, duration: '8m' },
    { target: base, duration: '30s' },
    { target: base, duration: '10m' },
  ],
  // One step of BASE more every two minutes.
  steps: Array.from({ length: 10 }, (_, step) => [
    { target: base * (step + 1), duration: '1s' },
    { target: base * (step + 1), duration: '2m' },
  ]).flat(),
};

export const options = {
  scenarios: {
    // An arrival rate, not a number of users: users wait when the service is slow, and hide the overload.
    load: {
      executor: 'ramping-arrival-rate',
      startRate: base,
      timeUnit: '1s',
      preAllocatedVUs: Math.ceil(base * factor),
      maxVUs: Math.ceil(base * factor * 10),
      stages: profiles[profile],
    },
  },
  thresholds: {
    // Within the eight minutes the fleet must have caught up: most requests of the whole run are answered, and soon.
    http_req_failed: ['rate<0.02'],
    http_req_duration: ['p(90)<1000'],
    dropped_iterations: ['rate<1'],
  },
};

export default function () {
  const answer = http.get(url, { timeout: '30s' });
  check(answer, { 'is answered': (a) => a.status === 200 });
}
