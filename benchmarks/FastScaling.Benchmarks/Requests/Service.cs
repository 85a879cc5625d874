using System.Diagnostics.Metrics;
using Amazon.Runtime;
using FastScaling.LocalCloudWatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using Prometheus;

namespace FastScaling.Benchmarks.Requests;

/// <summary>
/// A web service with one trivial endpoint and the listeners of choice. The endpoint does nothing, so that the share of the
/// metrics is as large as it can be.
/// </summary>
/// <remarks>
/// FastScaling is the real pipeline, as an application registers it, with all that goes on behind it: it samples every
/// second and sends every five to a local CloudWatch in this process, which accepts or refuses as the real one would.
/// That server's work, some milliseconds in five seconds, is charged to the requests.
/// </remarks>
internal sealed class Service : IAsyncDisposable
{
    public const string Path = "/orders/4711";

    private readonly WebApplication _application;
    private readonly LocalCloudWatchServer? _cloudWatch;
    private readonly MeterListener? _listener;

    private Service(WebApplication application, LocalCloudWatchServer? cloudWatch, MeterListener? listener)
    {
        _application = application;
        _cloudWatch = cloudWatch;
        _listener = listener;
    }

    public Uri Address => new(_application.Urls.First());

    /// <summary>Starts it, on Kestrel and a free port of loopback, or on a server of choice.</summary>
    public static async Task<Service> StartAsync(Listening listening, IServer? server = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (server is not null)
        {
            builder.Services.AddSingleton(server);
        }

        var cloudWatch = listening is Listening.FastScaling or Listening.OpenTelemetryAndFastScaling
            ? await LocalCloudWatchServer.StartAsync()
            : null;
        if (listening is not (Listening.Nobody or Listening.NoOpListener or Listening.PrometheusNet))
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => Configure(metrics, listening, cloudWatch));
        }

        var application = builder.Build();
        if (listening == Listening.PrometheusNet)
        {
            // Nobody scrapes here. At its first scrape prometheus-net would begin to listen to all meters as well, unless told not to.
            Prometheus.Metrics.SuppressDefaultMetrics();
            application.UseRouting();
            application.UseHttpMetrics();
        }

        application.MapGet("/orders/{id}", static (HttpContext _) => Task.CompletedTask);
        var listener = listening == Listening.NoOpListener ? Listeners.NoOpOfHost(application.Services.GetRequiredService<IMeterFactory>()) : null;
        await application.StartAsync();
        return new Service(application, cloudWatch, listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _listener?.Dispose();
        if (_cloudWatch is not null)
        {
            // A pipeline that did not work would be a cheap one.
            if (_cloudWatch.AcceptedCalls == 0 || _cloudWatch.RejectedCalls > 0)
            {
                throw new InvalidOperationException(
                    $"FastScaling was measured, but of its calls {_cloudWatch.AcceptedCalls} were accepted and {_cloudWatch.RejectedCalls} refused.");
            }

            await _cloudWatch.DisposeAsync();
        }
    }

    private static void Configure(MeterProviderBuilder metrics, Listening listening, LocalCloudWatchServer? cloudWatch)
    {
        if (listening != Listening.FastScaling)
        {
            metrics.AddAspNetCoreInstrumentation().AddReader(Listeners.StandardReader());
        }

        if (listening == Listening.OpenTelemetryTwoReaders)
        {
            metrics.AddReader(Listeners.StandardReader());
        }

        if (cloudWatch is not null)
        {
            metrics.AddFastScalingCloudWatchExporter(options =>
            {
                options.Endpoint = cloudWatch.Endpoint;
                options.Region = "eu-central-1";
                options.Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret");
                options.Dimensions["ServiceName"] = "benchmark";
            });
        }
    }
}
