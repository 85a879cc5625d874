using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using Microsoft.Extensions.Configuration;

namespace FastScaling.Otel.Exporter.CloudWatch;

/// <summary>
/// What <c>AddFastScalingCloudWatchExporter</c> publishes, where to, and how often.
/// </summary>
/// <remarks>
/// Every option but <see cref="Credentials"/> can also be set in the configuration section
/// <c>FastScaling:CloudWatch</c>, and so by an environment variable such as <c>FastScaling__CloudWatch__Region</c>.
/// Code wins over configuration, and configuration over the environment variables of AWS and OpenTelemetry. The options
/// are read once, when the meter provider is built; a bad value is an
/// <see cref="Microsoft.Extensions.Options.OptionsValidationException"/> then, which names the option, the value and
/// what is allowed.
/// </remarks>
public sealed class FastScalingCloudWatchExporterOptions
{
    /// <summary>The configuration section that the options are read from: <c>FastScaling:CloudWatch</c>.</summary>
    internal const string ConfigurationSection = "FastScaling:CloudWatch";

    /// <summary>Creates options with their default values.</summary>
    public FastScalingCloudWatchExporterOptions()
    {
    }

    internal FastScalingCloudWatchExporterOptions(IConfiguration configuration) =>
        OptionsReader.Read(configuration.GetSection(ConfigurationSection), this);

    /// <summary>Whether anything is published.</summary>
    /// <value>Default: true. When false, nothing is started and no other option is checked.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The CloudWatch namespace.</summary>
    /// <value>
    /// Default: <c>FastScaling</c>. 1 to 255 characters of <c>0-9 A-Z a-z . - _ / # :</c>, not starting with <c>:</c>
    /// or <c>AWS/</c> (PutMetricData, API reference).
    /// </value>
    public string Namespace { get; set; } = "FastScaling";

    /// <summary>The AWS Region, for example <c>eu-central-1</c>.</summary>
    /// <value>
    /// Default: null, which takes <c>AWS_REGION</c>, the Region of the AWS profile, of the ECS task, or of the instance.
    /// A well-formed Region that the AWS SDK does not know yet is used, with a warning.
    /// </value>
    public string? Region { get; set; }

    /// <summary>The endpoint of CloudWatch.</summary>
    /// <value>
    /// Default: null, which takes <c>AWS_ENDPOINT_URL_CLOUDWATCH</c>, <c>AWS_ENDPOINT_URL</c>, that of the AWS profile,
    /// or the public endpoint of the Region. An absolute https URL, or an http one to loopback
    /// (<see cref="AllowInsecureEndpoint"/>). The Region that is signed for stays the one above, also for a VPC endpoint.
    /// </value>
    public Uri? Endpoint { get; set; }

    /// <summary>Whether <see cref="Endpoint"/> may be a plain http URL to another machine.</summary>
    /// <value>
    /// Default: false, which allows http to loopback alone. What is sent is signed, but anyone on the way can read it.
    /// </value>
    public bool AllowInsecureEndpoint { get; set; }

    /// <summary>Whether the endpoint that follows from the Region is the FIPS one.</summary>
    /// <value>
    /// Default: null, which takes <c>AWS_USE_FIPS_ENDPOINT</c>, then <c>use_fips_endpoint</c> of the AWS profile, then
    /// false. Not together with an endpoint that is set.
    /// </value>
    public bool? UseFipsEndpoint { get; set; }

    /// <summary>Whether the endpoint that follows from the Region is the one with IPv4 and IPv6 addresses.</summary>
    /// <value>
    /// Default: null, which takes <c>AWS_USE_DUALSTACK_ENDPOINT</c>, then <c>use_dualstack_endpoint</c> of the AWS
    /// profile, then false. Not together with an endpoint that is set.
    /// </value>
    public bool? UseDualStackEndpoint { get; set; }

    /// <summary>The HTTP proxy to CloudWatch. The endpoints of ECS and of the instance are never proxied.</summary>
    /// <value>
    /// Default: null, which takes <c>HTTPS_PROXY</c> (<c>HTTP_PROXY</c> for an http endpoint) and <c>NO_PROXY</c>. When
    /// set it is used for every endpoint, whatever these variables say. An http URL; a user and a password in it are
    /// sent to the proxy (Basic) and never logged.
    /// </value>
    public Uri? Proxy { get; set; }

