locals {
  own = [var.metric_namespace]
  of  = ["ClusterName", aws_ecs_cluster.this.name, "ServiceName", aws_ecs_service.this.name]

  # Title, period, threshold, and the lines of each graph.
  graphs = [
    { title = "Requests per second and task", period = 10, threshold = var.requests_per_second_threshold, lines = [
      concat(local.own, ["RequestsPerSecond"], local.of, [{ stat = "Average", label = "mean" }]),
      concat(local.own, ["RequestsPerSecond"], local.of, [{ stat = "p90", label = "p90" }]),
    ] },
    { title = "Requests in flight per task", period = 10, threshold = var.active_requests_threshold, lines = [
      concat(local.own, ["ActiveRequests"], local.of, [{ stat = "Average", label = "mean" }]),
      concat(local.own, ["ActiveRequests"], local.of, [{ stat = "Maximum", label = "busiest" }]),
    ] },
    { title = "Response time, ms", period = 10, threshold = var.response_time_threshold, lines = [
      concat(local.own, ["ResponseTime"], local.of, [{ stat = "Average", label = "mean" }]),
      concat(local.own, ["ResponseTime"], local.of, [{ stat = "p50", label = "p50" }]),
      concat(local.own, ["ResponseTime"], local.of, [{ stat = "p99", label = "p99" }]),
    ] },
    { title = "Queue", period = 10, threshold = var.queue_delay_threshold, lines = [
      concat(local.own, ["QueueDelay"], local.of, [{ stat = "Average", label = "delay, ms" }]),
      concat(local.own, ["QueueLength"], local.of, [{ stat = "Average", label = "length", yAxis = "right" }]),
    ] },
    { title = "Tasks", period = 60, threshold = null, lines = [
      concat(["AWS/ECS", "LiveTaskCount"], local.of, [{ stat = "Average", label = "live" }]),
      [{ expression = "samples / 60", label = "publishing" }],
      concat(local.own, ["ActiveRequests"], local.of, [{ stat = "SampleCount", id = "samples", visible = false }]),
    ] },
    { title = "Connections per task, and CPU", period = 10, threshold = var.active_connections_threshold, lines = [
      concat(local.own, ["ActiveConnections"], local.of, [{ stat = "Average", label = "connections" }]),
      concat(["AWS/ECS", "CPUUtilization"], local.of, [{ stat = "Average", label = "CPU, %", yAxis = "right", period = 60 }]),
    ] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    periodOverride = "inherit"
    widgets = concat(
      [for index, graph in local.graphs : {
        type = "metric", x = index % 2 * 12, y = floor(index / 2) * 6, width = 12, height = 6
        properties = {
          title       = graph.title
          region      = local.region
          period      = graph.period
          metrics     = graph.lines
          annotations = { horizontal = graph.threshold == null ? [] : [{ label = "threshold", value = graph.threshold }] }
        }
      }],
      [{
        type = "alarm", x = 0, y = 18, width = 24, height = 4
        properties = {
          title = "Alarms"
          alarms = concat(
            [for alarm in aws_cloudwatch_metric_alarm.scale_out : alarm.arn],
            [aws_cloudwatch_metric_alarm.scale_in.arn, aws_cloudwatch_metric_alarm.watchdog.arn],
          )
        }
      }],
    )
  })
}
