using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;
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
    public const string ConfigurationSection = "FastScaling:CloudWatch";

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
    /// Default: <see cref="ScalingSignals.All"/>. In configuration a list such as
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

    /// <summary>What could not be read from configuration; reported together with the errors of validation.</summary>
    internal List<string> ConfigurationErrors { get; } = [];

    /// <summary>What configuration holds that means nothing to us; logged once.</summary>
    internal List<string> ConfigurationWarnings { get; } = [];
}
