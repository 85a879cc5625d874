# Plans the module without an account: terraform init && terraform test
mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b"] }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name      = "sample"
  image_uri = "sample:1"
}

run "defaults" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.scale_out) == 9
    error_message = "Each step boundary has an alarm of its own."
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.scale_out["connections"].alarm_actions) == 0 && length(aws_appautoscaling_policy.scale_out) == 8
    error_message = "Connections do not scale behind a load balancer."
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 0 && length(aws_vpc.own) == 1
    error_message = "A VPC of its own, without endpoints."
  }

  assert {
    condition     = aws_appautoscaling_target.this.suspended_state[0].dynamic_scaling_out_suspended == false
    error_message = "It scales."
  }
}

run "existing_vpc_in_shadow_with_a_peak" {
  command = plan

  variables {
    vpc_id                   = "vpc-1"
    load_balancer_subnet_ids = ["subnet-1", "subnet-2"]
    task_subnet_ids          = ["subnet-3", "subnet-4"]
    use_endpoints            = true
    route_table_ids          = ["rtb-1"]
    enable_scaling           = false
    certificate_arn          = "arn:aws:acm:eu-central-1:123456789012:certificate/1"
    peak_start               = "cron(45 8 ? * MON-FRI *)"
    peak_end                 = "cron(0 18 ? * MON-FRI *)"
  }

  assert {
    condition     = length(aws_vpc.own) == 0 && length(aws_vpc_endpoint.interface) == 4 && length(aws_vpc_endpoint.s3) == 1
    error_message = "Endpoints in the VPC that is there."
  }

  assert {
    condition     = aws_appautoscaling_target.this.suspended_state[0].dynamic_scaling_out_suspended
    error_message = "Nothing scales in shadow."
  }

  assert {
    condition     = length(aws_appautoscaling_scheduled_action.this) == 2
    error_message = "A peak begins and ends."
  }
}

run "a_vpc_without_subnets_is_refused" {
  command = plan

  variables {
    vpc_id = "vpc-1"
  }

  expect_failures = [aws_lb.this]
}
