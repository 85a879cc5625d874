using System.Collections.Concurrent;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

/// <summary>Alarms in a running server. Its clock stands where the test puts it; the server looks at it a few times a second.</summary>
public sealed class AlarmServerTests
{
    private const string Policy = "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:1:resource/ecs/service/c/s:policyName/out";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_alarm_goes_off_by_itself_and_its_target_is_invoked()
    {
        var changes = new BlockingCollection<AlarmStateChange>();
        var target = new Target();
        await using var local = await Local.StartAsync(options =>
        {
            options.AlarmEvaluationPhase = TimeSpan.Zero;
            options.AlarmStateChanged = change =>
            {
                changes.Add(change, TestContext.Current.CancellationToken);
                throw new InvalidOperationException("A listener's mistake.");
            };
            options.AlarmActionTargets.Add(target);
        });
        await local.CallAsync(Wire.Cbor, "PutMetricAlarm", Data.Alarm().With("AlarmActions", Data.Strings(Policy, "arn:aws:sns:x:1:t")));
        await local.PutAsync(Wire.Cbor, Data.Datum(100));

        local.Clock.Now += TimeSpan.FromSeconds(10);

        Assert.True(changes.TryTake(out var change, Patience));
        Assert.Equal((AlarmState.InsufficientData, AlarmState.Alarm, "a"), (change.OldState, change.NewState, change.AlarmName));
        Assert.Equal(TestClock.Noon.AddSeconds(10), change.Time);
        Assert.True(target.Invocations.TryTake(out var invocation, Patience));
        Assert.Equal((Policy, false, 80.5), (invocation.ActionArn, invocation.IsRepeat, invocation.Threshold));
        Assert.Equal([100], invocation.Datapoints);

        local.Clock.Now += TimeSpan.FromSeconds(60);
        Assert.True(changes.TryTake(out change, Patience));
        Assert.Equal(AlarmState.InsufficientData, change.NewState);
        Assert.Contains("INSUFFICIENT_DATA", await local.Http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_hangs_holds_up_neither_calls_nor_the_end()
    {
        using var hang = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        var local = await Local.StartAsync(options => options.AlarmStateChanged = _ =>
        {
            started.Set();
            hang.Wait(Patience);
        });
        await local.CallAsync(Wire.Json, "PutMetricAlarm", Data.Alarm());
        await local.CallAsync(Wire.Json, "SetAlarmState", new() { ["AlarmName"] = "a", ["StateValue"] = "OK", ["StateReason"] = "test" });
        Assert.True(started.Wait(Patience, TestContext.Current.CancellationToken));

        Assert.True((await local.PutAsync(Wire.Json, Data.Datum())).IsOk);
        Assert.Single((await local.CallAsync(Wire.Json, "DescribeAlarms", [])).List("MetricAlarms"));
        await local.DisposeAsync().AsTask().WaitAsync(Patience / 2, TestContext.Current.CancellationToken);
        hang.Set();
    }

    [Fact]
    public async Task After_a_long_sleep_alarms_go_on_from_now()
    {
        var changes = new BlockingCollection<AlarmStateChange>();
        await using var local = await Local.StartAsync(options =>
        {
            options.AlarmEvaluationPhase = TimeSpan.Zero;
            options.AlarmStateChanged = changes.Add;
        });
        await local.CallAsync(Wire.Json, "PutMetricAlarm", Data.Alarm());

        local.Clock.Now += TimeSpan.FromDays(300);
        await local.PutAsync(Wire.Json, Data.Datum(100));
        local.Clock.Now += TimeSpan.FromSeconds(10);

        Assert.True(changes.TryTake(out var change, Patience));
        Assert.Equal(AlarmState.Alarm, change.NewState);
    }

    [Fact]
    public async Task Data_under_way_are_read_when_their_delay_is_over()
    {
        await using var local = await Local.StartAsync(options => options.IngestionDelay = TimeSpan.FromSeconds(3));
        await local.PutAsync(Wire.Json, Data.Datum());

        local.Clock.Now += TimeSpan.FromSeconds(2.9);
        Assert.Empty(local.Server.GetSeries());
        Assert.Empty((await local.CallAsync(Wire.Json, "ListMetrics", [])).List("Metrics"));
        local.Clock.Now += TimeSpan.FromSeconds(0.1);
        Assert.Single((await local.CallAsync(Wire.Json, "ListMetrics", [])).List("Metrics"));
        Assert.Single(local.Server.GetSeries());
    }

    [Fact]
    public async Task An_option_out_of_its_range_is_named_with_its_value_and_its_range()
    {
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Local.StartAsync(options => options.IngestionDelay = TimeSpan.FromHours(2)));

        Assert.Contains("options.IngestionDelay is 02:00:00. Allowed: 00:00:00 to 01:00:00.", error.Message, StringComparison.Ordinal);
    }

    private sealed class Target : IAlarmActionTarget
    {
        public BlockingCollection<AlarmActionInvocation> Invocations { get; } = [];

        public bool Accepts(string actionArn) => actionArn.Contains(":autoscaling:", StringComparison.Ordinal);

        public void Invoke(AlarmActionInvocation invocation) => Invocations.Add(invocation);
    }
}
