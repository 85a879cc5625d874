using FastScaling.DeploymentKit.Tests.Support;
using FastScaling.Lab.Checks;
using FastScaling.Lab.Replay;
using FastScaling.Lab.Simulation;
using FastScaling.Lab.Templates;
using FastScaling.Lab.Traffic;

namespace FastScaling.DeploymentKit.Tests.Replay;

/// <summary>Runs a template of the kit in the lab: simulated time, the same seed, models and not AWS.</summary>
internal static class KitReplay
{
    public const string Kit = "template.yaml";
    public const string Seed = "seed-template.yaml";

    /// <summary>When the surge begins, in seconds.</summary>
    public const int SurgeAt = 300;

    /// <summary>
    /// Requests a second for each task before the surge: about half of the threshold, and four times as much is more than the 200 that a
    /// task of the lab can serve.
    /// </summary>
    public const int BasePerTask = 55;

    public static IReadOnlyList<Finding> Check(string file, params (string Name, string Value)[] parameters) => TemplateChecker.Check(Read(file, parameters));

    /// <param name="file">Which template.</param>
    /// <param name="tasks">Tasks at the start.</param>
    /// <param name="traffic">The load.</param>
    /// <param name="change">What is different from the template and the usual assumptions.</param>
    /// <param name="parameters">Of the template, in place of the defaults.</param>
    public static SimulationResult Run(
        string file, int tasks, IReadOnlyList<int> traffic, Func<SimulationSettings, SimulationSettings>? change = null, params (string Name, string Value)[] parameters)
    {
        var setup = new ReplaySetup(new ReplayVariant(file, Read(file, parameters), new Dictionary<string, string>()));
        var settings = setup.Settings(new TrafficProfile("test", traffic, []), new ReplayAssumptions(), tasks, keepSeries: false);
        return ClosedLoop.Run(change?.Invoke(settings) ?? settings);
    }

    /// <summary>A steady load that grows at once to <paramref name="factor"/> times as much, for ten minutes.</summary>
    public static int[] Surge(int tasks, double factor, int seconds) =>
        [.. Enumerable.Range(0, seconds).Select(second => (int)(tasks * BasePerTask * (second is >= SurgeAt and < SurgeAt + 600 ? factor : 1)))];

    private static ScalingTemplate Read(string file, (string Name, string Value)[] parameters) =>
        TemplateReader.Read(Repository.Read($"examples/ecs-fargate/{file}"), file, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
}
