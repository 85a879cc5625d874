namespace FastScaling.Benchmarks.Threads;

/// <summary>Two threads that do the same at the same time, and are there before it starts.</summary>
internal sealed class ThreadPair : IDisposable
{
    private readonly Barrier _start = new(2);
    private readonly Barrier _end = new(2);
    private readonly Thread _other;
    private Action<int>? _work;
    private Exception? _failure;
    private int _operations;

    public ThreadPair()
    {
        _other = new Thread(Follow) { IsBackground = true, Name = "second of a pair" };
        _other.Start();
    }

    /// <summary>Does this many operations, half of them on each thread.</summary>
    public void Run(Action<int> work, int operations)
    {
        _work = work;
        _operations = operations / 2;
        _start.SignalAndWait();
        work(_operations);
        _end.SignalAndWait();
        if (_failure is not null)
        {
            throw new InvalidOperationException("The second thread failed.", _failure);
        }
    }

    public void Dispose()
    {
        _work = null;
        _start.SignalAndWait();
        _other.Join();
        _start.Dispose();
        _end.Dispose();
    }

    private void Follow()
    {
        while (true)
        {
            _start.SignalAndWait();
            if (_work is not { } work)
            {
                return;
            }

            try
            {
                work(_operations);
            }
            catch (Exception exception)
            {
                // The first thread waits for this one; it is told.
                _failure = exception;
            }

            _end.SignalAndWait();
        }
    }
}
