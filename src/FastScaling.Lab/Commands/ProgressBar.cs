namespace FastScaling.Lab.Commands;

/// <summary>How far a long run is, on the error output of a terminal: one line that is written over.</summary>
internal sealed class ProgressBar(long total) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly bool _isShown = !Console.IsErrorRedirected;
    private long _done;
    private long _percent = -1;

    /// <summary>One of several runs that report on their own.</summary>
    public IProgress<int> Part() => new Share(this);

    public void Dispose()
    {
        if (_isShown)
        {
            Console.Error.Write("\r                  \r");
        }
    }

    private void Add(long seconds)
    {
        lock (_lock)
        {
            _done += seconds;
            var percent = total == 0 ? 100 : 100 * _done / total;
            if (_isShown && percent != _percent)
            {
                _percent = percent;
                Console.Error.Write(FormattableString.Invariant($"\rreplaying {percent} %"));
            }
        }
    }

    private sealed class Share(ProgressBar bar) : IProgress<int>
    {
        private int _last;

        public void Report(int value)
        {
            bar.Add(value - _last);
            _last = value;
        }
    }
}
