using System.Globalization;
using FastScaling.LocalCloudWatch;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Starvation;

/// <summary>A starved thread pool is what a surge looks like from inside: that is when the samples are needed.</summary>
[Collection(StarvationCollection.Name)]
public sealed class StarvedThreadPoolTests(StarvationRuns runs, ITestOutputHelper output) : IClassFixture<StarvationRuns>
{
    public static TheoryData<string> Variants => [.. StarvationVariant.Flawless.Select(variant => variant.Name)];

    public static TheoryData<string> Troubled => [.. StarvationVariant.Troubled.Select(variant => variant.Name)];

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Ordinary_work_in_the_same_process_stands_still_meanwhile(string name)
    {
        var (_, result) = await ResultAsync(name);

        Assert.InRange(result.Saturation.End - result.Saturation.Begin, StarvationRun.Saturation, StarvationRun.Saturation * 2);
        Assert.InRange(result.Saturation.LongestTaskRunSeconds, 2, double.MaxValue);
        Assert.NotNull(result.Saturation.HttpClientSeconds);
        Assert.InRange(result.Saturation.HttpClientSeconds.Value, 2, double.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Calls_keep_leaving_once_an_export_interval(string name)
    {
        var (variant, result) = await ResultAsync(name);
        var during = result.Calls.Count(call => call.ReceivedAt >= result.Saturation.Begin && call.ReceivedAt <= result.Saturation.End);
        var first = result.CredentialsGiven > result.Saturation.Begin ? result.CredentialsGiven : result.Saturation.Begin;

        // Late credentials make a call out of turn; the next regular one is left out when no second has ended since.
        var nothingNew = variant.HasLateCredentials ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;

        Assert.InRange(during, (int)((result.Saturation.End - first - variant.Margin) / variant.ExportInterval), int.MaxValue);
        Assert.InRange(result.LongestGap, TimeSpan.Zero, variant.ExportInterval + nothingNew + variant.Margin);
        Assert.Equal(0, result.RejectedCalls);
        Assert.All(result.Calls, call => Assert.Equal(StarvationRun.AccessKeyId, call.AccessKeyId));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Connections_are_kept_or_opened_anew_as_the_endpoint_has_it(string name)
    {
        var (variant, result) = await ResultAsync(name);

        Assert.Equal(
            variant.ClosesConnection ? result.Calls.Count : 1,
            result.Calls.Select(call => call.ConnectionId).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Every_second_has_exactly_one_sample_and_it_comes_in_time(string name)
    {
        var (variant, result) = await ResultAsync(name);
        var points = result.Points(ScalingSignals.RequestsPerSecond);

        Assert.All(points, point => Assert.Equal(1, point.SampleCount));
        Assert.Equal(
            Enumerable.Range(0, points.Count).Select(second => points[0].Timestamp.AddSeconds(second)),
            points.Select(point => point.Timestamp));
        Assert.True(points[0].Timestamp < result.Saturation.Begin && points[^1].Timestamp > result.Saturation.End);
        Assert.True(variant.HasLateCredentials || result.Calls[0].ReceivedAt < result.Saturation.Begin);
        Assert.InRange(result.LongestAge, TimeSpan.MinValue, variant.ExportInterval + variant.Margin);
    }

    [Fact]
    public async Task Credentials_that_come_late_are_fetched_in_the_midst_of_it_and_all_samples_leave_at_once()
    {
        var (variant, result) = await ResultAsync(StarvationVariant.Flawless.Single(variant => variant.HasLateCredentials).Name);

        Assert.InRange(result.CredentialsGiven, result.Saturation.Begin, result.Saturation.End);
        Assert.InRange(result.Calls[0].ReceivedAt, result.CredentialsGiven, result.CredentialsGiven + variant.ExportInterval);
        Assert.All(
            result.Ages.Where(sample => sample.Second.AddSeconds(1) < result.CredentialsGiven - variant.Margin),
            sample => Assert.Equal(result.Calls[0].ReceivedAt, sample.Second.AddSeconds(1) + sample.Age));
    }

    [Fact]
    public async Task A_call_that_hangs_in_the_midst_of_it_is_given_up_in_time_and_the_next_leaves_when_it_is_due()
    {
        var (variant, result) = await ResultAsync(StarvationVariant.Hanging.Name);
        var timeout = variant.ExportInterval * 0.8;
        var (sent, givenUp) = result.Hung!.Value;
        var next = result.Calls.First(call => call.ReceivedAt > sent).ReceivedAt;

        Assert.InRange(sent, result.Saturation.Begin, result.Saturation.Begin + variant.ExportInterval + variant.Margin);
        Assert.InRange(givenUp - sent, timeout - variant.Margin, timeout + variant.Margin);
        Assert.InRange(next - sent, timeout - variant.Margin, variant.ExportInterval + variant.Margin);
        Assert.InRange(result.LongestGap, TimeSpan.Zero, (2 * variant.ExportInterval) + variant.Margin);
        Assert.InRange(result.LongestAge, TimeSpan.MinValue, variant.ExportInterval + variant.Margin);
        Assert.InRange(result.Service.LongestLatenessSeconds, 0, variant.Margin.TotalSeconds);
    }

    [Theory]
    [MemberData(nameof(Troubled))]
    public async Task Where_no_call_is_answered_each_is_given_up_in_time_the_next_leaves_when_it_is_due_and_it_goes_on_at_once_afterwards(string name)
    {
        var (variant, result) = await ResultAsync(name);
        var timeout = variant.ExportInterval * 0.8;
        var attempts = result.Attempts;
        var points = result.Points(ScalingSignals.RequestsPerSecond);
        output.WriteLine($"Attempts: {string.Join(' ', attempts.Select(attempt => string.Create(CultureInfo.InvariantCulture, $"{attempt.Sent:ss.fff}+{(attempt.GivenUp - attempt.Sent).TotalSeconds:0.000}")))}");

        // Schedule and deadlines hold.
        Assert.InRange(attempts.Count, (int)((StarvationRun.Saturation - variant.Margin) / variant.ExportInterval), int.MaxValue);
        Assert.All(attempts, attempt => Assert.InRange(attempt.GivenUp - attempt.Sent, timeout - variant.Margin, timeout + variant.Margin));
        Assert.All(attempts.Zip(attempts.Skip(1)), pair => Assert.InRange(pair.Second.Sent - pair.First.Sent, TimeSpan.Zero, variant.ExportInterval + variant.Margin));
        Assert.InRange(result.Service.LongestLatenessSeconds, 0, variant.Margin.TotalSeconds);

        // Live data are there with the first call afterwards.
        var next = result.Calls.First(call => call.ReceivedAt > attempts[^1].Sent).ReceivedAt;
        Assert.InRange(next, result.Saturation.End - variant.Margin, result.Saturation.End + variant.ExportInterval + timeout + variant.Margin);

        // Nothing twice; what is missing was in a call of which nobody knows what became.
        Assert.All(points, point => Assert.Equal(1, point.SampleCount));
        var present = points.Select(point => point.Timestamp).ToHashSet();
        for (var second = points[0].Timestamp; second < points[^1].Timestamp; second = second.AddSeconds(1))
        {
            Assert.True(
                present.Contains(second) || (second.AddSeconds(1) >= attempts[0].Sent - variant.ExportInterval - variant.Margin && second <= attempts[^1].Sent),
                $"The sample of {second:HH:mm:ss} is missing.");
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task QueueLength_and_QueueDelay_show_the_queue_from_its_beginning_to_its_end(string name)
    {
        var (_, result) = await ResultAsync(name);

        Assert.Contains(result.Before(ScalingSignals.QueueLength), point => point.Maximum <= 5);
        Assert.Contains(result.Before(ScalingSignals.QueueDelay), point => point.Maximum <= 100);

        Assert.NotEmpty(result.While(ScalingSignals.QueueLength));
        Assert.All(result.While(ScalingSignals.QueueLength), point => Assert.InRange(point.Minimum, 20, double.MaxValue));
        Assert.All(result.While(ScalingSignals.QueueDelay), point => Assert.InRange(point.Minimum, 1000, double.MaxValue));

        Assert.Contains(result.After(ScalingSignals.QueueLength), point => point.Maximum <= 5);
        Assert.Contains(result.After(ScalingSignals.QueueDelay), point => point.Maximum <= 100);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task No_request_is_lost_or_counted_twice(string name)
    {
        var (_, result) = await ResultAsync(name);

        Assert.Equal(result.AnsweredRequests, result.Service.EndedRequests);
        Assert.Equal(result.Service.EndedRequests, result.Points(ScalingSignals.ResponseTime).Sum(point => point.SampleCount));
        Assert.Equal(result.Service.EndedRequests, result.Points(ScalingSignals.RequestsPerSecond).Sum(point => point.Sum));
    }

    private async Task<(StarvationVariant Variant, StarvationResult Result)> ResultAsync(string name)
    {
        var variant = StarvationVariant.All.Single(variant => variant.Name == name);
        var result = await runs.ResultAsync(variant, output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {name}: saturated from {result.Saturation.Begin:HH:mm:ss.fff} to {result.Saturation.End:HH:mm:ss.fff}, {result.Saturation.Threads} threads.
            Ordinary work waited: Task.Run {result.Saturation.LongestTaskRunSeconds:0.0} s, HttpClient.Send on a new connection {result.Saturation.HttpClientSeconds:0.0} s.
            {result.Calls.Count} calls, longest gap {result.LongestGap.TotalSeconds:0.000} s of {variant.ExportIntervalSeconds}; oldest sample {result.LongestAge.TotalSeconds:0.000} s; latest collection {result.Service.LongestLatenessSeconds:0.000} s.
            {result.Service.EndedRequests} requests ended. Credentials at {result.CredentialsGiven:HH:mm:ss.fff}, calls at {string.Join(' ', result.Calls.Select(call => call.ReceivedAt.ToString("ss.fff", CultureInfo.InvariantCulture)))}.
            """));
        foreach (var signal in result.Series.Keys.Order(StringComparer.Ordinal))
        {
            output.WriteLine($"{signal}: {string.Join(' ', result.Series[signal].DataPoints.Select(Describe))}");
        }

        return (variant, result);
    }

    private static string Describe(LocalCloudWatchDataPoint point) =>
        string.Create(CultureInfo.InvariantCulture, $"{point.Timestamp:ss}={point.Maximum:0.#}");
}
