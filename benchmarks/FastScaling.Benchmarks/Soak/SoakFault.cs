namespace FastScaling.Benchmarks.Soak;

/// <summary>What the CloudWatch of a soak run does to the calls.</summary>
internal enum SoakFault
{
    /// <summary>Takes them.</summary>
    None,

    /// <summary>Answers 500, and takes nothing.</summary>
    Errors,

    /// <summary>Answers that there are too many calls, and takes nothing.</summary>
    Throttled,

    /// <summary>Takes them, and answers after a second and a half.</summary>
    Slow,

    /// <summary>Never answers, and takes nothing.</summary>
    Hang,

    /// <summary>Breaks off in the middle of the answer; takes every second call.</summary>
    Cut,

    /// <summary>Answers with what is no HTTP; takes every second call.</summary>
    Garbage,

    /// <summary>Is not there: its process has ended, connections are refused, and another process starts afterwards.</summary>
    Down,
}
