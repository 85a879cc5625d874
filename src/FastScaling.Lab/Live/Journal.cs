using System.Runtime.CompilerServices;

namespace FastScaling.Lab.Live;

/// <summary>What happened, for readers that come, go and come back: each reads on from the last entry that it had.</summary>
internal sealed class Journal
{
    /// <summary>How many entries are kept: more than ten minutes with an event in each second.</summary>
    public const int Capacity = 1500;

    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _entries = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastId;

    public void Add(string kind, string json)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _entries.Enqueue(new JournalEntry(++_lastId, kind, json));
            if (_entries.Count > Capacity)
            {
                _entries.Dequeue();
            }

            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        more.SetResult();
    }

    /// <summary>Everything after an entry that is still kept, and then what comes, until it is cancelled.</summary>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            JournalEntry[] entries;
            Task more;
            lock (_lock)
            {
                var last = after;
                entries = [.. _entries.Where(entry => entry.Id > last)];
                more = _more.Task;
            }

            foreach (var entry in entries)
            {
                after = entry.Id;
                yield return entry;
            }

            if (entries.Length == 0)
            {
                await more.WaitAsync(cancellationToken);
            }
        }
    }
}
