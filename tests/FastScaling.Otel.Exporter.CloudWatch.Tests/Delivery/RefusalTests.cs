using FastScaling.Otel.Exporter.CloudWatch.Delivery;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Transport;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

/// <summary>What becomes of a request that CloudWatch refuses, or finds too large. A turn has 4 s, an interval 5.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly PlanBench _bench = new();

    public void Dispose() => _bench.Dispose();

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

    /// <summary>The next step must be a request with exactly these data; this becomes of it.</summary>
    private void Sends(string[] data, SendOutcome outcome)
    {
        Assert.Equal(DeliveryAction.Send, _bench.Plan.Next(_bench.Now).Action);
        Assert.Equal(data, _bench.UnderWay);
        _bench.Plan.Ended(_bench.Now, outcome);
    }

    private void Offend(string metric)
    {
        _bench.Add(1, metric).Begin().Send(SendOutcome.Refused);
        _bench.Ends();
    }
}
