locals {
  dimensions = { ClusterName = aws_ecs_cluster.this.name, ServiceName = aws_ecs_service.this.name }

  # Name, unit and default statistic of the signals, as the exporter publishes them.
  signals = {
    rate        = { metric = "RequestsPerSecond", unit = "Count/Second", stat = "Average" }
    time        = { metric = "ResponseTime", unit = "Milliseconds", stat = "Average" }
    active      = { metric = "ActiveRequests", unit = "Count", stat = "Average" }
    connections = { metric = "ActiveConnections", unit = "Count", stat = "Average" }
    delay       = { metric = "QueueDelay", unit = "Milliseconds", stat = "Average" }
    samples     = { metric = "ActiveRequests", unit = "Count", stat = "SampleCount" }
  }

  # An alarm repeats its action only once a minute. So each step boundary has an alarm and a policy of its own, and each crossing
  # acts at once. Alarms compare percent of the threshold: all steps are parts of it. Of several that fire together the largest
  # resulting capacity wins. Percentages are for a large fleet, their minima for a small one.
  rate        = "100 * rate / ${var.requests_per_second_threshold}"
  concurrency = "IF(samples < 5 * ${var.slow_dependency_max_tasks}, 100 * active / ${var.active_requests_threshold}, 0)"
  scale_out = {
    rate-100 = {
      expression  = local.rate, metrics = ["rate"], threshold = 100, percent = 10, minimum = 1, enabled = true
      description = "Requests per second and task are above 100 % of the threshold."
    }
    rate-150 = {
      expression  = local.rate, metrics = ["rate"], threshold = 150, percent = 25, minimum = 2, enabled = true
      description = "Requests per second and task are above 150 % of the threshold."
    }
    # At twice the threshold twice the tasks are needed, at four times four times as many.
    rate-200 = {
      expression  = local.rate, metrics = ["rate"], threshold = 200, percent = 100, minimum = 4, enabled = true
      description = "Requests per second and task are above 200 % of the threshold."
    }
    rate-400 = {
      expression  = local.rate, metrics = ["rate"], threshold = 400, percent = 300, minimum = 8, enabled = true
      description = "Requests per second and task are above 400 % of the threshold."
    }
    # Concurrency rises on when a saturated fleet ends no more requests than before. A slow dependency raises it too, hence the cap: a
    # task sends one sample a second, and about five of the last ten have arrived when an alarm looks (docs/architecture.md).
    concurrency-100 = {
      expression  = local.concurrency, metrics = ["active", "samples"], threshold = 100, percent = 25, minimum = 1, enabled = true
      description = "Requests in flight per task are above 100 % of the threshold."
    }
    concurrency-200 = {
      expression  = local.concurrency, metrics = ["active", "samples"], threshold = 200, percent = 50, minimum = 2, enabled = true
      description = "Requests in flight per task are above 200 % of the threshold."
    }
    # The thread pool is starved: no request is even started. Threads that wait for a slow dependency do that too, hence the cap.
    queue-delay = {
      expression  = "IF(samples < 5 * ${var.slow_dependency_max_tasks}, 100 * delay / ${var.queue_delay_threshold}, 0)"
      metrics     = ["delay", "samples"], threshold = 100, percent = 25, minimum = 2, enabled = true
      description = "Work waits for a thread for longer than the threshold."
    }
    # Slow answers count only under load, and only up to slow_dependency_max_tasks: more tasks do not help a dependency that is slow.
    response-time = {
      expression = join(" ", [
        "IF(rate >= ${var.response_time_minimum_requests} AND active >= ${var.response_time_minimum_active}",
        "AND samples < 5 * ${var.slow_dependency_max_tasks}, 100 * time / ${var.response_time_threshold}, 0)",
      ])
      metrics     = ["time", "rate", "active", "samples"], threshold = 100, percent = null, minimum = null, enabled = true
      description = "Answers are slow under load."
    }
    # No action unless scale_on_connections: behind a load balancer the connections are those that it keeps, not the clients'.
    connections = {
      expression  = "100 * connections / ${var.active_connections_threshold}", metrics = ["connections"], threshold = 100, percent = 10, minimum = 1
      description = "Connections per task are above the threshold.", enabled = var.scale_on_connections
    }
  }

  schedules = merge(
    var.peak_start == "" ? {} : {
      peak-begins = { schedule = var.peak_start, minimum = var.peak_min_capacity }
      peak-ends   = { schedule = var.peak_end, minimum = var.min_capacity }
    },
    var.night_start == "" ? {} : {
      night-begins = { schedule = var.night_start, minimum = var.night_min_capacity }
      night-ends   = { schedule = var.night_end, minimum = var.min_capacity }
    },
  )
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this.name}"
  min_capacity       = var.min_capacity
  max_capacity       = var.max_capacity

  suspended_state {
    dynamic_scaling_in_suspended  = !var.enable_scaling
    dynamic_scaling_out_suspended = !var.enable_scaling
    scheduled_scaling_suspended   = !var.enable_scaling
  }

  # Scheduled actions change min_capacity: an apply during a peak sets it back until the next one.
  lifecycle {
    precondition {
      condition     = (var.peak_start == "") == (var.peak_end == "") && (var.night_start == "") == (var.night_end == "")
      error_message = "peak_start and peak_end, and night_start and night_end, are needed together."
    }
  }
}

