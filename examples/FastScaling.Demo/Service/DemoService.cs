using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FastScaling.Demo.Service;

/// <summary>The web service, as you would write it: this file is what adding the exporter takes.</summary>
internal static class DemoService
{
    public const string Name = "demo";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Name))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()             // what the application had already:
                .AddReader<RequestCountReader>()            // its metrics, and where it sends them
                .AddFastScalingCloudWatchExporter());       // <- the one line

        var app = builder.Build();
        app.MapGet("/", async (CancellationToken cancellationToken) =>
        {
            // Work that waits, as for a database: 20 to 60 ms.
            await Task.Delay(Random.Shared.Next(20, 61), cancellationToken);
            return "Hello from the demo.\n";
        });
        return app;
    }
}
