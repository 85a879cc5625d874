using System.Diagnostics;
using System.Runtime.InteropServices;
using FastScaling.LocalCloudWatch;
using FastScaling.LocalCloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aot;

/// <summary>A web service with the exporter, compiled to native code. The compiler keeps both cores busy, so it runs alone.</summary>
[Collection(AloneCollection.Name)]
public class NativeAotTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly string[] ForeignPrefixes = ["AWS_", "ECS_", "OTEL_", "FastScaling", "ASPNETCORE_", "MSBUILD"];

    [Fact]
    public async Task A_service_is_published_without_a_warning_and_its_data_arrive()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only tried on Linux, where Fargate's tasks run.");
        Clients.Require((Clients.OnPath("clang") ?? Clients.OnPath("gcc")) is not null, "A linker for native code (clang)");
        var application = await PublishAsync();

        await using var cloudWatch = await LocalCloudWatchServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var process = Process.Start(StartInfo(application, [], new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_CLOUDWATCH"] = cloudWatch.Endpoint.ToString(),
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["OTEL_SERVICE_NAME"] = "native",
            ["FastScaling__CloudWatch__ExportInterval"] = "1",
            ["FastScaling__CloudWatch__Dimensions__ServiceName"] = "native",
            ["Logging__LogLevel__Default"] = "Error",
        }))!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
            Assert.StartsWith("listening ", line, StringComparison.Ordinal);
            using var client = new HttpClient { BaseAddress = new Uri(line!["listening ".Length..]) };
            for (var i = 0; i < 20; i++)
            {
                Assert.Equal("ok", await client.GetStringAsync(new Uri("/", UriKind.Relative)));
            }

            // Which is not counted.
            Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/health", UriKind.Relative)));

            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(20, cloudWatch.Points(ScalingSignals.ResponseTime, "native").Sum(point => point.SampleCount));
        Assert.InRange(cloudWatch.Total(ScalingSignals.RequestsPerSecond, "native"), 20, 21);
        Assert.Equal(0, cloudWatch.RejectedCalls);
    }

    /// <returns>The program. Kept beside the other build results, so that doing it again is quick.</returns>
    private static async Task<string> PublishAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "FastScaling.Otel.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The sources are not around the tests.");
        }

        var folder = Path.Combine(root.FullName, "artifacts", "aot");
        var runtime = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

        // Compiled apart from what the tests run, and by processes that end with it.
        using var publish = Process.Start(StartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "publish", Path.Combine(root.FullName, "tests", "FastScaling.AotApp"), "-c", "Release", "-r", runtime,
                "-p:NativeAot=true", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false", $"-p:ArtifactsPath={folder}", "-nodeReuse:false",
            ]))!;
        publish.StandardInput.Close();
        var output = publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = publish.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await publish.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            if (!publish.HasExited)
            {
                publish.Kill(entireProcessTree: true);
            }
        }

        var text = await output + await errors;
        Assert.True(publish.ExitCode == 0, text);
        Assert.DoesNotContain("warning", text, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(folder, "publish", "FastScaling.AotApp", $"release_{runtime}", "FastScaling.AotApp");
    }

    private static ProcessStartInfo StartInfo(string program, string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = environment is null };

        // Neither the AWS configuration of the machine nor the build that runs the tests.
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static bool IsForeign(string name) =>
        ForeignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
