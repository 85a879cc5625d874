using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FastScaling.LocalCloudWatch.Hosting;
using FastScaling.LocalCloudWatch.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>The rest of the process notices nothing of the server. Each test shows by an ordinary server that it would have noticed.</summary>
public sealed class IsolationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_meter_listener_sees_an_instrument_of_it()
    {
        var seen = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => seen.Add(instrument.Meter.Name) };
        listener.Start();

        await using (var local = await Local.StartAsync())
        {
            await local.PutAsync(Wire.Json, Data.Datum());
        }

        Assert.DoesNotContain(seen, IsOfTheServer);
        await UseAnOrdinaryServerAsync();
        Assert.Contains(seen, IsOfTheServer);
    }

    [Fact]
    public async Task No_activity_listener_sees_a_span_of_it()
    {
        var seen = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => seen.Add(activity.Source.Name.Length == 0 ? activity.OperationName : activity.Source.Name),
        };
        ActivitySource.AddActivityListener(listener);

        await using (var local = await Local.StartAsync())
        {
            await local.PutAsync(Wire.Json, Data.Datum());
        }

        Assert.DoesNotContain(seen, IsOfTheServer);
        await UseAnOrdinaryServerAsync();
        Assert.Contains(seen, IsOfTheServer);
    }

    [Fact]
    public async Task No_diagnostic_event_of_it_is_seen()
    {
        var seen = new ConcurrentBag<string>();
        using var subscription = DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
            listener.Subscribe(new Observer<KeyValuePair<string, object?>>(_ => seen.Add(listener.Name)))));

        await using (var local = await Local.StartAsync())
        {
            await local.PutAsync(Wire.Json, Data.Datum());
        }

        Assert.DoesNotContain(seen, IsOfTheServer);
        await UseAnOrdinaryServerAsync();
        Assert.Contains(seen, IsOfTheServer);
    }

    [Fact]
    public async Task Neither_signals_nor_logs_of_the_process_are_touched()
    {
        await using var app = IsolatedHost.Build(new LocalCloudWatchOptions(), static _ => Task.CompletedTask);

        Assert.IsType<SilentLifetime>(app.Services.GetRequiredService<IHostLifetime>());
        Assert.Empty(app.Services.GetServices<ILoggerProvider>());
        Assert.False(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("any").IsEnabled(LogLevel.Critical));
    }

    private static bool IsOfTheServer(string name) =>
        name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("FastScaling", StringComparison.Ordinal);

    private static async Task UseAnOrdinaryServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/", static () => "");
        await app.StartAsync(Cancellation);
        using var http = new HttpClient();
        await http.GetStringAsync(new Uri(app.Urls.Single()), Cancellation);
        await app.StopAsync(Cancellation);
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
