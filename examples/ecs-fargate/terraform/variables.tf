# The same parameters as those of ../template.yaml; a test compares them.
variable "name" {
  type        = string
  description = "The name of everything that is made, as the name of the stack."

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{0,23}$", var.name))
    error_message = "Allowed are letters, digits and hyphens, at most 24, beginning with a letter."
  }
}

variable "image_uri" {
  type        = string
  description = "The container image, best in ECR of the same Region."

  validation {
    condition     = length(var.image_uri) >= 1
    error_message = "Must not be empty."
  }
}

variable "container_port" {
  type        = number
  default     = 8080
  description = "The port that the service listens on."

  validation {
    condition     = var.container_port >= 1 && var.container_port <= 65535
    error_message = "Allowed are 1 to 65535."
  }
}

variable "cpu" {
  type        = number
  default     = 512
  description = "CPU units of a task; 1024 are one core."

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "Allowed are 256, 512, 1024, 2048, 4096."
  }
}

variable "memory" {
  type        = number
  default     = 1024
  description = "Memory of a task in MiB. Fargate allows only some pairs."

  validation {
    condition     = contains([512, 1024, 2048, 3072, 4096, 6144, 8192, 16384], var.memory)
    error_message = "Allowed are 512, 1024, 2048, 3072, 4096, 6144, 8192, 16384."
  }
}

variable "cpu_architecture" {
  type        = string
  default     = "X86_64"
  description = "Must be that of the image."

  validation {
    condition     = contains(["X86_64", "ARM64"], var.cpu_architecture)
    error_message = "Allowed are X86_64, ARM64."
  }
}

variable "stop_timeout" {
  type        = number
  default     = 30
  description = "Seconds from SIGTERM to SIGKILL. Drain (25 s in the sample) and last samples (2 s) must fit."

  validation {
    condition     = var.stop_timeout >= 5 && var.stop_timeout <= 120
    error_message = "Allowed are 5 to 120."
  }
}

variable "log_retention_days" {
  type        = number
  default     = 30
  description = "Days that the log of the service is kept."

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "Allowed are 1, 3, 5, 7, 14, 30, 60, 90, 180, 365."
  }
}

variable "enable_scaling" {
  type        = bool
  default     = true
  description = "false for a first day in shadow: alarms and dashboard work, but nothing scales."
}

