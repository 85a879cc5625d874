using System.Diagnostics.Metrics;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Diagnostics;

public class ExporterStatisticsTests
{
    [Fact]
    public void The_meter_tells_what_became_of_data_and_calls_and_what_waits()
    {
        using var server = new ScriptedServer(connection =>
        {
            connection.ReadRequest();
            connection.Reply(400, """{"__type":"ThrottlingException"}""");
            connection.ReadRequest();
            connection.Accept();
            connection.ReadRequest();
        });
        using var harness = new SendingHarness(server.Uri, pipeline: nameof(ExporterStatisticsTests)).MakeReady();
        using var meter = new Measurements(nameof(ExporterStatisticsTests));
        harness.Add(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.True(harness.SendPending());
        harness.Add(2);
        Assert.False(harness.SendPending());
        harness.Statistics.Drop(DropReason.Expired, 3);
        harness.Add(3);

        var told = meter.Read();

        Assert.Equal(1, told["fastscaling.cloudwatch.requests{outcome=accepted}"]);
        Assert.Equal(1, told["fastscaling.cloudwatch.requests{outcome=throttled,error.type=ThrottlingException}"]);
        Assert.Equal(1, told["fastscaling.cloudwatch.requests{outcome=unknown,error.type=network}"]);
        Assert.InRange(told["fastscaling.cloudwatch.request.duration{outcome=accepted}"], 0, 30);
        Assert.Equal(1, told["fastscaling.cloudwatch.retries"]);
        Assert.Equal(18, told["fastscaling.cloudwatch.data.sampled"]);
        Assert.Equal(18, told["fastscaling.cloudwatch.data.sent"]);
        Assert.Equal(6, told["fastscaling.cloudwatch.data{outcome=accepted}"]);
        Assert.Equal(6, told["fastscaling.cloudwatch.data{outcome=unknown}"]);
        Assert.Equal(3, told["fastscaling.cloudwatch.data{outcome=expired}"]);
        Assert.Equal(0, told["fastscaling.cloudwatch.data{outcome=backlog_full}"]);
        Assert.Equal((1, 6), (told["fastscaling.cloudwatch.backlog.samples"], told["fastscaling.cloudwatch.backlog.data"]));
        Assert.Equal(harness.Pending.Bytes, told["fastscaling.cloudwatch.backlog.bytes"]);
        Assert.InRange(told["fastscaling.cloudwatch.lag"], 0, 60);
        Assert.Equal(0, told["fastscaling.cloudwatch.clock_offset"]);
    }

    [Fact]
    public void There_is_no_lag_before_anything_was_accepted()
    {
        using var statistics = new ExporterStatistics("no lag", new ManualTime());
        using var meter = new Measurements("no lag");

        Assert.Null(statistics.Lag());
        Assert.DoesNotContain("fastscaling.cloudwatch.lag", meter.Read().Keys);
    }

    [Fact]
    public void Every_outcome_and_every_reason_has_a_name_of_its_own()
    {
        using var statistics = new ExporterStatistics("names");
        using var meter = new Measurements("names");
        foreach (var outcome in Enum.GetValues<SendOutcome>())
        {
            statistics.Called(new SendResult(outcome, string.Empty), 1, TimeSpan.Zero);
        }

        var told = meter.Read().Keys;

        Assert.Equal(Enum.GetValues<SendOutcome>().Length, told.Count(name => name.StartsWith("fastscaling.cloudwatch.requests{", StringComparison.Ordinal)));
        Assert.Equal(Enum.GetValues<DropReason>().Length + 2, told.Count(name => name.StartsWith("fastscaling.cloudwatch.data{", StringComparison.Ordinal)));
    }

    /// <summary>Sums of what one pipeline's meter told.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, double> _told = [];

        public Measurements(string pipeline)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ExporterStatistics.MeterName
                    && instrument.Meter.Tags?.Any(tag => pipeline.Equals(tag.Value)) == true)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public Dictionary<string, double> Read()
        {
            _listener.RecordObservableInstruments();
            return _told;
        }

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name;
            if (tags.Length > 0)
            {
                name += "{" + string.Join(",", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")) + "}";
            }

            _told[name] = _told.GetValueOrDefault(name) + value;
        }
    }
}
