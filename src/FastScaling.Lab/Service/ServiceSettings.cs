namespace FastScaling.Lab.Service;

/// <summary>
/// What the model of a service assumes. Every setting has its default, range and source; where the source is "chosen", it is a property of
/// the user's own service, to be measured there.
/// </summary>
internal sealed record ServiceSettings
{
    /// <summary>Requests that one warm task can work off with its processor alone, a second. Default 200; above 0. Chosen: twice the usual threshold of 100.</summary>
    public double RequestsPerSecondOfCpu { get; init; } = 200;

    /// <summary>Processor time and own waiting of one request on an idle task. Default 45 ms; above 0. Chosen.</summary>
    public TimeSpan ServiceTime { get; init; } = TimeSpan.FromMilliseconds(45);

    /// <summary>Latency of the shared dependency in good times, on top of <see cref="ServiceTime"/>. Default 5 ms; 0 or more. Chosen.</summary>
    public TimeSpan DependencyTime { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Requests that a task works on at the same time; the rest waits. Default 100; 1 or more. Chosen.</summary>
    public int Concurrency { get; init; } = 100;

    /// <summary>Spread of latencies within a second: sigma of a log-normal distribution around their mean. Default 0.4; 0 to 2. Chosen.</summary>
    public double LatencySigma { get; init; } = 0.4;

    /// <summary>Spread of processor speed among tasks: sigma of a log-normal distribution. Default 0.05; 0 to 1. Chosen.</summary>
    public double SpeedSigma { get; init; } = 0.05;

    /// <summary>Least time from a new desired count to a running task. Default 23 s: what AWS's figures for 20-second scaling imply (386 - 363 and 109 - 86 s).</summary>
    public TimeSpan StartTimeMinimum { get; init; } = TimeSpan.FromSeconds(23);

    /// <summary>Longest such time; between the two every time is equally likely. Default 57 s: the average for a 413 MB image without lazy loading (elasticscale.com, 2024).</summary>
    public TimeSpan StartTimeMaximum { get; init; } = TimeSpan.FromSeconds(57);

    /// <summary>Tasks that an account may launch at once. Default 100 (Amazon ECS throttling quotas).</summary>
    public int LaunchBurst { get; init; } = 100;

    /// <summary>Tasks that an account may launch in a second, sustained. Default 20 (Amazon ECS throttling quotas).</summary>
    public double LaunchRate { get; init; } = 20;

    /// <summary>Tasks that a service may launch in a minute. Default 500, in large Regions; 125 elsewhere (service quota).</summary>
    public int LaunchesPerMinute { get; init; } = 500;

    /// <summary>How many requests a new task serves slowly. Default 200; 0 or more. Chosen: until the JIT has optimised the usual paths.</summary>
    public int ColdRequests { get; init; } = 200;

    /// <summary>How much longer they take. Default 3; 1 or more. Chosen.</summary>
    public double ColdFactor { get; init; } = 3;

    /// <summary>Health check of the load balancer: time between two. Default 5 s, the deployment's; 5 to 300 s (ALB; its own default is 30).</summary>
    public TimeSpan HealthCheckInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Health check: longest time for an answer. Default 4 s, the deployment's; 2 to 120 s (ALB).</summary>
    public TimeSpan HealthCheckTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Failed checks in a row that make it unhealthy; ECS then replaces it. Default 5, the deployment's; 2 to 10 (ALB).</summary>
    public int UnhealthyThreshold { get; init; } = 5;

    /// <summary>How long ECS ignores failed checks of a new task. Default 0, as in ECS.</summary>
    public TimeSpan HealthCheckGracePeriod { get; init; }

    /// <summary>Whether the health endpoint waits behind the other requests of its task. Default <see langword="true"/>: the harsher case.</summary>
    public bool HealthCheckWaits { get; init; } = true;

    /// <summary>How long a deregistered task may finish its requests; then they fail. Default 30 s; ALB's own default is 300.</summary>
    public TimeSpan DeregistrationDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How the load balancer spreads requests. Default round robin, as ALB.</summary>
    public BalancerAlgorithm Balancer { get; init; }

    /// <summary>
    /// Part of the requests that stays on connections which clients keep open to a task. Default 0: ALB chooses for every request. 0 to 1; for a network
    /// load balancer 1.
    /// </summary>
    public double KeepAlivePart { get; init; }

    /// <summary>How long such connections live, so how fast a new task gets its share of them. Default 60 s; above 0. Chosen.</summary>
    public TimeSpan KeepAliveLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Unevenness of tasks: sigma of a log-normal weight in the spreading. Default 0; 0 to 2. Above 0 for services with sticky sessions.</summary>
    public double WeightSigma { get; init; }

    /// <summary>How long a client waits. Default 10 s; 1 s or more. Chosen.</summary>
    public TimeSpan ClientTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a client tries again after a time-out or failure. Default 1; 0 to 3. Chosen.</summary>
    public int MaxRetries { get; init; } = 1;

    /// <summary>How long it waits before that. Default 1 s; 1 s or more. Chosen.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Connections that the load balancer keeps open to each task. Default 50; 0 or more. Chosen: it is the pool of the load balancer and not of clients.</summary>
    public int BalancerConnections { get; init; } = 50;

    /// <summary>Latency that the service should keep. Default 500 ms; above 0. The seed's threshold.</summary>
    public TimeSpan LatencyGoal { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Rolling deployment: most tasks, in percent of the desired count. Default 200, as in ECS.</summary>
    public int MaximumPercent { get; init; } = 200;

    /// <summary>Rolling deployment: fewest healthy tasks, in percent of the desired count. Default 100, as in ECS.</summary>
    public int MinimumHealthyPercent { get; init; } = 100;

    /// <summary>Blue/green deployment: how long the old tasks stay after the switch. Default 60 s; 0 or more. Chosen.</summary>
    public TimeSpan BakeTime { get; init; } = TimeSpan.FromSeconds(60);
}
