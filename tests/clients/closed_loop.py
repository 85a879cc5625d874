"""From data to a desired count with boto3: policies, alarms, data, history, activities. Prints what it saw as JSON.
Usage: python3 closed_loop.py <endpoint of CloudWatch> <endpoint of Application Auto Scaling>"""
import json
import sys
import time

import boto3

cloudwatch = boto3.client("cloudwatch", endpoint_url=sys.argv[1])
scaling = boto3.client("application-autoscaling", endpoint_url=sys.argv[2])
target = {"ServiceNamespace": "ecs", "ResourceId": "service/shop/web", "ScalableDimension": "ecs:service:DesiredCount"}
metric = {"Namespace": "FastScaling", "MetricName": "RequestsPerSecond"}


def step(name, tasks):
    return scaling.put_scaling_policy(**target, PolicyName=name, PolicyType="StepScaling", StepScalingPolicyConfiguration={
        "AdjustmentType": "ChangeInCapacity", "StepAdjustments": [{"MetricIntervalLowerBound": 0.0, "ScalingAdjustment": tasks}]})["PolicyARN"]


def wait(done):
    end = time.monotonic() + 60
    while not done() and time.monotonic() < end:
        time.sleep(0.1)


def activities():
    return scaling.describe_scaling_activities(ServiceNamespace="ecs")["ScalingActivities"]


scaling.register_scalable_target(**target, MinCapacity=2, MaxCapacity=20)
alarm = {**metric, "Statistic": "Average", "Period": 10, "EvaluationPeriods": 1, "Threshold": 100, "ComparisonOperator": "GreaterThanThreshold"}
cloudwatch.put_metric_alarm(AlarmName="busy", **alarm, AlarmActions=[step("rate", 3)])
cloudwatch.put_metric_alarm(AlarmName="by-hand", **{**alarm, "MetricName": "Nothing"}, AlarmActions=[step("hand", 5)])
tracking = scaling.put_scaling_policy(**target, PolicyName="cpu", PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration={
    "TargetValue": 60.0, "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}})

cloudwatch.put_metric_data(Namespace="FastScaling", MetricData=[{"MetricName": "RequestsPerSecond", "Value": 180, "StorageResolution": 1}])
wait(lambda: any("policy rate" in each["Cause"] for each in activities()))
history = cloudwatch.describe_alarm_history(AlarmName="busy")["AlarmHistoryItems"]
cloudwatch.set_alarm_state(
    AlarmName="by-hand", StateValue="ALARM", StateReason="a test", StateReasonData=json.dumps({"version": "1.0", "recentDatapoints": [170.0], "threshold": 100.0}))
wait(lambda: any("policy hand" in each["Cause"] for each in activities()))

made = [each["AlarmName"] for each in tracking["Alarms"]]
there = [each["AlarmName"] for each in cloudwatch.describe_alarms(AlarmNamePrefix="TargetTracking-")["MetricAlarms"]]
policies = {each["PolicyName"]: [one["AlarmName"] for one in each["Alarms"]] for each in scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]}
scaling.delete_scaling_policy(**target, PolicyName="cpu")
left = [each["AlarmName"] for each in cloudwatch.describe_alarms()["MetricAlarms"]]
print(json.dumps({
    "causes": [each["Cause"] for each in activities()],
    "history": sorted({each["HistoryItemType"] for each in history}),
    "made": made,
    "there": there,
    "policies": policies,
    "left": left,
}))
