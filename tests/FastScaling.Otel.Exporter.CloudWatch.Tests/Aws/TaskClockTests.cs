using System.Diagnostics.Metrics;
using FastScaling.Otel.Exporter.CloudWatch.Aws;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Pipeline;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Aws;

public class TaskClockTests
{
    private const string Good = """{"Cluster":"c","ClockDrift":{"ClockErrorBound":0.5,"ClockSynchronizationStatus":"SYNCHRONIZED"}}""";
    private const string Far = """{"Cluster":"c","ClockDrift":{"ClockErrorBound":2500,"ClockSynchronizationStatus":"SYNCHRONIZED"}}""";
    private const string Loose = """{"Cluster":"c","ClockDrift":{"ClockErrorBound":1,"ClockSynchronizationStatus":"NOT_SYNCHRONIZED"}}""";
    private const string Silent = """{"Cluster":"c"}""";

    [Fact]
    public void A_clock_that_cannot_be_relied_on_is_told_once_and_so_is_its_end()
    {
        var log = new CapturingLogger();
        string[] replies = [Good, Far, Loose, Far, Silent, Good, Good, Loose];
        using var server = new ScriptedServer([.. replies.Select(reply => Scripts.Answer(200, reply))]);
        var clock = new TaskClock(server.Uri + "v4/abc", log);
        var told = replies.Select(_ =>
        {
            clock.Check();
            return (Bad: log.CountOf(64), Good: log.CountOf(65));
        }).ToArray();

        Assert.Equal([(0, 0), (1, 0), (1, 0), (1, 0), (1, 0), (1, 1), (1, 1), (2, 1)], told);
        Assert.Equal(new ClockDrift(TimeSpan.FromMilliseconds(1), false), clock.Drift);
    }

    [Fact]
    public void The_bound_and_the_status_are_published()
    {
        var name = Guid.NewGuid().ToString("N");
        ClockDrift? drift = null;
        using var statistics = new SchedulingStatistics(name, () => 0, () => TimeSpan.Zero, () => drift, new CustomSignals([]));
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "fastscaling.ecs.clock_error_bound" && instrument.Meter.Tags!.Any(tag => Equals(tag.Value, name)))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        var seen = new List<(double Bound, object? Status)>();
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => seen.Add((value, tags[0].Value)));
        listener.Start();

        listener.RecordObservableInstruments();
        Assert.Empty(seen);
        drift = new ClockDrift(TimeSpan.FromSeconds(2.5), false);
        listener.RecordObservableInstruments();

        Assert.Equal([(2.5, "not_synchronized")], seen);
    }

    [Fact]
    public void An_endpoint_that_fails_changes_nothing()
    {
        var log = new CapturingLogger();
        using var server = new ScriptedServer(Scripts.Answer(200, Good), Scripts.Answer(500), Scripts.Answer(200, "<html>"));
        var clock = new TaskClock(server.Uri + "v4/abc", log);
        clock.Check();
        clock.Check();
        clock.Check();

        Assert.Equal(new ClockDrift(TimeSpan.FromMilliseconds(0.5), true), clock.Drift);
        Assert.Empty(log.Lines);
    }
}
