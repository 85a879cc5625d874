"""Configures a local Application Auto Scaling with boto3 and prints what it saw as JSON. Usage: autoscaling.py <endpoint>"""
import json
import sys
from datetime import datetime, timezone

import boto3
from botocore.exceptions import ClientError

client = boto3.client("application-autoscaling", endpoint_url=sys.argv[1])
target = {"ServiceNamespace": "ecs", "ResourceId": "service/shop/web", "ScalableDimension": "ecs:service:DesiredCount"}

registered = client.register_scalable_target(**target, MinCapacity=2, MaxCapacity=40)
policy = client.put_scaling_policy(
    **target,
    PolicyName="cpu",
    PolicyType="TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 60.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
        "DisableScaleIn": True,
    },
)
client.put_scheduled_action(
    **target,
    ScheduledActionName="morning",
    Schedule="cron(0 7 ? * MON-FRI *)",
    Timezone="Europe/Berlin",
    StartTime=datetime(2026, 12, 1, tzinfo=timezone.utc),
    ScalableTargetAction={"MinCapacity": 10},
)


def code(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


gap = {
    "AdjustmentType": "ChangeInCapacity",
    "StepAdjustments": [
        {"MetricIntervalLowerBound": 0.0, "MetricIntervalUpperBound": 10.0, "ScalingAdjustment": 1},
        {"MetricIntervalLowerBound": 20.0, "ScalingAdjustment": 2},
    ],
}
errors = {
    "gap": code(lambda: client.put_scaling_policy(**target, PolicyName="gap", PolicyType="StepScaling", StepScalingPolicyConfiguration=gap)),
    "missing": code(lambda: client.delete_scaling_policy(**target, PolicyName="nobody")),
    "unregistered": code(lambda: client.deregister_scalable_target(**{**target, "ResourceId": "service/shop/other"})),
    "schedule": code(lambda: client.put_scheduled_action(**target, ScheduledActionName="x", Schedule="noon", ScalableTargetAction={"MinCapacity": 1})),
    "limits": code(lambda: client.register_scalable_target(**target, MinCapacity=9, MaxCapacity=3)),
}

print(json.dumps(
    {
        "status": registered["ResponseMetadata"]["HTTPStatusCode"],
        "policy": policy["PolicyARN"],
        "alarms": policy["Alarms"],
        "targets": client.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"],
        "policies": client.describe_scaling_policies(ServiceNamespace="ecs", ResourceId="service/shop/web")["ScalingPolicies"],
        "scheduled": client.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"],
        "activities": client.describe_scaling_activities(ServiceNamespace="ecs")["ScalingActivities"],
        "errors": errors,
    },
    default=str,
))
