// Creates an alarm in a local CloudWatch with the AWS SDK for JavaScript, puts data that set it off, waits, and prints what it saw as JSON.
// Usage: node alarms.mjs <endpoint> <default|cbor|json|query>
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";

const [endpoint, protocol] = process.argv.slice(2);
const protocols = { default: {}, cbor: { protocol: AwsSmithyRpcV2CborProtocol }, json: { protocol: AwsJson1_0Protocol }, query: { protocol: AwsQueryProtocol } };
const client = new CloudWatchClient({ endpoint, maxAttempts: 1, ...protocols[protocol] });

const metric = { Namespace: "Node", MetricName: "ActiveRequests" };
const alarm = { EvaluationPeriods: 1, Threshold: 80, ComparisonOperator: "GreaterThanThreshold", TreatMissingData: "ignore" };
await client.send(new PutMetricAlarmCommand({ AlarmName: "busy", ...metric, ...alarm, Statistic: "Average", Period: 10 }));
await client.send(new PutMetricAlarmCommand({
  AlarmName: "math", ...alarm, Metrics: [
    { Id: "m", MetricStat: { Metric: metric, Period: 10, Stat: "Maximum" }, ReturnData: false },
    { Id: "e", Expression: "IF(m > 0, m * 2, 0)", ReturnData: true },
  ],
}));
await client.send(new PutMetricDataCommand({ Namespace: metric.Namespace, MetricData: [{ MetricName: metric.MetricName, Value: 90, StorageResolution: 1 }] }));

let alarms;
const end = Date.now() + 45_000;
do {
  await new Promise((resolve) => setTimeout(resolve, 100));
  alarms = (await client.send(new DescribeAlarmsCommand({ StateValue: "ALARM" }))).MetricAlarms;
} while (alarms.length < 2 && Date.now() < end);

const history = await client.send(new DescribeAlarmHistoryCommand({ AlarmName: "busy", HistoryItemType: "StateUpdate" }));
const ofMetric = await client.send(new DescribeAlarmsForMetricCommand(metric));
let error;
try {
  await client.send(new SetAlarmStateCommand({ AlarmName: "none", StateValue: "OK", StateReason: "test" }));
} catch (e) {
  error = { name: e.name, status: e.$metadata?.httpStatusCode };
}

await client.send(new DeleteAlarmsCommand({ AlarmNames: ["busy", "math"] }));
const left = (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms;

console.log(JSON.stringify({
  names: alarms.map((each) => each.AlarmName),
  reason: alarms[0]?.StateReason,
  updated: alarms[0]?.StateUpdatedTimestamp instanceof Date,
  history: history.AlarmHistoryItems.map((item) => item.HistorySummary),
  ofMetric: ofMetric.MetricAlarms.map((each) => each.AlarmName),
  error,
  left: left.length,
}));
