resource "aws_lb" "this" {
  name               = var.name
  load_balancer_type = "application"
  internal           = false
  security_groups    = [aws_security_group.load_balancer.id]
  subnets            = local.load_balancer_nets

  lifecycle {
    precondition {
      condition     = local.own_vpc || (length(var.load_balancer_subnet_ids) > 0 && length(var.task_subnet_ids) > 0)
      error_message = "load_balancer_subnet_ids and task_subnet_ids are needed with vpc_id."
    }
  }

  depends_on = [aws_route.public]
}

resource "aws_lb_target_group" "this" {
  name        = var.name
  vpc_id      = local.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  port        = var.container_port
  # Every task gets the same share, which an average over the tasks assumes.
  load_balancing_algorithm_type = "round_robin"
  deregistration_delay          = var.deregistration_delay

  health_check {
    path                = var.health_check_path
    interval            = 5
    timeout             = 4
    healthy_threshold   = 2
    unhealthy_threshold = var.unhealthy_threshold
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = local.has_certificate ? "redirect" : "forward"
    target_group_arn = local.has_certificate ? null : aws_lb_target_group.this.arn

    dynamic "redirect" {
      for_each = local.has_certificate ? [1] : []
      content {
        protocol    = "HTTPS"
        port        = "443"
        status_code = "HTTP_301"
      }
    }
  }
}

resource "aws_lb_listener" "https" {
  count             = local.has_certificate ? 1 : 0
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTPS"
  port              = 443
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.name}"
  retention_in_days = var.log_retention_days
}

locals {
  ecs_tasks_may_assume = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
  otlp = var.otlp_endpoint == "" ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT = var.otlp_endpoint }
  environment = merge(local.otlp, {
    ASPNETCORE_HTTP_PORTS                         = var.container_port
    FastScaling__CloudWatch__Namespace            = var.metric_namespace
    FastScaling__CloudWatch__ExportInterval       = var.export_interval
    FastScaling__CloudWatch__QuietExportInterval  = var.quiet_export_interval
    FastScaling__CloudWatch__MaxExtraCallsPerHour = var.max_extra_calls_per_hour
    FastScaling__CloudWatch__WarmUp               = var.warm_up
    # What the alarms wait for is sent at once when it begins.
    FastScaling__CloudWatch__SurgeThresholds__RequestsPerSecond = var.requests_per_second_threshold
    FastScaling__CloudWatch__SurgeThresholds__ActiveRequests    = var.active_requests_threshold
    FastScaling__CloudWatch__SurgeThresholds__QueueDelay        = var.queue_delay_threshold
    FastScaling__CloudWatch__SurgeThresholds__ResponseTime      = var.response_time_threshold
    FastScaling__CloudWatch__SurgeThresholds__ActiveConnections = var.active_connections_threshold
  })
}

resource "aws_iam_role" "task" {
  name_prefix        = "${var.name}-task-"
  description        = "What the service itself may do"
  assume_role_policy = local.ecs_tasks_may_assume
}

resource "aws_iam_role_policy" "publish" {
  name = "PublishScalingSignals"
  role = aws_iam_role.task.id
  # PutMetricData knows no resources; the condition is what narrows it.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "cloudwatch:PutMetricData"
      Resource  = "*"
      Condition = { StringEquals = { "cloudwatch:namespace" = var.metric_namespace } }
    }]
  })
}

resource "aws_iam_role" "execution" {
  name_prefix        = "${var.name}-start-"
  description        = "What ECS may do to start the tasks"
  assume_role_policy = local.ecs_tasks_may_assume
}

resource "aws_iam_role_policy" "pull_and_log" {
  name = "PullAndLog"
  role = aws_iam_role.execution.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
      {
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = "arn:${data.aws_partition.current.partition}:ecr:*:${data.aws_caller_identity.current.account_id}:repository/*"
      },
      { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${aws_cloudwatch_log_group.this.arn}:*" },
    ]
  })
}

resource "aws_ecs_cluster" "this" {
  name = var.name
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE"]
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  task_role_arn            = aws_iam_role.task.arn
  execution_role_arn       = aws_iam_role.execution.arn

  runtime_platform {
    cpu_architecture        = var.cpu_architecture
    operating_system_family = "LINUX"
  }

  container_definitions = jsonencode([{
    name                   = "service"
    image                  = var.image_uri
    essential              = true
    readonlyRootFilesystem = true
    user                   = "1654"
    stopTimeout            = var.stop_timeout
    portMappings           = [{ containerPort = var.container_port, protocol = "tcp" }]
    environment            = [for name, value in local.environment : { name = name, value = tostring(value) }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = local.region
        awslogs-stream-prefix = "service"
        # A log that cannot be sent must not hold up the service.
        mode            = "non-blocking"
        max-buffer-size = "4m"
      }
    }
  }])
}

resource "aws_ecs_service" "this" {
  name                               = var.name
  cluster                            = aws_ecs_cluster.this.id
  task_definition                    = aws_ecs_task_definition.this.arn
  launch_type                        = "FARGATE"
  platform_version                   = "1.4.0"
  desired_count                      = var.min_capacity
  health_check_grace_period_seconds  = var.health_check_grace_period
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    assign_public_ip = local.tasks_are_public
    security_groups  = [aws_security_group.task.id]
    subnets          = local.task_nets
  }

  load_balancer {
    container_name   = "service"
    container_port   = var.container_port
    target_group_arn = aws_lb_target_group.this.arn
  }

  # The size belongs to scaling from the first moment on: an apply must not set it back.
  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [aws_lb_listener.http, aws_lb_listener.https]
}
