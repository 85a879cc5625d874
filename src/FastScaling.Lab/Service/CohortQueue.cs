namespace FastScaling.Lab.Service;

/// <summary>First in, first out.</summary>
internal sealed class CohortQueue
{
    private Cohort[] _items = new Cohort[8];
    private int _head;
    private int _length;

    /// <summary>Requests, not cohorts.</summary>
    public int Count { get; private set; }

    public bool IsEmpty => _length == 0;

    public Cohort First => _items[_head];

    public void Add(Cohort cohort)
    {
        if (cohort.Count == 0)
        {
            return;
        }

        if (_length == _items.Length)
        {
            var larger = new Cohort[_length * 2];
            for (var i = 0; i < _length; i++)
            {
                larger[i] = _items[(_head + i) % _length];
            }

            _items = larger;
            _head = 0;
        }

        _items[(_head + _length++) % _items.Length] = cohort;
        Count += cohort.Count;
    }

    /// <summary>Takes requests off the first cohort.</summary>
    public void TakeFirst(int count)
    {
        var first = _items[_head];
        Count -= count;
        if (count < first.Count)
        {
            _items[_head] = first with { Count = first.Count - count };
            return;
        }

        _head = (_head + 1) % _items.Length;
        _length--;
    }
}
