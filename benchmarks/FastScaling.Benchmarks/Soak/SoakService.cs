namespace FastScaling.Benchmarks.Soak;

/// <summary>A service of a soak run after its end.</summary>
/// <param name="Name">Its dimension ServiceName; each process has its own.</param>
/// <param name="Book">Its last book.</param>
/// <param name="Stopped">How long it took to end after SIGTERM.</param>
/// <param name="Logged">What it logged of warnings and worse, and how often.</param>
internal sealed record SoakService(string Name, ServiceBook Book, TimeSpan Stopped, IReadOnlyDictionary<string, int> Logged);
