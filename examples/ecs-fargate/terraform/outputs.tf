output "url" {
  description = "Where the service answers"
  value       = "${local.has_certificate ? "https" : "http"}://${aws_lb.this.dns_name}/"
}

output "cluster_name" {
  description = "The value of the dimension ClusterName"
  value       = aws_ecs_cluster.this.name
}

output "service_name" {
  description = "The value of the dimension ServiceName"
  value       = aws_ecs_service.this.name
}

output "task_role_arn" {
  description = "To this role add what else the service needs"
  value       = aws_iam_role.task.arn
}

output "log_group_name" {
  description = "The log of the service"
  value       = aws_cloudwatch_log_group.this.name
}

output "scalable_target_id" {
  description = "The ID of the scalable target"
  value       = aws_appautoscaling_target.this.id
}

output "dashboard_name" {
  description = "The dashboard in CloudWatch"
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}

output "watchdog_alarm_name" {
  description = "The alarm to be told of"
  value       = aws_cloudwatch_metric_alarm.watchdog.alarm_name
}
