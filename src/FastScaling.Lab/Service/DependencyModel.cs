namespace FastScaling.Lab.Service;

/// <summary>What all tasks call: as fast as the settings say, but for its episodes.</summary>
internal sealed class DependencyModel
{
    private readonly ServiceSettings _settings;
    private readonly IReadOnlyList<DependencyEpisode> _episodes;

    public DependencyModel(ServiceSettings settings, IReadOnlyList<DependencyEpisode> episodes)
    {
        _settings = settings;
        _episodes = episodes;
    }

    public double LatencyAt(int second)
    {
        var latency = _settings.DependencyTime;
        foreach (var episode in _episodes)
        {
            if (second >= episode.FromSecond && second < episode.ToSecond && episode.Latency > latency)
            {
                latency = episode.Latency;
            }
        }

        return latency.TotalSeconds;
    }
}
