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
    public void What_is_refused_is_halved_newest_first_until_the_datum_at_fault_is_alone()
    {
        _bench.Add(1, 6).Begin();

        Assert.Equal(6, _bench.Send(SendOutcome.Refused));
        Sends(["m0 1", "m1 1", "m2 1"], SendOutcome.Accepted);
        Sends(["m3 1", "m4 1", "m5 1"], SendOutcome.Refused);
        Sends(["m3 1"], SendOutcome.Refused);
        Sends(["m4 1", "m5 1"], SendOutcome.Accepted);
        _bench.Ends();

        Assert.False(_bench.Plan.HasSucceeded);
        Assert.Equal([("m3", null)], _bench.Refused);
        Assert.Equal((5L, 1L, 0), (_bench.Statistics.AcceptedData, _bench.Statistics.Dropped(DropReason.Refused), _bench.Pending.Data));
    }

    [Fact]
    public void Samples_stay_in_one_piece_where_the_halves_allow_it()
    {
        _bench.Add(1, 3).Add(2, 2).Add(3, 1).Begin();

        _bench.Send(SendOutcome.Refused);
        Sends(["m0 3", "m0 2", "m1 2"], SendOutcome.Refused);
        Sends(["m0 3"], SendOutcome.Accepted);
        Sends(["m0 2", "m1 2"], SendOutcome.Accepted);
        Sends(["m0 1", "m1 1", "m2 1"], SendOutcome.Accepted);
        _bench.Ends();
    }

    [Fact]
    public void A_refused_request_is_taken_apart_in_the_next_turns_when_there_is_no_time()
    {
        _bench.Add(1, 2).Begin().Send(SendOutcome.Refused, takes: 3.5);
        _bench.Ends();

        _bench.Wait(5).Add(2).Begin();
        Sends(["m0 2"], SendOutcome.Accepted);
        Sends(["m0 1"], SendOutcome.Failed);
        _bench.Plan.GiveUp();

        // What failed while it was suspected stays so, and is no backlog for others to be put to.
        Assert.False(_bench.Pending.HasTried);
        _bench.Wait(5).Begin();
        Sends(["m0 1"], SendOutcome.Accepted);
        Sends(["m1 1"], SendOutcome.Accepted);
        _bench.Ends();
        Assert.True(_bench.Plan.HasSucceeded);
    }

    [Fact]
    public void The_search_pauses_after_throttling()
    {
        _bench.Add(1, 2).Begin().Send(SendOutcome.Refused);
        _bench.Send(SendOutcome.Throttled);
        _bench.Plan.GiveUp();

        _bench.Wait(4.9).Begin().Ends();
        _bench.Wait(0.1);
        Assert.Equal([1, 1], _bench.Turn(SendOutcome.Accepted));
    }

    [Fact]
    public void The_search_has_two_dozen_requests_at_once_and_one_more_an_interval()
    {
        _bench.Add(1, 64);
        Assert.Equal(1 + DeliveryPlan.SpareSearches, _bench.Turn(SendOutcome.Refused).Count);

        _bench.Wait(5);
        Assert.Single(_bench.Turn(SendOutcome.Refused));
        _bench.Wait(10);
        Assert.Equal(2, _bench.Turn(SendOutcome.Refused).Count);
        _bench.Turn(SendOutcome.Refused, isLast: true);
        Assert.Equal((64, 0), (_bench.Refused.Count, _bench.Pending.Data));
    }

    [Fact]
    public void A_metric_that_was_refused_travels_alone_until_it_is_taken()
    {
        Offend("bad");

        _bench.Add(2, "a", "bad", "b").Begin();
        Sends(["a 2", "b 2"], SendOutcome.Accepted);
        Sends(["bad 2"], SendOutcome.Refused);
        _bench.Ends();
        _bench.Wait(5).Add(3, "a", "bad", "b").Begin();
        Sends(["a 3", "b 3"], SendOutcome.Accepted);
        Sends(["bad 3"], SendOutcome.Accepted);
        _bench.Ends();
        _bench.Add(4, "a", "bad", "b").Begin();
        Sends(["a 4", "bad 4", "b 4"], SendOutcome.Accepted);

        Assert.Equal(2, _bench.Refused.Count);
    }

    [Fact]
    public void Data_of_several_metrics_that_were_refused_travel_together()
    {
        Offend("x");
        Offend("y");

        _bench.Add(2, "x", "y", "a", "x", "b", "c", "y").Add(3, "y").Begin();

        Sends(["a 2", "b 2", "c 2"], SendOutcome.Accepted);
        Sends(["y 3", "x 2", "y 2", "x 2", "y 2"], SendOutcome.Accepted);
        _bench.Ends();
    }

    [Fact]
    public void What_does_not_fit_beside_refused_metrics_follows_in_the_next_request()
    {
        Offend("bad");

        _bench.Add(1, "a", "b", "bad", "c").Add(2, 999).Begin();

        Assert.Equal(1000, _bench.Send(SendOutcome.Accepted));
        Sends(["b 1", "c 1"], SendOutcome.Accepted);
        Sends(["bad 1"], SendOutcome.Accepted);
        _bench.Ends();
    }

    [Theory]
    [InlineData(600, 700, new[] { 300, 300, 100 })]
    [InlineData(50, 150, new[] { 100, 50 })]
    [InlineData(202, 102, new[] { 101, 1 })]
    public void After_a_request_that_was_too_large_none_has_more_than_half_of_its_data_nor_less_than_a_hundred(int first, int then, int[] requests)
    {
        _bench.Add(1, first).Begin().Send(SendOutcome.TooLarge);
        Assert.Equal(first / 2, _bench.Send(SendOutcome.Accepted));
        Assert.Equal(first / 2, _bench.Send(SendOutcome.Accepted));
        _bench.Ends();

        _bench.Wait(5).Add(2, then);
        Assert.Equal(requests, _bench.Turn(SendOutcome.Accepted));
    }

    [Fact]
    public void Samples_fill_a_request_up_to_the_limit_that_was_learnt()
    {
        _bench.Add(1, 50).Turn(SendOutcome.Accepted);
        _bench.Add(2, 2).Begin().Send(SendOutcome.TooLarge);
        _bench.Send(SendOutcome.Accepted);
        _bench.Send(SendOutcome.Accepted);

        _bench.Wait(5).Add(3, 1).Add(4, 60).Add(5, 40);

        Assert.Equal([100, 1], _bench.Turn(SendOutcome.Accepted));
    }

    [Fact]
    public void A_datum_that_fits_into_no_request_is_dropped_and_stops_no_other()
    {
        var giant = new string('g', 1_000_000);
        _bench.Add(1, giant, "a").Add(2, giant).Add(3, "b").Begin();

        Sends(["b 3"], SendOutcome.Accepted);
        Sends(["a 1"], SendOutcome.Accepted);
        _bench.Ends();

        Assert.Equal([giant, giant], _bench.Refused.Select(refused => refused.Name));
        Assert.All(_bench.Refused, refused => Assert.Equal("it is larger than a request may be", refused.Why));
        Assert.Equal((2L, 0), (_bench.Statistics.Dropped(DropReason.Refused), _bench.Pending.Count));
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

    [Fact]
    public void Groups_that_are_taken_apart_do_not_mix_with_each_other_nor_with_metrics_that_travel_alone()
    {
        Offend("bad");
        _bench.Add(1, "a", "b").Begin().Send(SendOutcome.Refused, takes: 3.5);
        _bench.Ends();

        _bench.Wait(5).Add(2, "bad", "c", "d").Begin();
        Sends(["c 2", "d 2"], SendOutcome.Refused);
        Sends(["c 2"], SendOutcome.Accepted);
        Sends(["d 2"], SendOutcome.Accepted);
        Sends(["bad 2"], SendOutcome.Accepted);
        Sends(["a 1"], SendOutcome.Accepted);
        Sends(["b 1"], SendOutcome.Accepted);
        _bench.Ends();
    }

    [Fact]
    public void After_a_refusal_more_live_data_wait_when_there_is_no_time()
    {
        _bench.Add(1, 600).Add(2, 600).Begin().Send(SendOutcome.Refused, takes: 3.5);

        _bench.Ends();
        Assert.Equal(1200, _bench.Pending.Data);
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
    public void What_is_too_old_is_dropped_before_a_turn()
    {
        using var bench = new PlanBench(maxAge: TimeSpan.FromSeconds(10));

        bench.Add(1).Wait(11).Begin().Ends();

        Assert.Equal(1, bench.Statistics.Dropped(DropReason.Expired));
    }

    /// <summary>The next step must be a request with exactly these data; this becomes of it.</summary>
    private void Sends(string[] data, SendOutcome outcome)
    {
        Assert.Equal(DeliveryAction.Send, _bench.Plan.Next(_bench.Now).Action);
        Assert.Equal(data, _bench.UnderWay);
        _bench.Plan.Ended(_bench.Now, outcome);
    }

    private void Backlog(long second, int data = 1)
    {
        _bench.Add(second, data).Begin();
        Assert.Equal(DeliveryAction.Send, _bench.Plan.Next(_bench.Now).Action);
        _bench.Plan.GiveUp();
        _bench.Ends();
    }

    private void Offend(string metric)
    {
        _bench.Add(1, metric).Begin().Send(SendOutcome.Refused);
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