variable "min_capacity" {
  type        = number
  default     = 2
  description = "The smallest number of tasks."

  validation {
    condition     = var.min_capacity >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "max_capacity" {
  type        = number
  default     = 100
  description = "The largest number of tasks."

  validation {
    condition     = var.max_capacity >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "slow_dependency_max_tasks" {
  type        = number
  default     = 20
  description = "Up to about this many tasks concurrency, queue delay and response time scale out: more would make a slow dependency slower."

  validation {
    condition     = var.slow_dependency_max_tasks >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "requests_per_second_threshold" {
  type        = number
  default     = 100
  description = "Requests per second and task. Alarms at 100, 150, 200 and 400 percent of it."

  validation {
    condition     = var.requests_per_second_threshold >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "active_requests_threshold" {
  type        = number
  default     = 50
  description = "Requests in flight per task: rate times response time (Little's law); 100 a second at 500 ms are 50."

  validation {
    condition     = var.active_requests_threshold >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "queue_delay_threshold" {
  type        = number
  default     = 200
  description = "Milliseconds that work waits for a thread. Healthy are single figures, starved is 500 and more."

  validation {
    condition     = var.queue_delay_threshold >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "response_time_threshold" {
  type        = number
  default     = 500
  description = "Mean response time in milliseconds."

  validation {
    condition     = var.response_time_threshold >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "response_time_minimum_requests" {
  type        = number
  default     = 5
  description = "With fewer requests per second and task the response time says nothing about load."

  validation {
    condition     = var.response_time_minimum_requests >= 0
    error_message = "Allowed are 0 and more."
  }
}

variable "response_time_minimum_active" {
  type        = number
  default     = 4
  description = "With fewer requests in flight per task slowness is not caused by load."

  validation {
    condition     = var.response_time_minimum_active >= 0
    error_message = "Allowed are 0 and more."
  }
}

variable "active_connections_threshold" {
  type        = number
  default     = 1000
  description = "Connections per task."

  validation {
    condition     = var.active_connections_threshold >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "scale_on_connections" {
  type        = bool
  default     = false
  description = "Off: behind a load balancer these are its kept connections. true for WebSockets and long polling."
}

variable "load_statistic" {
  type        = string
  default     = "Average"
  description = "How the rate of the fleet is judged. p75 for blue/green, where half of the tasks are idle for minutes; see docs/tuning.md."

  validation {
    condition     = contains(["Average", "p75", "p90"], var.load_statistic)
    error_message = "Allowed are Average, p75, p90."
  }
}

variable "scale_out_cooldown" {
  type        = number
  default     = 10
  description = "Seconds. Within them only a larger step adds tasks."

  validation {
    condition     = var.scale_out_cooldown >= 0 && var.scale_out_cooldown <= 300
    error_message = "Allowed are 0 to 300."
  }
}

variable "scale_in_cooldown" {
  type        = number
  default     = 30
  description = "Seconds. The alarm repeats its action once a minute in any case."

  validation {
    condition     = var.scale_in_cooldown >= 0 && var.scale_in_cooldown <= 3600
    error_message = "Allowed are 0 to 3600."
  }
}

variable "scale_in_adjustment" {
  type        = number
  default     = -1
  description = "Tasks that one step removes, as a negative number."

  validation {
    condition     = var.scale_in_adjustment <= -1
    error_message = "Allowed are -1 and less."
  }
}

variable "scale_in_percent" {
  type        = number
  default     = 50
  description = "A signal is low below this part of its threshold. At 50 the step from 3 to 2 tasks ends at 75 at most."

  validation {
    condition     = var.scale_in_percent >= 5 && var.scale_in_percent <= 66
    error_message = "Allowed are 5 to 66."
  }
}

variable "scale_in_periods" {
  type        = number
  default     = 30
  description = "Periods of ten seconds that all signals must have been low; 30 are five minutes."

  validation {
    condition     = var.scale_in_periods >= 12 && var.scale_in_periods <= 360
    error_message = "Allowed are 12 to 360."
  }
}

variable "cpu_target" {
  type        = number
  default     = 70
  description = "Mean CPU in percent above which target tracking adds tasks, on ECS's own metric, also when ours are missing."

  validation {
    condition     = var.cpu_target >= 10 && var.cpu_target <= 95
    error_message = "Allowed are 10 to 95."
  }
}

variable "schedule_timezone" {
  type        = string
  default     = "UTC"
  description = "An IANA time zone such as Europe/Berlin, for the schedules."
}

variable "peak_start" {
  type        = string
  default     = ""
  description = "When a known peak begins, such as \"cron(45 8 ? * MON-FRI *)\". Empty for none."
}

variable "peak_end" {
  type        = string
  default     = ""
  description = "When the peak ends."
}

variable "peak_min_capacity" {
  type        = number
  default     = 10
  description = "The smallest number of tasks during the peak."

  validation {
    condition     = var.peak_min_capacity >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "night_start" {
  type        = string
  default     = ""
  description = "When the night begins, such as \"cron(0 22 * * ? *)\". Empty for none."
}

variable "night_end" {
  type        = string
  default     = ""
  description = "When the night ends."
}

variable "night_min_capacity" {
  type        = number
  default     = 1
  description = "The smallest number of tasks at night."

  validation {
    condition     = var.night_min_capacity >= 1
    error_message = "Allowed are 1 and more."
  }
}

variable "metric_namespace" {
  type        = string
  default     = "FastScaling"
  description = "The CloudWatch namespace. The task role may write to this one only."

  validation {
    condition     = can(regex("^[0-9A-Za-z._/#-][0-9A-Za-z._/#:-]*$", var.metric_namespace))
    error_message = "1 to 255 of 0-9 A-Z a-z . - _ /"
  }
}

variable "export_interval" {
  type        = number
  default     = 5
  description = "Seconds between two calls of a task. Each call is paid for."

  validation {
    condition     = contains([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], var.export_interval)
    error_message = "Allowed are 1, 2, 3, 4, 5, 6, 7, 8, 9, 10."
  }
}

variable "quiet_export_interval" {
  type        = number
  default     = 0
  description = "Seconds between two calls of a task while all its signals are low; 0 is off. See docs/tuning.md."

  validation {
    condition     = contains([0, 10, 15, 20, 30], var.quiet_export_interval)
    error_message = "Allowed are 0, 10, 15, 20, 30."
  }
}

variable "max_extra_calls_per_hour" {
  type        = number
  default     = 120
  description = "Calls an hour and task beyond the interval, made when a signal rises."

  validation {
    condition     = var.max_extra_calls_per_hour >= 0
    error_message = "Allowed are 0 and more."
  }
}

variable "warm_up" {
  type        = number
  default     = 30
  description = "Seconds for which a task without a request sends no zeros. With blue/green at least the wait for traffic."

  validation {
    condition     = var.warm_up >= 0 && var.warm_up <= 3600
    error_message = "Allowed are 0 to 3600."
  }
}

variable "otlp_endpoint" {
  type        = string
  default     = ""
  description = "Where the application sends its other metrics by OTLP, if it does."
}

variable "health_check_path" {
  type        = string
  default     = "/health"
  description = "Must not depend on the work of the service."

  validation {
    condition     = can(regex("^/.*$", var.health_check_path))
    error_message = "Must match /.*."
  }
}

variable "unhealthy_threshold" {
  type        = number
  default     = 5
  description = "Failed checks, 5 s apart, until a task is replaced. 2 would take a busy task for dead after 10 s, in the middle of a surge; 5 leaves new tasks 25 s to arrive."

  validation {
    condition     = var.unhealthy_threshold >= 2 && var.unhealthy_threshold <= 10
    error_message = "Allowed are 2 to 10."
  }
}

variable "health_check_grace_period" {
  type        = number
  default     = 30
  description = "Seconds after its start for which failed checks do not stop a task. More for slow starters."

  validation {
    condition     = var.health_check_grace_period >= 0 && var.health_check_grace_period <= 600
    error_message = "Allowed are 0 to 600."
  }
}

variable "deregistration_delay" {
  type        = number
  default     = 10
  description = "Seconds that requests to a task being stopped may go on. Above the longest usual request."

  validation {
    condition     = var.deregistration_delay >= 0 && var.deregistration_delay <= 3600
    error_message = "Allowed are 0 to 3600."
  }
}

variable "certificate_arn" {
  type        = string
  default     = ""
  description = "A certificate of ACM for HTTPS. Empty for HTTP only."
}

variable "vpc_id" {
  type        = string
  default     = ""
  description = "An existing VPC. Empty for one of its own."
}

variable "load_balancer_subnet_ids" {
  type        = list(string)
  default     = []
  description = "Public subnets in two or more zones, with an existing VPC."
}

variable "task_subnet_ids" {
  type        = list(string)
  default     = []
  description = "Subnets of the tasks, with an existing VPC."
}

variable "assign_public_ip" {
  type        = string
  default     = "DISABLED"
  description = "With an existing VPC, ENABLED when the tasks are in public subnets without NAT."

  validation {
    condition     = contains(["ENABLED", "DISABLED"], var.assign_public_ip)
    error_message = "Allowed are ENABLED, DISABLED."
  }
}

variable "use_endpoints" {
  type        = bool
  default     = false
  description = "VPC endpoints for CloudWatch metrics, logs, ECR and S3. In a VPC of its own the tasks then have no other way out."
}

variable "route_table_ids" {
  type        = list(string)
  default     = []
  description = "With an existing VPC and endpoints, the route tables of the tasks' subnets, for S3."
}

variable "alarm_topic_arn" {
  type        = string
  default     = ""
  description = "An SNS topic that the watchdog tells. Empty for none."
}

variable "watchdog_percent" {
  type        = number
  default     = 70
  description = "The watchdog acts when less than this part of the running tasks publishes for five minutes."

  validation {
    condition     = var.watchdog_percent >= 10 && var.watchdog_percent <= 95
    error_message = "Allowed are 10 to 95."
  }
}
