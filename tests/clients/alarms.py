"""Does with boto3 what alarms.mjs does with the AWS SDK for JavaScript. Usage: python3 alarms.py <endpoint>"""
import datetime
import json
import sys
import time

import boto3
from botocore.exceptions import ClientError

client = boto3.client("cloudwatch", endpoint_url=sys.argv[1])
metric = {"Namespace": "Boto", "MetricName": "ActiveRequests"}
alarm = {"EvaluationPeriods": 1, "Threshold": 80, "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "ignore"}
client.put_metric_alarm(AlarmName="busy", Statistic="Average", Period=10, **metric, **alarm)
client.put_metric_alarm(AlarmName="math", Metrics=[
    {"Id": "m", "MetricStat": {"Metric": metric, "Period": 10, "Stat": "Maximum"}, "ReturnData": False},
    {"Id": "e", "Expression": "IF(m > 0, m * 2, 0)", "ReturnData": True},
], **alarm)
client.put_metric_data(Namespace="Boto", MetricData=[{"MetricName": "ActiveRequests", "Value": 90, "StorageResolution": 1}])

end = time.monotonic() + 45
while True:
    time.sleep(0.1)
    alarms = client.describe_alarms(StateValue="ALARM")["MetricAlarms"]
    if len(alarms) >= 2 or time.monotonic() > end:
        break

pages = client.get_paginator("describe_alarm_history").paginate(AlarmName="busy", HistoryItemType="StateUpdate")
history = [item["HistorySummary"] for page in pages for item in page["AlarmHistoryItems"]]
error = None
try:
    client.set_alarm_state(AlarmName="none", StateValue="OK", StateReason="test")
except ClientError as e:
    error = {"name": e.response["Error"]["Code"], "status": e.response["ResponseMetadata"]["HTTPStatusCode"]}

of_metric = [each["AlarmName"] for each in client.describe_alarms_for_metric(**metric)["MetricAlarms"]]
client.delete_alarms(AlarmNames=["busy", "math"])
print(json.dumps({
    "names": [each["AlarmName"] for each in alarms],
    "reason": alarms[0]["StateReason"] if alarms else None,
    "updated": isinstance(alarms[0]["StateUpdatedTimestamp"], datetime.datetime) if alarms else None,
    "history": history,
    "ofMetric": of_metric,
    "error": error,
    "left": len(client.describe_alarms()["MetricAlarms"]),
}))
