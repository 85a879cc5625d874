using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>What the exporter tells the application's log. Never a credential, a token or a signed header.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "Publishing {Metrics} to CloudWatch namespace {Namespace}, dimensions {Dimensions}, at {Endpoint} every {ExportInterval}. List price: {Price}. Free tier and volume prices are not counted.")]
    public static partial void Publishing(this ILogger logger, string metrics, string @namespace, string dimensions, Uri endpoint, TimeSpan exportInterval, string price);

    [LoggerMessage(2, LogLevel.Warning, "No service name is set, so the metrics have the dimension ServiceName={ServiceName}. Set OTEL_SERVICE_NAME, ConfigureResource(r => r.AddService(...)) or the option Dimensions.")]
    public static partial void ServiceNameAssumed(this ILogger logger, string serviceName);

    [LoggerMessage(3, LogLevel.Warning, "The Region {Region} is not known to this version of the AWS SDK; its endpoint is taken to be {Endpoint}.")]
    public static partial void RegionUnknown(this ILogger logger, string region, Uri endpoint);

    [LoggerMessage(4, LogLevel.Information, "There is no host, so the signals are those of the whole process: of every server that runs in it.")]
    public static partial void ProcessWide(this ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "CloudWatch did not take the metrics: {Reason}. They are kept and sent again ({PendingSamples} seconds are waiting). This message comes at most once a minute.")]
    public static partial void SendingFails(this ILogger logger, string reason, int pendingSamples);

    [LoggerMessage(6, LogLevel.Error, "CloudWatch refused a request with {Data} data: {Reason}. The data at fault are looked for and dropped; the others are sent. This message comes at most once a minute.")]
    public static partial void DataRefused(this ILogger logger, string reason, int data);

    [LoggerMessage(7, LogLevel.Warning, "No reply came to a PutMetricData call with {Data} data: {Reason}. CloudWatch may have them or not; they are not sent again, or they could count twice. This message comes at most once a minute.")]
    public static partial void OutcomeUnknown(this ILogger logger, string reason, int data);

    [LoggerMessage(8, LogLevel.Information, "CloudWatch takes the metrics again.")]
    public static partial void SendingRecovered(this ILogger logger);

    [LoggerMessage(9, LogLevel.Warning, "Credentials, Region or ECS task metadata cannot be found yet, so nothing is sent: {Reason} The look-up goes on. This message comes at most once a minute.")]
    public static partial void LookupFails(this ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Warning, "The credentials could not be renewed; the present ones are used until that works: {Reason} This message comes at most once a minute.")]
    public static partial void RenewalFails(this ILogger logger, string reason);

    [LoggerMessage(11, LogLevel.Warning, "{Data} data were not sent before the time to stop was over.")]
    public static partial void LostAtShutdown(this ILogger logger, int data);

    [LoggerMessage(12, LogLevel.Error, "Two pipelines would publish the same metrics (namespace {Namespace}, dimensions {Dimensions}), which would count everything twice. The pipeline '{Pipeline}' publishes nothing.")]
    public static partial void DuplicatePipeline(this ILogger logger, string @namespace, string dimensions, string pipeline);

    [LoggerMessage(13, LogLevel.Warning, "Samples came up to {Lateness} after the end of their second: the process gets too little processor time.")]
    public static partial void CollectionLate(this ILogger logger, TimeSpan lateness);

    [LoggerMessage(20, LogLevel.Error, "CloudWatch forbids to publish in the namespace {Namespace}: {Reason}. The task's role needs the permission cloudwatch:PutMetricData, and a condition on cloudwatch:namespace must allow this one. The metrics are kept as long as MaxBacklogAge and MaxBacklogBytes allow, and tried again at least once a minute, or once an ExportInterval when that is longer.")]
    public static partial void PermissionMissing(this ILogger logger, string @namespace, string reason);

    [LoggerMessage(21, LogLevel.Error, "The credentials to publish in the namespace {Namespace} are not accepted: {Reason}. The metrics are kept as long as MaxBacklogAge and MaxBacklogBytes allow, and tried again at least once a minute, or once an ExportInterval when that is longer.")]
    public static partial void CredentialsNotAccepted(this ILogger logger, string @namespace, string reason);

    [LoggerMessage(22, LogLevel.Error, "CloudWatch refuses data of the metric '{Metric}': {Reason}. Such data are dropped, and no others. This message comes once for each metric.")]
    public static partial void MetricRefused(this ILogger logger, string metric, string reason);

    [LoggerMessage(23, LogLevel.Warning, "A request with {Data} data is too large: {Reason}. It is sent in halves. This message comes at most once a minute.")]
    public static partial void RequestTooLarge(this ILogger logger, string reason, int data);

    [LoggerMessage(24, LogLevel.Warning, "The clock of this machine is {Offset} away from CloudWatch's, too far for its signatures: {Reason}. Requests are signed with CloudWatch's time. This message comes at most once a minute.")]
    public static partial void ClockCorrected(this ILogger logger, TimeSpan offset, string reason);

    [LoggerMessage(25, LogLevel.Warning, "{Expired} data waited longer than MaxBacklogAge and {Full} had no room in MaxBacklogBytes; they are dropped. This message comes at most once a minute.")]
    public static partial void BacklogDropped(this ILogger logger, long expired, long full);

    [LoggerMessage(30, LogLevel.Warning, "{Warning}")]
    public static partial void ConfigurationUnknown(this ILogger logger, string warning);

    [LoggerMessage(40, LogLevel.Warning, "{Values} values of metrics were not published: CloudWatch takes no NaN, nothing infinite, and nothing beyond 2^360. This message comes at most once a minute.")]
    public static partial void ValuesUnpublishable(this ILogger logger, int values);

    [LoggerMessage(41, LogLevel.Warning, "There are more series than the option MaxSeries allows; {Points} points went into series with the dimension Overflow=true. This message comes at most once a minute.")]
    public static partial void SeriesFolded(this ILogger logger, int points);

    [LoggerMessage(42, LogLevel.Warning, "An instrument has more series than the OpenTelemetry SDK keeps (otel.metric.overflow); {Points} points stand for the rest. This message comes at most once a minute.")]
    public static partial void SdkOverflow(this ILogger logger, int points);

    [LoggerMessage(43, LogLevel.Warning, "Another meter has a metric of the same name already, so one is published as {Metric}.")]
    public static partial void NameClash(this ILogger logger, string metric);

    [LoggerMessage(44, LogLevel.Information, "This container, {Container}, publishes nothing: the option PublishingContainer names another one of the task.")]
    public static partial void ContainerIsSilent(this ILogger logger, string container);

    [LoggerMessage(60, LogLevel.Information, "Quiet mode is on: while every signal has been below {QuietBelow} of its surge threshold for 10 s, samples are sent every {QuietExportInterval}. It suits services whose tasks carry even loads, or that have one task: data of quiet tasks come late, so a busy task among them looks like the whole fleet. Alarms need TreatMissingData notBreaching or ignore, and scale-in alarms a period of at least twice that interval.")]
    public static partial void QuietMode(this ILogger logger, TimeSpan quietExportInterval, double quietBelow);

    [LoggerMessage(61, LogLevel.Warning, "The clock of this machine is wrong by {Offset}, by the Date headers of CloudWatch's replies. Samples are stamped with CloudWatch's time.")]
    public static partial void StampsCorrected(this ILogger logger, TimeSpan offset);

    [LoggerMessage(62, LogLevel.Information, "The clock of this machine is right again; samples are stamped with it.")]
    public static partial void StampsRightAgain(this ILogger logger);

    [LoggerMessage(63, LogLevel.Warning, "The signal '{Signal}' cannot be sampled: {Reason}. While its callback throws or does not return it has no data. This message comes once for each signal.")]
    public static partial void SignalFails(this ILogger logger, string signal, string reason);

    [LoggerMessage(64, LogLevel.Warning, "ECS says that the clock of this machine cannot be relied on: it is {Status} and off by up to {ErrorBound}. Samples are stamped with it until the Date headers of CloudWatch's replies show that it is wrong by more than 2 s.")]
    public static partial void ClockDoubtful(this ILogger logger, string status, TimeSpan errorBound);

    [LoggerMessage(65, LogLevel.Information, "ECS says that the clock of this machine is synchronized again, and off by at most {ErrorBound}.")]
    public static partial void ClockReliableAgain(this ILogger logger, TimeSpan errorBound);
}