    /// <summary>A file of certificate authorities, in PEM, that are trusted in place of those of the system.</summary>
    /// <value>
    /// Default: null, which takes <c>AWS_CA_BUNDLE</c>, and without it the system's. Read once, when the meter provider
    /// is built.
    /// </value>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>The credentials to sign with.</summary>
    /// <value>
    /// Default: null, which takes the credentials that the AWS SDK would find: environment, web identity, profile,
    /// container, instance. They are looked up in the background, from the start, and renewed before they expire.
    /// </value>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>How far samples are apart. Each belongs to a whole interval of the wall clock.</summary>
    /// <value>Default: 1 second. Whole seconds from 1 to 60.</value>
    public TimeSpan SampleInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the samples that have been taken are sent, in one call.</summary>
    /// <value>Default: 5 seconds. From 1 second to 5 minutes, a multiple of <see cref="SampleInterval"/>.</value>
    public TimeSpan ExportInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>CloudWatch's storage resolution, in seconds.</summary>
    /// <value>
    /// Default: 1, high resolution, without which alarms cannot have a period of 10 seconds. 1 or 60.
    /// </value>
    public int StorageResolution { get; set; } = 1;

    /// <summary>The dimensions under which the signals are published.</summary>
    /// <value>
    /// Default: empty, which publishes under <c>ClusterName</c> and <c>ServiceName</c> of the ECS task, and elsewhere
    /// under <c>ServiceName</c> alone, from the OpenTelemetry resource (<c>service.name</c>). When any are set, exactly
    /// these are used. At most 30; names of 1 to 255 and values of 1 to 1024 printable ASCII characters, not blank,
    /// names not starting with <c>:</c>. Each distinct set of dimensions is a metric that is paid for.
    /// </value>
    public IDictionary<string, string> Dimensions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The signals that are published.</summary>
    /// <value>
    /// Default: <see cref="ScalingSignals.All"/>, which is all but the opt-in
    /// <see cref="ScalingSignals.FailedRequestsPerSecond"/>. In configuration a list such as
    /// <c>RequestsPerSecond, ActiveRequests</c>.
    /// </value>
    public ScalingSignals Signals { get; set; } = ScalingSignals.All;

    /// <summary>
    /// How long a process that has not yet seen a request sends nothing, so that the average over the tasks stays one
    /// over tasks that serve.
    /// </summary>
    /// <value>Default: 30 seconds. From 0 to 1 hour.</value>
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long disposing the meter provider may take to send the last samples.</summary>
    /// <value>Default: 2 seconds. From 0 to 30 seconds. Must fit into the stop time-out of the task.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>From where on a rise of a signal is sent at once. Set these to the thresholds of your alarms.</summary>
    /// <value>
    /// Default: 100 requests a second, 500 ms response time, 50 active requests, 1000 connections, a queue of 100, 200 ms
    /// queue delay.
    /// </value>
    public SurgeThresholds SurgeThresholds { get; } = new();

    /// <summary>How many calls beside the regular ones surges may cost in any hour.</summary>
    /// <value>
    /// Default: 120, at most $0.88 a month and task at the list price of $0.01 per 1,000 calls. From 0, which switches
    /// surge flush off, to 3600. Half of them can be made at once; the other half comes back evenly over an hour.
    /// </value>
    public int MaxExtraCallsPerHour { get; set; } = 120;

    /// <summary>
    /// Quiet mode: how often samples are sent while every signal has been far below its threshold for 10 seconds. Each
    /// call carries all seconds in between.
    /// </summary>
    /// <value>
    /// Default: 0, off. A multiple of <see cref="ExportInterval"/>, at most 1 minute. Only for services whose tasks carry even
    /// loads, or that have one task: the data of quiet tasks come late, so that until then a busy task looks like the whole fleet.
    /// Alarms need <c>TreatMissingData</c> other than <c>breaching</c>; docs/scale-in-time.md has the settings.
    /// </value>
    public TimeSpan QuietExportInterval { get; set; } = TimeSpan.Zero;

