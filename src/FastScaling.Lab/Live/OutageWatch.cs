namespace FastScaling.Lab.Live;

/// <summary>Follows an outage of CloudWatch until its data are complete, or will not be. A state machine over seconds.</summary>
internal sealed class OutageWatch
{
    // What may differ without anything missing: requests at the edges of the outage, and those of tasks that were killed in it.
    private const double Part = 0.01;
    private const double Few = 8;

    // After this nothing more comes: an exporter gives up nothing sooner.
    private const int Patience = 120;

    private readonly List<(int Second, long Forwarded)> _forwarded = [];
    private int? _from;
    private int? _to;

    /// <summary>Whether an outage goes on, or its data are still on their way.</summary>
    public bool IsOpen => _from is not null;

    public void Begin(int second)
    {
        _from ??= second;
        _to = null;
    }

    public void End(int second) => _to = second;

    /// <summary>A second has passed.</summary>
    /// <param name="second">Which.</param>
    /// <param name="forwarded">Requests that were passed on to tasks until its end.</param>
    /// <param name="received">What CloudWatch knows of a part of the run.</param>
    /// <returns>The outcome in words, once it is known.</returns>
    public string? Second(int second, long forwarded, Func<int, int, double> received)
    {
        if (_from is not { } from)
        {
            _forwarded.Clear();
            _forwarded.Add((second + 1, forwarded));
            return null;
        }

        _forwarded.Add((second + 1, forwarded));
        if (_to is not { } to || second < to + 1)
        {
            return null;
        }

        var sent = At(to) - At(from);
        var known = received(from, to);
        var isComplete = known >= sent - Math.Max(Few, Part * sent);
        if (!isComplete && second < to + Patience)
        {
            return null;
        }

        (_from, _to) = (null, null);
        return FormattableString.Invariant($"the data of the outage are {(isComplete ? "complete" : "not complete")}: CloudWatch has {known:0} of {sent} requests, the last {second - to} s after it answered again");
    }

    private long At(int second) => _forwarded.LastOrDefault(one => one.Second <= second, _forwarded[0]).Forwarded;
}
