using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

// A web service as a user would write it, compiled to native code. Configured by environment variables alone; ends when
// its input does.
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics.AddFastScalingCloudWatchExporter());
builder.Services.AddHealthChecks().AddFastScalingHealthCheck();

var app = builder.Build();
app.MapGet("/", static () => "ok");
app.MapHealthChecks("/health").DisableHttpMetrics();
await app.StartAsync();
Console.WriteLine($"listening {app.Urls.Single()}");
await Console.In.ReadLineAsync();
await app.StopAsync();
await app.DisposeAsync();