    /// <summary>The part of its surge threshold below which a signal is quiet.</summary>
    /// <value>Default: 0.5. From 0.05 to 0.9. The first sample that is not quiet brings the normal interval back.</value>
    public double QuietBelow { get; set; } = 0.5;

    /// <summary>
    /// Publishes instruments of the application like signals: once a sample interval, at the resolution, in the
    /// namespace and with the dimensions of the signals. They are collected on a thread of their own, so that a callback
    /// which hangs or throws delays no signal. Can be called several times; the first that matches an instrument counts.
    /// </summary>
    /// <remarks>
    /// Counters are published as their increase (0 in a second without one), up-down counters as their value, histograms
    /// as a distribution. What differs only in tags that are not named is added up; of gauges, which cannot be added up,
    /// all values are published as a distribution, so that <c>Average</c>, <c>Maximum</c> and <c>Sum</c> are each what
    /// they say. In configuration: <c>Instruments:0:Meter</c>, <c>Instruments:0:Instrument</c>, <c>Instruments:0:Tags</c>,
    /// <c>Instruments:0:SurgeThreshold</c>.
    /// Of meters that belong to a container's <c>IMeterFactory</c> only this container's count.
    /// </remarks>
    /// <param name="meter">The name of the meter; <c>*</c> stands for any characters.</param>
    /// <param name="instrumentPattern">The name of the instruments; <c>*</c> stands for any characters.</param>
    /// <param name="tagKeys">The tags that become dimensions. Each distinct set of values is a metric that is paid for.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public FastScalingCloudWatchExporterOptions AddInstrument(string meter, string instrumentPattern, params string[] tagKeys) =>
        Add(meter, instrumentPattern, null, tagKeys);

    /// <summary>
    /// As <see cref="AddInstrument(string, string, string[])"/>, for instruments that take part in surge flush and quiet mode.
    /// </summary>
    /// <param name="meter">The name of the meter; <c>*</c> stands for any characters.</param>
    /// <param name="instrumentPattern">The name of the instruments; <c>*</c> stands for any characters.</param>
    /// <param name="surgeThreshold">
    /// From where on a rise is a surge, as in <see cref="SurgeThresholds"/>, in the unit that is published. Compared with it are the
    /// increase of a counter in a sample interval, the value of an up-down counter, the mean of a gauge's values, and the
    /// mean of a histogram, twice in a row and of at least five values; of each series alone, for at most 100 of them. More than 0.
    /// </param>
    /// <param name="tagKeys">The tags that become dimensions. Each distinct set of values is a metric that is paid for.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public FastScalingCloudWatchExporterOptions AddInstrument(string meter, string instrumentPattern, double surgeThreshold, params string[] tagKeys) =>
        Add(meter, instrumentPattern, surgeThreshold, tagKeys);

    /// <summary>
    /// Whether everything that the application's own meter provider collects is published too: every 60 seconds, at
    /// standard resolution, in requests of its own that are spread over the minute.
    /// </summary>
    /// <value>
    /// Default: false. This is a second reader of the provider: each measurement is recorded once more, and each
    /// instrument has memory for its series once more. The signals never wait for it.
    /// </value>
    public bool ExportProviderMetrics { get; set; }

    /// <summary>The CloudWatch namespace of what <see cref="ExportProviderMetrics"/> publishes.</summary>
    /// <value>Default: <c>FastScaling/Application</c>. As <see cref="Namespace"/>, and not the same.</value>
    public string ProviderMetricsNamespace { get; set; } = "FastScaling/Application";

    /// <summary>The tags that become dimensions of what <see cref="ExportProviderMetrics"/> publishes.</summary>
    /// <value>
    /// Default: empty. Each distinct set of values is a metric that is paid for. What differs only in other tags is added
    /// up, or pooled (see <see cref="AddInstrument(string, string, string[])"/>). At most 30 together with the dimensions of the service.
    /// </value>
    public IList<string> ProviderMetricsTags { get; } = [];

