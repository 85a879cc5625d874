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
    [InlineData(SendOutcome.Throttled, 5)]
    [InlineData(SendOutcome.ExpiredCredentials, 5)]
    [InlineData(SendOutcome.ClockSkewed, 24)]
    [InlineData(SendOutcome.TooLarge, 23)]
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

    [Theory]
    [InlineData("AccessDenied", 20, "cloudwatch:PutMetricData")]
    [InlineData("AccessDeniedException", 20, "cloudwatch:PutMetricData")]
    [InlineData("403", 20, "cloudwatch:PutMetricData")]
    [InlineData("SignatureDoesNotMatch", 21, "credentials")]
    [InlineData("UnrecognizedClientException", 21, "credentials")]
    public void A_missing_permission_is_one_line_that_names_it(string errorType, int id, string text)
    {
        for (var minute = 0; minute < 60; minute++)
        {
            Sent(SendOutcome.Forbidden, errorType);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Sent(SendOutcome.Accepted);

        Assert.Equal([id, 8], _logger.Lines.Select(line => line.Id));
        Assert.Contains(text, _logger.Lines[0].Text, StringComparison.Ordinal);
        Assert.Contains("Some/Namespace", _logger.Lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_that_is_refused_is_told_of_once_by_name_and_not_of_names_without_end()
    {
        Sent(SendOutcome.Refused);
        for (var i = 0; i < 1_000; i++)
        {
            _log.Refused($"Metric{i / 2}", null);
        }

        Assert.Equal(100, _logger.CountOf(22));
        Assert.Equal(100, _logger.Lines.Where(line => line.Id == 22).Select(line => line.Text).Distinct().Count());
        Assert.Contains("'Metric0': reason", _logger.Lines[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_dropped_of_the_backlog_is_told_of_once_a_minute_with_all_that_was()
    {
        for (var second = 0; second < 120; second += 5)
        {
            _statistics.Drop(DropReason.Expired, 2);
            _statistics.Drop(DropReason.BacklogFull, 1);
            _log.TurnEnded();
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(2, _logger.CountOf(25));
        Assert.StartsWith("24 data waited longer than MaxBacklogAge and 12", _logger.Lines[1].Text, StringComparison.Ordinal);
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
