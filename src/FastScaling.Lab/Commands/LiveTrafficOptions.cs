using System.CommandLine;
using FastScaling.Lab.Live.Load;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Commands;

/// <summary>The options that say which traffic a live lab gets.</summary>
internal sealed class LiveTrafficOptions
{
    public const double DefaultRate = 40;
    public const double DefaultFactor = 3;

    private const int DefaultSeconds = 240;
    private const string Own = "surge";

    private readonly Option<string?> _file = new("--traffic") { HelpName = "file", Description = "A CSV file of second,requests; played again from its start when it ends." };
    private readonly Option<string> _profile = new("--profile") { HelpName = "surge|step|ramp|burst|day", Description = "The shape of the traffic: surge is calm for 15 s, and then a step of 90 s.", DefaultValueFactory = static _ => Own };
    private readonly Option<int> _duration = CommonOptions.Number("--duration", "seconds", DefaultSeconds, 10, TrafficProfile.MaxSeconds, "How long a profile lasts until it begins again; that of surge is 240.");
    private readonly Option<double> _rate = CommonOptions.Real("--rate", "requests", DefaultRate, 0, 1000, "Requests per second of the base.");
    private readonly Option<double> _factor = CommonOptions.Real("--factor", "times", DefaultFactor, 1, 100, "How many times the base a surge reaches.");

    public LiveTrafficOptions()
    {
        _profile.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && result.Tokens[0].Value != Own && ProfileName.Find(result.Tokens[0].Value) is null)
            {
                result.AddError($"--profile must be one of {Own}, {string.Join(", ", ProfileName.All.Select(static pair => pair.Key))}, and is '{result.Tokens[0].Value}'.");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _file, _profile, _duration, _rate, _factor })
        {
            command.Options.Add(option);
        }

        CommonOptions.Exclude(command, _file, _profile, _duration, _rate, _factor);
    }

    /// <exception cref="CommandException">The file cannot be read.</exception>
    public TrafficProfile Read(ParseResult parsed, int seed)
    {
        if (parsed.GetValue(_file) is { } file)
        {
            return TrafficOptions.FromFile(file, TrafficReader.DefaultLongestSilence);
        }

        var (rate, factor) = (parsed.GetValue(_rate), parsed.GetValue(_factor));
        return ProfileName.Find(parsed.GetValue(_profile)!) is { } kind
            ? TrafficGenerator.Generate(kind, parsed.GetValue(_duration), rate, factor, seed)
            : LabTraffic.Surge(rate, factor, seed);
    }
}
