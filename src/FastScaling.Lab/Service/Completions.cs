namespace FastScaling.Lab.Service;

/// <summary>The requests of a task that end in the same second.</summary>
internal struct Completions
{
    /// <summary>Attempts that are told apart: the first and up to three retries.</summary>
    public const int Attempts = 4;

    private int _served0;
    private int _served1;
    private int _served2;
    private int _served3;
    private int _late0;
    private int _late1;
    private int _late2;
    private int _late3;

    /// <summary>All of them, whether a client still waits or not.</summary>
    public int Count;

    /// <summary>Seconds, over all of them.</summary>
    public double LatencySum;

    /// <summary>Those for which a client still waits.</summary>
    public readonly int Served => _served0 + _served1 + _served2 + _served3;

    public void Add(int attempt, bool isLate, int count, double latency)
    {
        Slot(ref this, attempt, isLate) += count;
        Count += count;
        LatencySum += count * latency;
    }

    /// <summary>Those whose client has given up, by attempt.</summary>
    public readonly int Late(int attempt) => attempt switch { 0 => _late0, 1 => _late1, 2 => _late2, _ => _late3 };

    /// <summary>Both kinds, by attempt.</summary>
    public readonly int All(int attempt) => Late(attempt) + attempt switch { 0 => _served0, 1 => _served1, 2 => _served2, _ => _served3 };

    private static ref int Slot(ref Completions completions, int attempt, bool isLate)
    {
        switch (attempt)
        {
            case 0:
                return ref isLate ? ref completions._late0 : ref completions._served0;
            case 1:
                return ref isLate ? ref completions._late1 : ref completions._served1;
            case 2:
                return ref isLate ? ref completions._late2 : ref completions._served2;
            default:
                return ref isLate ? ref completions._late3 : ref completions._served3;
        }
    }
}
