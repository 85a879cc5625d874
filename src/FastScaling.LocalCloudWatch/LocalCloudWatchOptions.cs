using System.Security.Cryptography.X509Certificates;

namespace FastScaling.LocalCloudWatch;

/// <summary>How a <see cref="LocalCloudWatchServer"/> listens, what it checks and whom it tells. Read once, at the start.</summary>
public sealed class LocalCloudWatchOptions
{
    /// <summary>The TCP port on the loopback address.</summary>
    /// <value>The default is 0: any free port. Allowed: 0 to 65535.</value>
    public int Port { get; set; }

    /// <summary>The server certificate, with its private key. When set, the server speaks HTTPS and nothing else.</summary>
    /// <value>The default is <see langword="null"/>: plain HTTP.</value>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Whether the TCP connection is closed after every reply, as if there were no keep-alive.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    internal bool CloseConnectionAfterReply { get; set; }

    /// <summary>
    /// The secret access key for each access key id. When not empty, Signature Version 4 is fully verified: signature, body hash, signed
    /// headers, and a clock at most 5 minutes off. When empty, only the shape of the Authorization header is checked.
    /// </summary>
    /// <value>The default is empty.</value>
    public IDictionary<string, string> SecretAccessKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The clock: default timestamps, the accepted window of timestamps, retention, and the age of signatures.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Called after each accepted PutMetricData, before its reply is sent, on the thread that serves the call; calls may overlap. What it
    /// throws is ignored.
    /// </summary>
    /// <value>The default is <see langword="null"/>: nobody is told.</value>
    public Action<PutMetricDataReceipt>? Received { get; set; }

    /// <summary>
    /// Called after each refused call, of any operation, before its reply is sent, on the thread that serves the call; calls may overlap.
    /// What it throws is ignored.
    /// </summary>
    /// <value>The default is <see langword="null"/>: nobody is told.</value>
    public Action<RejectedCall>? Rejected { get; set; }

    /// <summary>
    /// How long data take from their call until reads and alarms see them. CloudWatch promises nothing here; AWS speaks of seconds.
    /// </summary>
    /// <value>The default is 0: at once. Allowed: 0 to 1 hour.</value>
    public TimeSpan IngestionDelay { get; set; }

    /// <summary>What is added to <see cref="IngestionDelay"/>, for each call anew: at random from zero to this.</summary>
    /// <value>The default is 0. Allowed: 0 to 1 hour.</value>
    public TimeSpan IngestionDelaySpread { get; set; }

    /// <summary>
    /// How long after each whole 10 seconds, or each whole minute for periods of a minute and more, alarms are evaluated. AWS documents how often, not
    /// when.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: each alarm has its own phase, from its name and <see cref="Seed"/>. Allowed: zero to just under a
    /// minute; for 10-second evaluations what is left after whole 10 seconds.
    /// </value>
    public TimeSpan? AlarmEvaluationPhase { get; set; }

    /// <summary>
    /// How many periods more than EvaluationPeriods an alarm reads, to have enough data points where some are missing. AWS publishes one example,
    /// 5 for 3, and says that the number depends on the period.
    /// </summary>
    /// <value>The default is 2. Allowed: 0 to 100.</value>
    public int ExtraEvaluationPeriods { get; set; } = 2;

    /// <summary>How often the actions of Auto Scaling policies are invoked again while the state of their alarm lasts.</summary>
    /// <value>The default is 1 minute, as AWS documents it. Allowed: 10 seconds to 1 hour.</value>
    public TimeSpan AlarmActionRepeatInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Where random delays and phases start from: the same seed gives the same ones.</summary>
    /// <value>The default is 0. Allowed: any.</value>
    public int Seed { get; set; }

    /// <summary>
    /// Called after an alarm has changed its state, on a thread of the server that serves no call; one call at a time, in the order of
    /// the changes. What it throws is ignored. While it runs, no alarm is evaluated.
    /// </summary>
    /// <value>The default is <see langword="null"/>: nobody is told.</value>
    public Action<AlarmStateChange>? AlarmStateChanged { get; set; }

    /// <summary>Called for every action that an alarm invokes, whatever its ARN, in the same way as <see cref="AlarmStateChanged"/>.</summary>
    /// <value>The default is <see langword="null"/>: nobody is told.</value>
    public Action<AlarmActionInvocation>? AlarmActionInvoked { get; set; }

    /// <summary>What carries out actions, for the ARNs that each accepts; called in the same way as <see cref="AlarmActionInvoked"/>, after it.</summary>
    /// <value>The default is empty.</value>
    internal IList<IAlarmActionTarget> AlarmActionTargets { get; } = [];

    internal Alarms.CloudWatchSettings ToSettings() => new()
    {
        IngestionDelayMinimum = IngestionDelay,
        IngestionDelayMaximum = IngestionDelay + IngestionDelaySpread,
        EvaluationPhase = AlarmEvaluationPhase,
        ExtraEvaluationPeriods = ExtraEvaluationPeriods,
        ActionRepeatInterval = AlarmActionRepeatInterval,
        Seed = Seed,
    };
}
