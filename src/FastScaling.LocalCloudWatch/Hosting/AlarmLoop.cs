using System.Collections.Concurrent;
using FastScaling.LocalCloudWatch.Alarms;

namespace FastScaling.LocalCloudWatch.Hosting;

/// <summary>Drives the alarms in real time, beside the calls, and tells whoever wants to know what they did.</summary>
internal sealed class AlarmLoop : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    // After a longer sleep of the machine alarms go on from now: nobody acted on what they would have said then.
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMinutes(10);

    // A listener that never returns must not hold up the end.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    private readonly CloudWatchModel _model;
    private readonly TimeProvider _clock;
    private readonly Action<AlarmStateChange>? _changed;
    private readonly Action<AlarmActionInvocation>? _invoked;
    private readonly IAlarmActionTarget[] _targets;
    private readonly ConcurrentQueue<AlarmEvent> _events = new();
    private readonly CancellationTokenSource _stop = new();
    private Task? _loop;
    private bool _isDisposed;

    public AlarmLoop(CloudWatchModel model, LocalCloudWatchOptions options)
    {
        _model = model;
        _clock = options.TimeProvider;
        _changed = options.AlarmStateChanged;
        _invoked = options.AlarmActionInvoked;
        _targets = [.. options.AlarmActionTargets];
    }

    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Events that a call caused are told with the next tick, so that listeners hear of one thing at a time.</summary>
    public void Publish(IReadOnlyList<AlarmEvent> events)
    {
        foreach (var news in events)
        {
            _events.Enqueue(news);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _stop.CancelAsync();
        if (_loop is not null)
        {
            await Task.WhenAny(_loop, Task.Delay(ShutdownTimeout));
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Tick);
        var cancellationToken = _stop.Token;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var now = _clock.GetUtcNow();
                _model.Alarms.Skip(now - LongestCatchUp);
                Publish(_model.AdvanceTo(now));
                while (!cancellationToken.IsCancellationRequested && _events.TryDequeue(out var news))
                {
                    Tell(news);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private void Tell(AlarmEvent news)
    {
        if (news is AlarmStateChange change)
        {
            Listener.Tell(_changed, change);
        }
        else if (news is AlarmActionInvocation invocation)
        {
            Listener.Tell(_invoked, invocation);
            foreach (var target in _targets)
            {
                Listener.Tell(each => Invoke(target, each), invocation);
            }
        }
    }

    private static void Invoke(IAlarmActionTarget target, AlarmActionInvocation invocation)
    {
        if (target.Accepts(invocation.ActionArn))
        {
            target.Invoke(invocation);
        }
    }
}
