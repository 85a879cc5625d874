using FastScaling.Otel.Exporter.CloudWatch.Delivery;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

/// <summary>The policy after failures, step by step. A turn has 4 s, an interval 5.</summary>
public sealed class DeliveryPlanTests : IDisposable
{
    private readonly PlanBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_turn_without_data_has_no_request_and_succeeds()
    {
        _bench.Begin().Ends();

        Assert.True(_bench.Plan.HasSucceeded);
        Assert.Null(_bench.Plan.LastThrottled);
    }

    [Fact]
    public void All_that_is_live_leaves_in_one_request_newest_first()
    {
        _bench.Add(1).Add(2, 2).Add(3).Begin();

        Assert.Equal(DeliveryAction.Send, _bench.Plan.Next(_bench.Now).Action);

        Assert.Equal(["m0 3", "m0 2", "m1 2", "m0 1"], _bench.UnderWay);
        Assert.Equal((1, 4, 3L), (_bench.Plan.Attempt, _bench.Plan.Parcel.Data, _bench.Plan.Parcel.NewestSecond));
        _bench.Plan.Ended(_bench.Now, SendOutcome.Accepted);
        _bench.Ends();
        Assert.True(_bench.Plan.HasSucceeded);
        Assert.Equal((4L, 3L, 0), (_bench.Statistics.AcceptedData, _bench.Statistics.NewestAcceptedSecond ?? 0, _bench.Pending.Count));
    }

    [Fact]
    public void A_sample_that_does_not_fit_any_more_goes_whole_with_the_next_request()
    {
        _bench.Add(1, 10).Add(2, 600).Add(3, 600).Begin();

        Assert.Equal(600, _bench.Send(SendOutcome.Accepted));
        Assert.Equal(610, _bench.Send(SendOutcome.Accepted));
        _bench.Ends();
    }

    [Theory]
    [InlineData(nameof(SendOutcome.Failed))]
    [InlineData(nameof(SendOutcome.ExpiredCredentials))]
    public void After_a_failure_there_are_three_more_attempts_each_after_twice_the_time(string what)
    {
        var outcome = Enum.Parse<SendOutcome>(what);
        _bench.Add(1).Begin();

        _bench.Send(outcome);
        _bench.Waits(0.2).Send(outcome);
        Assert.Equal(3, _bench.Plan.Attempt);
        _bench.Waits(0.4).Send(outcome);
        _bench.Waits(0.8).Send(outcome);
        _bench.Ends();

        Assert.False(_bench.Plan.HasSucceeded);
        Assert.Equal((3L, 1, true), (_bench.Statistics.Retries, _bench.Pending.Data, _bench.Pending.HasBacklog));
    }

    [Fact]
    public void The_wait_is_drawn_from_nothing_to_the_whole()
    {
        _bench.Chance = 0.25;
        _bench.Add(1).Begin().Send(SendOutcome.Failed);
        _bench.Waits(0.05);
        _bench.Chance = 0;
        _bench.Send(SendOutcome.Failed);

        Assert.Equal(1, _bench.Send(SendOutcome.Accepted));
        Assert.True(_bench.Plan.HasSucceeded);
    }

    [Fact]
    public void A_wait_that_is_asked_for_again_is_what_is_left_of_it()
    {
        _bench.Add(1).Begin().Send(SendOutcome.Failed);
        Assert.Equal(TimeSpan.FromSeconds(0.2), _bench.Plan.Next(_bench.Now).Wait);

        _bench.Wait(0.15).Waits(0.05);

        Assert.Equal(1, _bench.Send(SendOutcome.Accepted));
    }

    [Theory]
    [InlineData(2.8, true)]
    [InlineData(2.9, false)]
    public void There_is_another_attempt_only_when_a_quarter_of_the_turn_will_be_left_for_it(double takes, bool isRepeated)
    {
        // The next would be 0.2 s later.
        _bench.Wait(100).Add(1).Begin().Send(SendOutcome.Failed, takes);

        Assert.Equal(isRepeated ? DeliveryAction.Wait : DeliveryAction.End, _bench.Plan.Next(_bench.Now).Action);
        Assert.Equal(isRepeated ? 1 : 0, _bench.Statistics.Retries);
    }

    [Theory]
    [InlineData(3.7, true)]
    [InlineData(3.8, false)]
    public void At_the_end_of_the_process_there_is_another_attempt_while_any_time_is_left(double takes, bool isRepeated)
    {
        _bench.Add(1).Begin(isLast: true).Send(SendOutcome.Failed, takes);

        Assert.Equal(isRepeated ? DeliveryAction.Wait : DeliveryAction.End, _bench.Plan.Next(_bench.Now).Action);
    }

    [Fact]
    public void Beyond_ten_there_is_one_retry_for_each_accepted_request()
    {
        for (var i = 0; i < 5; i++)
        {
            _bench.Add(i).Turn(SendOutcome.Failed);
            _bench.Wait(5);
        }

        Assert.Equal(DeliveryPlan.SpareRetries, _bench.Statistics.Retries);
        _bench.Add(10).Begin().Send(SendOutcome.Accepted);
        _bench.Plan.GiveUp();
        _bench.Wait(5).Add(11).Turn(SendOutcome.Failed);
        Assert.Equal(DeliveryPlan.SpareRetries + 1, _bench.Statistics.Retries);
    }

