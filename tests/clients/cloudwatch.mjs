// Publishes to a local CloudWatch with the AWS SDK for JavaScript, reads everything back, and prints what it saw as JSON.
// Usage: node cloudwatch.mjs <endpoint> <default|cbor|json|query> <time, ISO 8601>
import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";

const [endpoint, protocol, now] = process.argv.slice(2);
const protocols = { default: {}, cbor: { protocol: AwsSmithyRpcV2CborProtocol }, json: { protocol: AwsJson1_0Protocol }, query: { protocol: AwsQueryProtocol } };
// With CBOR this version of the SDK compresses a body after it has declared its length, and no server can read that.
const client = new CloudWatchClient({ endpoint, maxAttempts: 1, disableRequestCompression: protocol === "cbor", ...protocols[protocol] });

const Timestamp = new Date(now);
const Dimensions = [{ Name: "ServiceName", Value: "shop & co" }];
const range = { StartTime: new Date(+Timestamp - 60_000), EndTime: new Date(+Timestamp + 60_000) };

// 200 data with long names pass the SDK's threshold of compression (10 KiB).
const many = Array.from({ length: 200 }, (_, i) => ({ MetricName: `Many${i}-${"x".repeat(60)}`, Value: i, Timestamp }));
await client.send(new PutMetricDataCommand({ Namespace: "Node", MetricData: many }));
await client.send(new PutMetricDataCommand({
  Namespace: "Node",
  MetricData: [{
    MetricName: "ResponseTime", Dimensions, Timestamp, Unit: "Milliseconds", StorageResolution: 1, Values: [10, 20.5], Counts: [3, 1],
  }],
}));

const statistics = await client.send(new GetMetricStatisticsCommand({
  Namespace: "Node", MetricName: "ResponseTime", Dimensions, ...range, Period: 1, Statistics: ["Sum", "SampleCount"], ExtendedStatistics: ["p99"],
}));
const data = await client.send(new GetMetricDataCommand({
  ...range,
  MetricDataQueries: [{ Id: "q", MetricStat: { Metric: { Namespace: "Node", MetricName: "ResponseTime", Dimensions }, Period: 10, Stat: "Maximum" } }],
}));
const list = await client.send(new ListMetricsCommand({ Namespace: "Node", MetricName: "ResponseTime" }));

let error;
try {
  await client.send(new PutMetricDataCommand({ Namespace: "AWS/Node", MetricData: [{ MetricName: "m", Value: 1 }] }));
} catch (e) {
  error = { name: e.name, status: e.$metadata?.httpStatusCode, requestId: !!e.$metadata?.requestId };
}

console.log(JSON.stringify({
  point: statistics.Datapoints[0],
  result: data.MetricDataResults[0],
  metrics: list.Metrics,
  requestId: !!statistics.$metadata.requestId,
  error,
}));