# Rather than EventBridge Scheduler: these need no role, cost nothing, and belong to the engine that scales, so that the two cannot
# work against each other.
resource "aws_appautoscaling_scheduled_action" "this" {
  for_each           = local.schedules
  name               = each.key
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id
  schedule           = each.value.schedule
  timezone           = var.schedule_timezone

  scalable_target_action {
    min_capacity = each.value.minimum
    max_capacity = var.max_capacity
  }
}

resource "aws_appautoscaling_policy" "scale_out" {
  for_each           = { for name, rule in local.scale_out : name => rule if rule.enabled }
  name               = "${var.name}-${each.key}"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  step_scaling_policy_configuration {
    adjustment_type          = each.value.percent == null ? "ChangeInCapacity" : "PercentChangeInCapacity"
    min_adjustment_magnitude = each.value.minimum
    cooldown                 = var.scale_out_cooldown

    step_adjustment {
      metric_interval_lower_bound = "0"
      scaling_adjustment          = coalesce(each.value.percent, 1)
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "scale_out" {
  for_each            = local.scale_out
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  alarm_actions       = each.value.enabled ? [aws_appautoscaling_policy.scale_out[each.key].arn] : []
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"

  dynamic "metric_query" {
    for_each = toset(each.value.metrics)
    content {
      id          = metric_query.value
      return_data = false
      metric {
        namespace   = var.metric_namespace
        metric_name = local.signals[metric_query.value].metric
        unit        = local.signals[metric_query.value].unit
        stat        = each.value.expression == local.rate ? var.load_statistic : local.signals[metric_query.value].stat
        period      = 10
        dimensions  = local.dimensions
      }
    }
  }

  metric_query {
    id          = "percent"
    expression  = each.value.expression
    return_data = true
  }
}

# A fallback for when our own path breaks: ECS's own metric, a minute old. It only adds.
resource "aws_appautoscaling_policy" "cpu" {
  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.cpu_target
    scale_out_cooldown = 60
    disable_scale_in   = true

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "scale_in" {
  name               = "${var.name}-scale-in"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = var.scale_in_cooldown

    step_adjustment {
      metric_interval_lower_bound = "0"
      scaling_adjustment          = var.scale_in_adjustment
    }
  }
}

# All signals have been low without a break, the rate even in the busiest tenth of the tasks' seconds. A scale-out of the last minutes
# came from a signal that was not low, so it holds this back. A stalled fleet ends no requests, but has them in flight. Without data
# the expression has no value, which is not breaching; only response time has none when nothing ends. Periods of 10 s, because after
# one of 60 the alarm, and its action, would go on for up to two minutes into a surge.
resource "aws_cloudwatch_metric_alarm" "scale_in" {
  alarm_name          = "${var.name}-scale-in"
  alarm_description   = "Every signal has been low for scale_in_periods."
  alarm_actions       = [aws_appautoscaling_policy.scale_in.arn]
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = var.scale_in_periods
  datapoints_to_alarm = var.scale_in_periods
  treat_missing_data  = "notBreaching"

  dynamic "metric_query" {
    for_each = toset(["rate", "active", "delay", "time"])
    content {
      id          = metric_query.value
      return_data = false
      metric {
        namespace   = var.metric_namespace
        metric_name = local.signals[metric_query.value].metric
        unit        = local.signals[metric_query.value].unit
        stat        = metric_query.value == "rate" ? "p90" : "Average"
        period      = 10
        dimensions  = local.dimensions
      }
    }
  }

  metric_query {
    id          = "low"
    return_data = true
    expression = join(" ", [
      "IF(100 * rate < ${var.scale_in_percent} * ${var.requests_per_second_threshold}",
      "AND 100 * active < ${var.scale_in_percent} * ${var.active_requests_threshold}",
      "AND 100 * delay < ${var.scale_in_percent} * ${var.queue_delay_threshold}",
      "AND FILL(time, 0) < ${var.response_time_threshold}, 1, 0)",
    ])
  }
}

# Each running task sends 60 samples a minute. Fewer than watchdog_percent of them for five minutes: some tasks are silent, and the
# alarms above see only the others.
resource "aws_cloudwatch_metric_alarm" "watchdog" {
  alarm_name          = "${var.name}-watchdog"
  alarm_description   = "Fewer tasks publish scaling signals than run. See docs/operations.md."
  alarm_actions       = var.alarm_topic_arn == "" ? [] : [var.alarm_topic_arn]
  ok_actions          = var.alarm_topic_arn == "" ? [] : [var.alarm_topic_arn]
  comparison_operator = "LessThanThreshold"
  threshold           = var.watchdog_percent
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "samples"
    return_data = false
    metric {
      namespace   = var.metric_namespace
      metric_name = local.signals.samples.metric
      unit        = local.signals.samples.unit
      stat        = local.signals.samples.stat
      period      = 60
      dimensions  = local.dimensions
    }
  }

  metric_query {
    id          = "tasks"
    return_data = false
    metric {
      namespace   = "AWS/ECS"
      metric_name = "LiveTaskCount"
      stat        = "Average"
      period      = 60
      dimensions  = local.dimensions
    }
  }

  metric_query {
    id          = "publishing"
    return_data = true
    expression  = "100 * FILL(samples, 0) / (60 * tasks)"
  }
}