    [Fact]
    public void A_throttled_request_is_repeated_once()
    {
        _bench.Wait(7).Add(1).Begin().Send(SendOutcome.Throttled);
        _bench.Waits(1).Send(SendOutcome.Throttled);
        _bench.Ends();

        Assert.Equal((1L, TimeSpan.FromSeconds(8)), (_bench.Statistics.Retries, _bench.Plan.LastThrottled ?? default));
        Assert.True(_bench.Pending.HasBacklog);
    }

    [Fact]
    public void After_throttling_the_backlog_pauses_for_an_interval_and_then_for_twice_as_many_up_to_twelve()
    {
        Backlog(1);
        foreach (var intervals in (double[])[1, 2, 4, 8, 12, 12])
        {
            ThrottleOnce();
            PausesFor(intervals * 5);
        }

        _bench.Begin().Send(SendOutcome.Accepted);
        _bench.Ends();
        Backlog(2);
        _bench.Wait(5);
        ThrottleOnce();
        PausesFor(5);
        Assert.Equal([1], _bench.Turn(SendOutcome.Accepted));
    }

    [Fact]
    public void The_pause_of_the_backlog_is_drawn_from_nothing_to_the_whole()
    {
        Backlog(1);
        ThrottleOnce();
        PausesFor(5);
        _bench.Chance = 0.5;
        ThrottleOnce();

        // Half of two intervals.
        PausesFor(5);
        Assert.Equal([1], _bench.Turn(SendOutcome.Accepted));
    }

    [Fact]
    public void Live_data_do_not_pause_after_throttling_and_their_acceptance_does_not_end_the_pause()
    {
        Backlog(1);
        ThrottleOnce();
        _bench.Wait(4).Add(2).Begin();

        Assert.Equal(1, _bench.Send(SendOutcome.Accepted));
        _bench.Ends();
        Assert.False(_bench.Plan.HasSucceeded);
        _bench.Wait(1);
        ThrottleOnce();
        PausesFor(10);
        Assert.Equal([1], _bench.Turn(SendOutcome.Accepted));
    }

    [Fact]
    public void The_backlog_follows_the_live_data_in_one_request_an_interval_however_many_turns_there_are()
    {
        Backlog(1, 600);
        Backlog(2, 600);
        _bench.Add(3);

        Assert.Equal([1, 600], _bench.Turn(SendOutcome.Accepted));
        Assert.False(_bench.Plan.HasSucceeded);
        _bench.Wait(2);
        Assert.Empty(_bench.Turn(SendOutcome.Accepted));
        _bench.Wait(3).Add(4);
        Assert.Equal([1, 600], _bench.Turn(SendOutcome.Accepted));
        Assert.True(_bench.Plan.HasSucceeded);
    }

    [Fact]
    public void At_the_end_of_the_process_the_backlog_leaves_in_as_many_requests_as_it_takes()
    {
        Backlog(1, 600);
        Backlog(2, 600);
        Backlog(3, 600);

        Assert.Equal([600, 600, 600], _bench.Turn(SendOutcome.Accepted, isLast: true));
        Assert.True(_bench.Plan.HasSucceeded);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(3.01, false)]
    public void What_follows_the_live_data_begins_only_while_a_quarter_of_the_turn_is_left(double takes, bool isSent)
    {
        Backlog(1);
        _bench.Add(2).Begin().Send(SendOutcome.Accepted, takes);
        Assert.Equal(isSent ? DeliveryAction.Send : DeliveryAction.End, _bench.Plan.Next(_bench.Now).Action);

        using var more = new PlanBench();
        more.Add(1, 600).Add(2, 600).Begin().Send(SendOutcome.Accepted, takes);
        Assert.Equal(isSent ? DeliveryAction.Send : DeliveryAction.End, more.Plan.Next(more.Now).Action);

        using var suspects = new PlanBench();
        suspects.Add(1, 2).Begin().Send(SendOutcome.Refused, takes);
        Assert.Equal(isSent ? DeliveryAction.Send : DeliveryAction.End, suspects.Plan.Next(suspects.Now).Action);
    }

    [Theory]
    [InlineData(1, 12)]
    [InlineData(5, 60)]
    [InlineData(10, 60)]
    public void Without_permission_there_is_an_attempt_every_twelve_intervals_and_at_least_once_a_minute(double interval, double pace)
    {
        using var bench = new PlanBench(interval);
        bench.Add(1).Begin().Send(SendOutcome.Forbidden);
        bench.Ends();
        Assert.Equal(0, bench.Statistics.Retries);

        bench.Wait(pace - 0.1).Add(2).Begin().Ends();
        Assert.False(bench.Plan.HasSucceeded);
        bench.Wait(0.1).Begin();

        Assert.Equal(1, bench.Send(SendOutcome.Accepted));
    }

