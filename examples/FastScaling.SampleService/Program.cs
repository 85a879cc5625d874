using FastScaling.SampleService;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

var builder = WebApplication.CreateSlimBuilder(args);

// What the application had already: its own metrics, with all their tags, to its own collector.
var metrics = builder.Services.AddOpenTelemetry()
    .ConfigureResource(resource => resource.AddService("sample"))
    .WithMetrics(meters => meters.AddAspNetCoreInstrumentation());
if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
{
    metrics.WithMetrics(meters => meters.AddOtlpExporter());
}

// The one line. What the lines above send does not change.
metrics.WithMetrics(meters => meters.AddFastScalingCloudWatchExporter());

// On SIGTERM: no new connections, running requests end, then the last samples are sent (ShutdownTimeout, 2 s). Both must
// fit into the stop time-out of the task, 30 s.
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));

var defaultWork = builder.Configuration.GetValue("Work:Milliseconds", Work.DefaultMilliseconds);

var app = builder.Build();
app.MapGet("/", (int? ms, CancellationToken cancellationToken) => Work.DoAsync(ms ?? defaultWork, cancellationToken));

// Asks nothing of the work above, so that a busy task is not taken for a dead one. Its requests would be noise among the
// signals: the load balancer sends one every five seconds to each task.
app.MapGet("/health", () => "healthy\n").DisableHttpMetrics();

await app.RunAsync();
