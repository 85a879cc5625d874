data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_availability_zones" "available" {
  state = "available"
}

locals {
  own_vpc             = var.vpc_id == ""
  private_in_own_vpc  = local.own_vpc && var.use_endpoints
  vpc_id              = local.own_vpc ? aws_vpc.own[0].id : var.vpc_id
  load_balancer_nets  = local.own_vpc ? aws_subnet.public[*].id : var.load_balancer_subnet_ids
  task_nets           = local.private_in_own_vpc ? aws_subnet.private[*].id : local.own_vpc ? aws_subnet.public[*].id : var.task_subnet_ids
  tasks_are_public    = local.own_vpc ? !var.use_endpoints : var.assign_public_ip == "ENABLED"
  region              = data.aws_region.current.name
  has_certificate     = var.certificate_arn != ""
  has_gateway         = var.use_endpoints && (local.own_vpc || length(var.route_table_ids) > 0)
  endpoint_beginnings = { aws-cn = "cn.com.amazonaws" }
  endpoint_beginning  = lookup(local.endpoint_beginnings, data.aws_partition.current.partition, "com.amazonaws")
  # In China not the names of logs and S3; not tried.
  interface_endpoints = var.use_endpoints ? {
    monitoring = "${local.endpoint_beginning}.${local.region}.monitoring"
    logs       = "com.amazonaws.${local.region}.logs"
    ecr_api    = "${local.endpoint_beginning}.${local.region}.ecr.api"
    ecr_dkr    = "${local.endpoint_beginning}.${local.region}.ecr.dkr"
  } : {}
}

resource "aws_vpc" "own" {
  count                = local.own_vpc ? 1 : 0
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags                 = { Name = var.name }
}

resource "aws_internet_gateway" "own" {
  count  = local.own_vpc ? 1 : 0
  vpc_id = aws_vpc.own[0].id
}

resource "aws_subnet" "public" {
  count             = local.own_vpc ? 2 : 0
  vpc_id            = aws_vpc.own[0].id
  cidr_block        = cidrsubnet("10.0.0.0/16", 4, count.index)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_route_table" "public" {
  count  = local.own_vpc ? 1 : 0
  vpc_id = aws_vpc.own[0].id
}

resource "aws_route" "public" {
  count                  = local.own_vpc ? 1 : 0
  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.own[0].id
}

resource "aws_route_table_association" "public" {
  count          = local.own_vpc ? 2 : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public[0].id
}

resource "aws_subnet" "private" {
  count             = local.private_in_own_vpc ? 2 : 0
  vpc_id            = aws_vpc.own[0].id
  cidr_block        = cidrsubnet("10.0.0.0/16", 4, count.index + 2)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_route_table" "private" {
  count  = local.private_in_own_vpc ? 1 : 0
  vpc_id = aws_vpc.own[0].id
}

resource "aws_route_table_association" "private" {
  count          = local.private_in_own_vpc ? 2 : 0
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[0].id
}

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-load-balancer"
  description = "The load balancer, open to its clients"
  vpc_id      = local.vpc_id

  dynamic "ingress" {
    for_each = local.has_certificate ? [80, 443] : [80]
    content {
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "task" {
  name        = "${var.name}-task"
  description = "The tasks, open to the load balancer"
  vpc_id      = local.vpc_id

  ingress {
    protocol        = "tcp"
    from_port       = var.container_port
    to_port         = var.container_port
    security_groups = [aws_security_group.load_balancer.id]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "endpoint" {
  count       = var.use_endpoints ? 1 : 0
  name        = "${var.name}-endpoint"
  description = "The endpoints, open to the tasks"
  vpc_id      = local.vpc_id

  ingress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    security_groups = [aws_security_group.task.id]
  }
}

resource "aws_vpc_endpoint" "interface" {
  for_each            = local.interface_endpoints
  vpc_endpoint_type   = "Interface"
  service_name        = each.value
  vpc_id              = local.vpc_id
  subnet_ids          = local.task_nets
  security_group_ids  = [aws_security_group.endpoint[0].id]
  private_dns_enabled = true
}

resource "aws_vpc_endpoint" "s3" {
  count             = local.has_gateway ? 1 : 0
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.${local.region}.s3"
  vpc_id            = local.vpc_id
  route_table_ids   = local.own_vpc ? aws_route_table.private[*].id : var.route_table_ids
}
