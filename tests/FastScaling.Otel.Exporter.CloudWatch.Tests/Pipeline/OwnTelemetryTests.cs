using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FastScaling.LocalCloudWatch;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Pipeline;

/// <summary>What the exporter's own calls leave in the telemetry of the application. Sources and meters are process-wide.</summary>
[Collection(AloneCollection.Name)]
public class OwnTelemetryTests
{
    [Fact]
    public async Task Its_calls_are_in_no_trace_of_OpenTelemetry_whatever_it_listens_to()
    {
        var activities = new ConcurrentQueue<string>();
        using var tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource("*")
            .AddProcessor(new Recorder(activities))
            .Build();

        await SendAsync();

        // The application's own are there.
        using (new ActivitySource("Control").StartActivity("control"))
        {
            Assert.Contains("Control: control", activities);
        }

        Assert.DoesNotContain(activities, IsOfTheExporter);
    }

    [Fact]
    public async Task Its_calls_are_in_no_metric_of_the_HTTP_client_and_look_ups_are_the_only_others()
    {
        var instruments = new ConcurrentDictionary<string, int>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name.StartsWith("System.Net", StringComparison.Ordinal) || instrument.Meter.Name.StartsWith("Amazon", StringComparison.OrdinalIgnoreCase)
                    || instrument.Meter.Name.StartsWith("AWS", StringComparison.OrdinalIgnoreCase))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => instruments.AddOrUpdate(instrument.Name, 1, (_, count) => count + 1));
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => instruments.AddOrUpdate(instrument.Name, 1, (_, count) => count + 1));
        listener.Start();

        await SendAsync();

        // The look-up of "localhost": System.Net.NameResolution has no switch.
        Assert.Equal(["dns.lookup.duration"], instruments.Keys);
    }

    [Fact]
    public async Task A_raw_listener_sees_nothing_but_what_the_framework_says_of_sockets_and_names()
    {
        var activities = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => activities.Enqueue(activity.Source.Name),
        };
        ActivitySource.AddActivityListener(listener);

        await SendAsync();

        Assert.All(activities.Where(IsOfTheExporter).Distinct(), source => Assert.StartsWith("Experimental.System.Net.", source, StringComparison.Ordinal));
    }

    private static bool IsOfTheExporter(string source) =>
        !source.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && !source.StartsWith("Control", StringComparison.Ordinal);

    /// <summary>A pipeline without a web server, which looks a name up, connects and sends.</summary>
    private static async Task SendAsync()
    {
        await using var cloudWatch = await LocalCloudWatchServer.StartAsync();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddFastScalingCloudWatchExporter(options =>
            {
                TestService.PublishTo(cloudWatch, options);
                options.Endpoint = new UriBuilder(cloudWatch.Endpoint) { Host = "localhost" }.Uri;
                options.WarmUp = TimeSpan.Zero;
                options.Dimensions["ServiceName"] = "own-telemetry";
            })
            .Build();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; cloudWatch.AcceptedCalls == 0; i++)
        {
            Assert.True(i < 600, "Nothing was accepted within half a minute.");
            await timer.WaitForNextTickAsync();
            provider.FlushFastScalingSignals();
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> activities) : BaseProcessor<Activity>
    {
        public override void OnStart(Activity data) => activities.Enqueue($"{data.Source.Name}: {data.OperationName}");
    }
}
