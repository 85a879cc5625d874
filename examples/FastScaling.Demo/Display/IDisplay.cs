namespace FastScaling.Demo.Display;

/// <summary>How a run is shown.</summary>
internal interface IDisplay
{
    /// <summary>Shows while the run goes on.</summary>
    Task ShowAsync(DemoAddresses addresses, Func<Task> run);

    /// <summary>Called once a second, and after each event.</summary>
    void Update(DemoState state);

    /// <summary>Something happened, this long after the load began.</summary>
    void Tell(TimeSpan elapsed, string news);

    void Summarize(DemoSummary summary);
}