    [Fact]
    public void The_end_of_the_process_waits_for_no_permission_and_one_that_was_given_holds_at_once()
    {
        _bench.Add(1).Begin().Send(SendOutcome.Forbidden);

        Assert.Equal([1], _bench.Turn(SendOutcome.Accepted, isLast: true));
        Assert.True(_bench.Plan.HasSucceeded);
        _bench.Add(2);
        Assert.Equal([1], _bench.Turn(SendOutcome.Accepted));
    }

    [Fact]
    public void What_got_no_reply_is_over_and_so_is_the_turn()
    {
        Backlog(1, 2);
        _bench.Add(2, 3).Begin().Send(SendOutcome.Unknown);
        _bench.Ends();

        Assert.False(_bench.Plan.HasSucceeded);
        Assert.Equal((3L, 2), (_bench.Statistics.UnknownData, _bench.Pending.Data));
    }

    [Fact]
    public void A_wrong_clock_is_corrected_at_once_but_only_once_a_turn()
    {
        _bench.Add(1).Begin().Send(SendOutcome.ClockSkewed);

        _bench.Send(SendOutcome.ClockSkewed);
        _bench.Waits(0.4).Send(SendOutcome.Accepted);
        Assert.True(_bench.Plan.HasSucceeded);
        Assert.Equal(2, _bench.Statistics.Retries);

        _bench.Wait(5).Add(2).Begin().Send(SendOutcome.ClockSkewed);
        Assert.Equal(1, _bench.Send(SendOutcome.Accepted));
    }

    [Fact]
    public void A_wrong_clock_is_not_corrected_when_there_is_no_time_for_another_request()
    {
        _bench.Add(1).Begin().Send(SendOutcome.ClockSkewed, takes: 3.5);

        _bench.Ends();
        Assert.True(_bench.Pending.HasBacklog);
    }

    [Fact]
    public void What_was_given_up_waits_for_the_next_turn_and_the_next_attempt_is_the_first()
    {
        _bench.Add(1, 2).Begin().Send(SendOutcome.Failed);
        _bench.Plan.GiveUp();
        _bench.Ends();
        Assert.Equal((0, 0L), (_bench.Plan.Parcel.Data, _bench.Plan.Parcel.NewestSecond));

        _bench.Wait(5).Begin();

        Assert.Equal(2, _bench.Send(SendOutcome.Accepted));
        Assert.Equal(1, _bench.Plan.Attempt);
        Assert.True(_bench.Plan.HasSucceeded);
    }

    [Theory]
    [InlineData(nameof(SendOutcome.Accepted), 0, false)]
    [InlineData(nameof(SendOutcome.Unknown), 0, false)]
    [InlineData(nameof(SendOutcome.Refused), 2, false)]
    [InlineData(nameof(SendOutcome.Failed), 2, true)]
    public void Giving_up_keeps_what_has_not_come_to_an_end_and_nothing_else(string outcome, int kept, bool isBacklog)
    {
        _bench.Add(1, 2).Begin().Send(Enum.Parse<SendOutcome>(outcome));

        _bench.Plan.GiveUp();

        Assert.Equal((kept, isBacklog), (_bench.Pending.Data, _bench.Pending.HasTried));
        Assert.False(_bench.Plan.HasSucceeded);
    }

    [Fact]
    public void A_turn_whose_data_got_no_reply_has_not_succeeded()
    {
        _bench.Add(1).Begin().Send(SendOutcome.Unknown);

        Assert.False(_bench.Plan.HasSucceeded || _bench.Pending.HasBacklog);
    }

    [Fact]
    public void A_turn_that_was_given_up_has_not_succeeded_even_when_its_data_are_dropped_at_once()
    {
        using var bench = new PlanBench(maxAge: TimeSpan.FromSeconds(10));
        bench.Add(1).Begin().Send(SendOutcome.Failed);
        bench.Plan.GiveUp();

        bench.Wait(11).Pending.Expire();

        Assert.Equal((0, false), (bench.Pending.Data, bench.Plan.HasSucceeded));
    }

    [Fact]
    public void What_is_too_old_is_dropped_before_a_turn()
    {
        using var bench = new PlanBench(maxAge: TimeSpan.FromSeconds(10));

        bench.Add(1).Wait(11).Begin().Ends();

        Assert.Equal(1, bench.Statistics.Dropped(DropReason.Expired));
    }

    private void Backlog(long second, int data = 1)
    {
        _bench.Add(second, data).Begin();
        Assert.Equal(DeliveryAction.Send, _bench.Plan.Next(_bench.Now).Action);
        _bench.Plan.GiveUp();
        _bench.Ends();
    }

    private void ThrottleOnce()
    {
        _bench.Begin().Send(SendOutcome.Throttled);
        _bench.Plan.GiveUp();
    }

    private void PausesFor(double seconds)
    {
        _bench.Wait(seconds - 0.1).Begin().Ends();
        _bench.Wait(0.1);
    }
}
