namespace FastScaling.Lab.Scaling;

/// <summary>Why an alarm or schedule changed nothing. The first four codes are those of Application Auto Scaling.</summary>
internal sealed record NotScaledReason(string Code, int? MinCapacity = null, int? MaxCapacity = null, int? CurrentCapacity = null)
{
    public const string AlreadyAtMaxCapacity = "AlreadyAtMaxCapacity";
    public const string AlreadyAtMinCapacity = "AlreadyAtMinCapacity";
    public const string AlreadyAtDesiredCapacity = "AlreadyAtDesiredCapacity";
    public const string Unscalable = "TargetServicePutResourceAsUnscalable";

    // Not codes of AWS, which logs nothing in these cases: here they are logged, so that a replay can say why nothing happened.
    public const string Cooldown = "Cooldown";
    public const string Suspended = "Suspended";
    public const string NoStep = "NoStep";
    public const string NoMetricValue = "NoMetricValue";
}
