namespace FastScaling.Lab.Costs;

/// <summary>
/// List prices of us-east-1 in US dollars. CloudWatch: aws.amazon.com/cloudwatch/pricing and the cost page of AWS's "automated security response"
/// solution, read in 2026-11. Fargate (Linux, x86): published price tables of spring 2026. No price was asked of AWS's price API: check before you
/// budget.
/// </summary>
internal static class PriceList
{
    public const string Source = "list prices of us-east-1, CloudWatch as of 2026-11, Fargate as of 2026-04";

    /// <summary>One thousand PutMetricData calls, however many data they carry.</summary>
    public const double ThousandCalls = 0.01;

    /// <summary>One custom metric for a month, of the first 10,000.</summary>
    public const double Metric = 0.30;

    /// <summary>One metric of an alarm with a period of 10, 20 or 30 seconds, for a month.</summary>
    public const double FastAlarmMetric = 0.30;

    /// <summary>One metric of an alarm with a period of a minute and more, for a month.</summary>
    public const double AlarmMetric = 0.10;

    /// <summary>One GB of logs taken in, which is how the embedded metric format is paid.</summary>
    public const double LogGigabyte = 0.50;

    public const double FargateProcessorHour = 0.04048;

    public const double FargateGigabyteHour = 0.004445;

    public const double HoursPerMonth = 730;

    public const double SecondsPerMonth = HoursPerMonth * 3600;
}
