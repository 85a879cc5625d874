using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Tests.Support;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Diagnostics;

public sealed class SendingLogTests : IDisposable
{
    private readonly CapturingLogger _logger = new();
    private readonly ManualTime _time = new();
    private readonly ExporterStatistics _statistics = new("log");
    private readonly SendingLog _log;

    public SendingLogTests() => _log = new SendingLog(_logger, _statistics, _time);

    public void Dispose() => _statistics.Dispose();

    [Theory]
    [InlineData(SendOutcome.Failed, 5)]
    [InlineData(SendOutcome.Refused, 6)]
    [InlineData(SendOutcome.Unknown, 7)]
    internal void An_outage_of_an_hour_is_one_line_a_minute(SendOutcome outcome, int id)
    {
        for (var second = 0; second < 3600; second += 5)
        {
            Sent(outcome);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(60, _logger.CountOf(id));
        Assert.Equal(60, _logger.Lines.Count);
    }

    [Fact]
    public void A_service_that_fails_by_turns_is_at_most_two_lines_a_minute()
    {
        for (var call = 0; call < 720; call++)
        {
            Sent(call % 2 == 0 ? SendOutcome.Failed : SendOutcome.Accepted);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(60, _logger.CountOf(5));
        Assert.Equal(60, _logger.CountOf(8));
    }

    [Fact]
    public void Recovery_is_told_once_and_only_after_a_failure_that_was_told()
    {
        Sent(SendOutcome.Accepted);
        Assert.Empty(_logger.Lines);

        Sent(SendOutcome.Failed);
        Sent(SendOutcome.Accepted);
        Sent(SendOutcome.Accepted);

        Assert.Equal([5, 8], _logger.Lines.Select(line => line.Id));
    }

    [Fact]
    public void Late_collections_are_told_when_they_have_become_twice_as_late()
    {
        foreach (var seconds in (double[])[0.5, 1.5, 2, 2.9, 3.1, 5])
        {
            _statistics.Collected(1, 6, 0, TimeSpan.FromSeconds(seconds));
            Sent(SendOutcome.Accepted);
        }

        Assert.Equal(2, _logger.CountOf(13));
    }

    private void Sent(SendOutcome outcome, string errorType = "")
    {
        _log.Sent(new SendResult(outcome, "reason", errorType), 6, 1, "Some/Namespace", TimeSpan.FromMinutes(10));
        _log.TurnEnded();
    }
}
