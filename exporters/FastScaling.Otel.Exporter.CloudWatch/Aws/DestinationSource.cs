using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using FastScaling.Otel.Exporter.CloudWatch.Configuration;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>
/// Finds region, endpoint and dimensions: from the options, then the environment, the profile, the ECS task and the
/// instance. Slow look-ups come last and only when nothing else says it.
/// </summary>
internal sealed class DestinationSource
{
    /// <summary>The region that is signed for when only an endpoint is known, as in the AWS SDK for .NET.</summary>
    private const string DefaultRegion = "us-east-1";

    private readonly ExporterSettings _settings;
    private readonly AwsEnvironment _environment;
    private readonly Func<ServiceIdentity?> _service;

    /// <param name="settings">The options.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="service">What the application calls itself, or null while that is not known yet.</param>
    public DestinationSource(ExporterSettings settings, AwsEnvironment environment, Func<ServiceIdentity?> service)
    {
        _settings = settings;
        _environment = environment;
        _service = service;
    }

    /// <summary>The service name that had to be made up, after <see cref="TryGet"/>; else null.</summary>
    public string? AssumedServiceName { get; private set; }

    /// <summary>Finds the destination; null when the application's resource is not known yet. Can take long.</summary>
    /// <exception cref="IOException">The ECS task metadata endpoint does not answer.</exception>
    public Destination? TryGet()
    {
        if (_service() is not { } service)
        {
            return null;
        }

        var task = _environment.EcsMetadataUri is { } uri && (_settings.Dimensions.Count == 0 || _settings.PerTaskSeries || RegionNearby() is null)
            ? EcsTaskMetadata.Fetch(uri)
            : null;
        var endpoint = _settings.Endpoint ?? EndpointOfEnvironment();
        var region = RegionNearby()
            ?? task?.Region
            ?? (endpoint is null ? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: true)?.SystemName : DefaultRegion)
            ?? throw new AmazonClientException(
                $"No region is known. Set the option {nameof(FastScalingCloudWatchExporterOptions.Region)} or the environment variable {AwsEnvironment.RegionVariable}.");
        var dimensions = DimensionsOf(task, service);
        return new Destination(endpoint ?? PublicEndpoint(region), RegionEndpoint.GetBySystemName(region), dimensions)
        {
            TaskDimensions = [.. dimensions, new(DimensionNames.TaskId, DimensionNames.MakeAcceptable(task?.TaskId ?? Environment.MachineName))],
            SilentContainer = SilentContainer(),
        };
    }

    private Uri PublicEndpoint(string region)
    {
        var profile = Profile();
        return CloudWatchEndpoint.Of(
            region,
            _settings.UseFipsEndpoint ?? AwsEnvironment.IsTrue(_environment.UseFips) ?? profile?.UseFIPSEndpoint ?? false,
            _settings.UseDualStackEndpoint ?? AwsEnvironment.IsTrue(_environment.UseDualStack) ?? profile?.UseDualstackEndpoint ?? false);
    }

    private string? SilentContainer() =>
        _settings.PublishingContainer is { } publishing
        && _environment.EcsMetadataUri is { } uri
        && EcsTaskMetadata.FetchContainerName(uri) is { } container
        && container != publishing ? container : null;

    private IReadOnlyList<KeyValuePair<string, string>> DimensionsOf(EcsTaskMetadata? task, ServiceIdentity service)
    {
        if (_settings.Dimensions.Count > 0)
        {
            return _settings.Dimensions;
        }

        var name = task?.ServiceName ?? service.Name;
        if (name is null)
        {
            name = service.ApplicationName;
            AssumedServiceName = name;
        }

        KeyValuePair<string, string> serviceName = new(DimensionNames.ServiceName, DimensionNames.MakeAcceptable(name));
        return task is null
            ? [serviceName]
            : [new(DimensionNames.ClusterName, DimensionNames.MakeAcceptable(task.Cluster)), serviceName];
    }

    /// <summary>The region, as far as it can be found without the network.</summary>
    private string? RegionNearby() =>
        _settings.Region
        ?? _environment.Region
        ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName;

    private Uri? EndpointOfEnvironment()
    {
        if (_environment.Endpoint is { } endpoint)
        {
            return new Uri(endpoint.Value);
        }

        if (_environment.IgnoresConfiguredEndpoints || !Uri.TryCreate(Profile()?.EndpointUrl, UriKind.Absolute, out var url))
        {
            return null;
        }

        // The other places are checked with the options, at start.
        return EndpointRule.Allows(url, _settings.AllowInsecureEndpoint)
            ? url
            : throw new AmazonClientException($"The endpoint_url of the AWS profile, '{EndpointRule.Show(url.OriginalString)}', is not allowed; allowed is {EndpointRule.Allowed}.");
    }

    private CredentialProfile? Profile() =>
        new CredentialProfileStoreChain().TryGetProfile(_environment.Profile ?? "default", out var profile) ? profile : null;
}
