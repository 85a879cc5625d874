using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using FastScaling.Packages.Tests.Support;

namespace FastScaling.Packages.Tests;

/// <summary>The quick start of the README, done as it stands there, with the packages as they are made.</summary>
public class QuickStartTests
{
    private const string Exporter = "FastScaling.Otel.Exporter.CloudWatch";
    private const int Requests = 10;

    private static readonly string[] Statistics = ["Sum"];
    private static readonly JsonSerializerOptions AsWritten = new();

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PackedPackages _packages;

    public QuickStartTests(PackedPackages packages) => _packages = packages;

    [Fact]
    public async Task What_the_README_says_brings_the_data_of_a_new_service_to_the_local_CloudWatch()
    {
        using var run = new QuickStartRun(_packages, PackageRoot);
        var shown = "";
        foreach (var (language, lines) in QuickStart.Read())
        {
            if (language == "csharp")
            {
                run.Write(lines);
                continue;
            }

            foreach (var command in lines)
            {
                shown = await run.DoAsync(command);
            }
        }

        // The last command of the README looks at the CloudWatch; the data take up to an export interval.
        Assert.Contains("Local CloudWatch", shown, StringComparison.Ordinal);
        for (var i = 1; i < Requests; i++)
        {
            await run.DoAsync($"curl {run.Service}");
        }

        var service = run["OTEL_SERVICE_NAME"];
        Assert.Equal(Requests, await ArrivalsAsync(run.CloudWatch, service));
        shown = await run.DoAsync($"curl {run.CloudWatch}");
        Assert.Contains($"ServiceName={service}", shown, StringComparison.Ordinal);
        Assert.All((string[])["RequestsPerSecond", "ResponseTime", "ActiveRequests", "ActiveConnections", "QueueLength", "QueueDelay"], signal => Assert.Contains(signal, shown, StringComparison.Ordinal));
        Assert.Contains(" 0 refused", shown, StringComparison.Ordinal);

        // It was the exporter of this build, and the tool too.
        using var package = _packages.Open(Exporter);
        Assert.Equal(package.Read($"lib/net10.0/{Exporter}.dll"), run.ReadFile($"{Exporter}.dll"));
        Assert.Equal(_packages.Version, (await run.DoAsync("fastscaling --version")).Split('+')[0].Trim());
    }

    private static string PackageRoot => typeof(QuickStartTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    /// <summary>Waits until at least the requests of this test have arrived, by the signal, and returns how many have.</summary>
    private static async Task<double> ArrivalsAsync(Uri cloudWatch, string service)
    {
        using var client = new HttpClient { BaseAddress = cloudWatch };
        var deadline = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            var arrivals = await SumAsync(client, service);
            if (arrivals >= Requests || DateTimeOffset.UtcNow > deadline)
            {
                return arrivals;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>GetMetricStatistics, in AWS JSON. The local CloudWatch asks for the shape of a signature.</summary>
    private static async Task<double> SumAsync(HttpClient client, string service)
    {
        var now = DateTimeOffset.UtcNow;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "GraniteServiceVersion20100801.GetMetricStatistics");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=any/{now:yyyyMMdd}/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature={new string('0', 64)}");
        request.Content = JsonContent.Create(
            new
            {
                Namespace = "FastScaling",
                MetricName = "RequestsPerSecond",
                Dimensions = new[] { new { Name = "ServiceName", Value = service } },
                StartTime = now.AddHours(-1).ToUnixTimeSeconds(),
                EndTime = now.AddHours(1).ToUnixTimeSeconds(),
                Period = 60,
                Statistics,
            },
            new MediaTypeHeaderValue("application/x-amz-json-1.0"),
            AsWritten);
        using var reply = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, text);
        using var statistics = JsonDocument.Parse(text);
        return statistics.RootElement.GetProperty("Datapoints").EnumerateArray().Sum(point => point.GetProperty("Sum").GetDouble());
    }
}
