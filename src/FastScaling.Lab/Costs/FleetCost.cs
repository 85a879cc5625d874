namespace FastScaling.Lab.Costs;

/// <summary>What a fleet costs in a month of 730 hours, in US dollars, before any free tier.</summary>
internal sealed record FleetCost
{
    /// <summary>Tasks, in the mean.</summary>
    public double Tasks { get; init; } = 2;

    /// <summary>Seconds between two calls.</summary>
    public double ExportInterval { get; init; } = 5;

    /// <summary>The share of the time that is quiet, from 0 to 1, in which calls are rarer.</summary>
    public double QuietShare { get; init; }

    /// <summary>Seconds between two calls in a quiet time.</summary>
    public double QuietInterval { get; init; } = 60;

    public int Metrics { get; init; } = 6;

    /// <summary>Metrics of alarms with periods below a minute.</summary>
    public int FastAlarmMetrics { get; init; } = 2;

    /// <summary>Metrics of all other alarms.</summary>
    public int SlowAlarmMetrics { get; init; }

    /// <summary>Processors of a task.</summary>
    public double Processors { get; init; } = 1;

    /// <summary>GB of memory of a task.</summary>
    public double Gigabytes { get; init; } = 2;

    /// <summary>Calls of PutMetricData in a month and task.</summary>
    public double CallsPerTask => PriceList.SecondsPerMonth * (((1 - QuietShare) / ExportInterval) + (QuietShare / QuietInterval));

    public double Calls => Tasks * CallsPerTask / 1000 * PriceList.ThousandCalls;

    public double MetricFees => Metrics * PriceList.Metric;

    public double AlarmFees => (FastAlarmMetrics * PriceList.FastAlarmMetric) + (SlowAlarmMetrics * PriceList.AlarmMetric);

    public double Total => Calls + MetricFees + AlarmFees;

    /// <summary>What the tasks themselves cost.</summary>
    public double TaskFees => Tasks * TaskHours(PriceList.HoursPerMonth, Processors, Gigabytes);

    /// <summary>The price of hours of one task.</summary>
    public static double TaskHours(double hours, double processors, double gigabytes) =>
        hours * ((processors * PriceList.FargateProcessorHour) + (gigabytes * PriceList.FargateGigabyteHour));

    /// <summary>The calls' worth as log lines of the embedded metric format, of so many bytes each; AWS adds 26 bytes to each.</summary>
    public double AsLogs(int bytes) => Tasks * CallsPerTask * (bytes + 26) / 1e9 * PriceList.LogGigabyte;
}
