using System.Globalization;
using System.Net;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>
/// One life of the starved service: calm, 15 s of saturation while requests queue up, calm again, the end. CloudWatch
/// and all else that it talks to are in this process, whose own thread pool has nothing to do with it.
/// </summary>
internal static class StarvationRun
{
    public const string AccessKeyId = "AKIDSTARVATION";
    public static readonly TimeSpan Saturation = TimeSpan.FromSeconds(15);

    private const string SecretAccessKey = "starvation-secret";
    private const int CalmAnswers = 40;

    // The first calls of a process are slow on a busy machine, and not what this is about.
    private const int CalmCalls = 2;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static async Task<StarvationResult> ExecuteAsync(StarvationVariant variant, Action<string> log)
    {
        using var certificates = new TestCertificates();
        using var certificate = variant.IsTls ? certificates.For("localhost") : null;
        var (server, samples) = await ReceivedSamples.StartAsync(new LocalCloudWatchOptions
        {
            Certificate = certificate,
            CloseConnectionAfterReply = variant.ClosesConnection,
            SecretAccessKeys = { [AccessKeyId] = SecretAccessKey },
        });
        await using var serverLifetime = server;
        await using var control = new LoopbackEndpoint(static () => (HttpStatusCode.OK, "ok"));

        var hasBegun = false;
        DateTimeOffset? credentialsGiven = variant.HasLateCredentials ? null : DateTimeOffset.UtcNow;
        await using var container = new LoopbackEndpoint(() =>
        {
            if (!Volatile.Read(ref hasBegun))
            {
                return (HttpStatusCode.ServiceUnavailable, "not yet");
            }

            credentialsGiven ??= DateTimeOffset.UtcNow;
            return (HttpStatusCode.OK, ContainerCredentials());
        });

        await using var relay = new HangingRelay(server.Endpoint);
        var environment = EnvironmentOf(variant, variant.NeedsRelay ? relay.Url : server.Endpoint, container.Url);
        environment["STARVED_SERVICE_CONTROL_URL"] = control.Url.ToString();
        environment["STARVED_SERVICE_TRUSTED_ROOTS"] = variant.IsTls ? certificates.RootFile : string.Empty;
        using var service = await StarvedServiceProcess.StartAsync(environment, log);

        await using var load = new SteadyLoad(service.Url, Pace);
        await load.WaitForAnswersAsync(CalmAnswers);
        while (!variant.HasLateCredentials && samples.Calls.Count < CalmCalls)
        {
            await load.WaitForAnswersAsync(1);
        }

        using var quarter = variant.IsThrottled ? new QuarterOfACore(service.Id) : null;
        log(quarter is null ? "All of the machine." : $"A quarter of a core: {quarter.Means}.");
        var saturation = await service.SaturateAsync(Saturation, () =>
        {
            Volatile.Write(ref hasBegun, true);
            relay.Trouble = variant.Trouble;
            if (variant.HangsOnce)
            {
                relay.HangOnce();
            }
        });
        relay.Trouble = EndpointTrouble.None;
        quarter?.Dispose();
        var answered = await load.EndAsync();

        await using var calmLoad = new SteadyLoad(service.Url, Pace);
        await calmLoad.WaitForAnswersAsync(CalmAnswers);
        answered += await calmLoad.EndAsync();

        var report = await service.StopAsync();
        return new StarvationResult(
            saturation,
            report,
            answered,
            credentialsGiven ?? throw new InvalidOperationException("Credentials were never asked for."),
            variant.HangsOnce ? await relay.Hung.Task.WaitAsync(TimeSpan.FromSeconds(1)) : null,
            relay.Attempts,
            samples.Calls,
            server.RejectedCalls,
            samples.Ages,
            server.GetSeries().ToDictionary(series => series.MetricName));
    }

    private static Dictionary<string, string> EnvironmentOf(StarvationVariant variant, Uri endpoint, Uri container)
    {
        var nowhere = Path.Combine(AppContext.BaseDirectory, "no-such-aws-file");
        var environment = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_CLOUDWATCH"] = endpoint.ToString(),
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = nowhere,
            ["AWS_SHARED_CREDENTIALS_FILE"] = nowhere,
            ["OTEL_SERVICE_NAME"] = "starved",

            // Far from UTC, and not by whole hours: no timestamp may depend on it.
            ["TZ"] = "Asia/Kathmandu",
            ["FastScaling__CloudWatch__ExportInterval"] = variant.ExportIntervalSeconds.ToString(CultureInfo.InvariantCulture),
        };
        if (variant.HasLateCredentials)
        {
            environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.ToString();
        }
        else
        {
            environment["AWS_ACCESS_KEY_ID"] = AccessKeyId;
            environment["AWS_SECRET_ACCESS_KEY"] = SecretAccessKey;
        }

        return environment;
    }

    private static string ContainerCredentials() =>
        $$"""
        {
          "AccessKeyId": "{{AccessKeyId}}",
          "SecretAccessKey": "{{SecretAccessKey}}",
          "Token": "starvation-token",
          "Expiration": "{{DateTimeOffset.UtcNow.AddHours(6):yyyy-MM-ddTHH:mm:ssZ}}"
        }
        """;
}