    /// <summary>
    /// The most series that are published of the application's instruments, of those of <see cref="AddInstrument(string, string, string[])"/> and
    /// of <see cref="ExportProviderMetrics"/> each. Further ones go into one series a metric with the dimension
    /// <c>Overflow=true</c>, and are counted.
    /// </summary>
    /// <value>Default: 1000. From 1 to 100,000.</value>
    public int MaxSeries { get; set; } = 1000;

    /// <summary>The unit of durations of the application's instruments. Those of the signals are milliseconds.</summary>
    /// <value>Default: <see cref="DurationUnit.Milliseconds"/>.</value>
    public DurationUnit DurationUnit { get; set; } = DurationUnit.Milliseconds;

    /// <summary>
    /// Whether the signals are published a second time with the further dimension <c>TaskId</c>: the id of the ECS task,
    /// elsewhere the name of the machine.
    /// </summary>
    /// <value>Default: false. Each task is as many metrics more as there are signals.</value>
    public bool PerTaskSeries { get; set; }

    /// <summary>
    /// The one container of an ECS task that publishes, by its name in the task definition, where several containers of
    /// a task use the exporter under the same dimensions: in every other one it publishes nothing.
    /// </summary>
    /// <value>
    /// Default: null, which publishes in every container: two of one task then count as two tasks, unless the option
    /// <see cref="Dimensions"/> tells them apart. Outside ECS it does nothing.
    /// </value>
    public string? PublishingContainer { get; set; }

    /// <summary>What <see cref="AddInstrument(string, string, string[])"/> and configuration have added.</summary>
    internal List<InstrumentRule> Instruments { get; } = [];

    /// <summary>The most memory that samples may occupy which wait to be sent, for example while CloudWatch cannot be reached.</summary>
    /// <value>
    /// Default: 1,048,576, which holds the scaling signals of five minutes. From 65,536 to 268,435,456 bytes, by an estimate
    /// that is never too low. When it is full, the oldest samples make room and are counted.
    /// </value>
    public long MaxBacklogBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a sample may wait to be sent. Older ones are dropped and counted.</summary>
    /// <value>
    /// Default: 5 minutes. From 10 seconds to 1 day. At least two export intervals are always kept, whatever is set.
    /// </value>
    public TimeSpan MaxBacklogAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Publishes a signal of the application's own, such as a backlog or the number of busy workers.</summary>
    /// <param name="name">The name of the CloudWatch metric: 1 to 255 printable ASCII characters, not starting with a colon, and not that of another signal.</param>
    /// <param name="unit">A unit of CloudWatch, such as <c>Count</c>, or of UCUM, such as <c>{job}</c> or <c>s</c>; durations in UCUM become milliseconds.</param>
    /// <param name="observe">
    /// Gives the value of now. Called once a sample interval, 100 ms before its end, on a thread of its own. While it throws, does
    /// not return, or gives a value that CloudWatch does not take, the signal has no data; that is counted, and logged once.
    /// </param>
    /// <param name="surgeThreshold">From where on a rise of the signal is a surge, as in <see cref="SurgeThresholds"/>, in the unit of the value. Null takes no part in surge flush and quiet mode.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException">The name, the unit or the function is null.</exception>
    public FastScalingCloudWatchExporterOptions AddSignal(string name, string unit, Func<double> observe, double? surgeThreshold = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(observe);
        CustomSignals.Add(new CustomSignal(name, unit, observe, surgeThreshold));
        return this;
    }

    internal List<CustomSignal> CustomSignals { get; } = [];

    /// <summary>What could not be read from configuration; reported together with the errors of validation.</summary>
    internal List<string> ConfigurationErrors { get; } = [];

    /// <summary>What configuration holds that means nothing to us; logged once.</summary>
    internal List<string> ConfigurationWarnings { get; } = [];

    private FastScalingCloudWatchExporterOptions Add(string meter, string instrumentPattern, double? surgeThreshold, string[] tagKeys)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(instrumentPattern);
        ArgumentNullException.ThrowIfNull(tagKeys);

        Instruments.Add(new InstrumentRule(meter, instrumentPattern, [.. tagKeys], surgeThreshold));
        return this;
    }
}
