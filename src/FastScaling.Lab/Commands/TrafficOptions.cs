using System.CommandLine;
using FastScaling.Lab.Traffic;

namespace FastScaling.Lab.Commands;

/// <summary>The options that say which traffic.</summary>
internal sealed class TrafficOptions
{
    private const double DefaultRate = 150;
    private const double DefaultFactor = 4;

    private readonly Option<string?>? _file;
    private readonly Option<int>? _maskGaps;
    private readonly Option<double>? _scale;
    private readonly Option<double>? _medianPerTask;
    private readonly Option<string> _profile = new("--profile") { HelpName = "day|step|ramp|burst", Description = "The shape of synthetic traffic.", DefaultValueFactory = static _ => "day" };
    private readonly Option<int> _duration = CommonOptions.Number("--duration", "seconds", 0, 0, TrafficProfile.MaxSeconds, "How long synthetic traffic lasts; 0 is a day for the day and 20 minutes for the others.");
    private readonly Option<double> _rate = CommonOptions.Real("--rate", "requests", DefaultRate, 0, 1e6, "Requests per second of the base; of a day the mean.");
    private readonly Option<double> _factor = CommonOptions.Real("--factor", "times", DefaultFactor, 1, 1000, "How many times the base a surge reaches.");
    private readonly Option<int> _seed = CommonOptions.Seed();

    public TrafficOptions(bool isFileAllowed)
    {
        _profile.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && ProfileName.Find(result.Tokens[0].Value) is null)
            {
                result.AddError($"--profile must be one of {string.Join(", ", ProfileName.All.Select(static pair => pair.Key))}, and is '{result.Tokens[0].Value}'.");
            }
        });
        if (isFileAllowed)
        {
            _file = new Option<string?>("--traffic") { HelpName = "file", Description = "A CSV file of second,requests; without it synthetic traffic is used." };
            _maskGaps = CommonOptions.Number("--mask-gaps", "seconds", TrafficReader.DefaultLongestSilence, 0, TrafficProfile.MaxSeconds, "Silence longer than this is a hole in the recording and not counted; 0 takes every second as it is.");
            _scale = CommonOptions.Real("--scale", "times", 1, 1e-6, 1e6, "Multiplies the traffic, rounded at random.");
            _medianPerTask = CommonOptions.Real("--median-per-task", "requests", 0, 0, 1e6, "Scales the traffic so that its median is this many requests a second for each task of the minimum; 0 does not.");
        }
    }

    public Option<int> Seed => _seed;

    public void AddTo(Command command)
    {
        foreach (var option in new Option?[] { _file, _maskGaps, _scale, _medianPerTask, _profile, _duration, _rate, _factor, _seed })
        {
            if (option is not null)
            {
                command.Options.Add(option);
            }
        }

        if (_file is not null)
        {
            CommonOptions.Exclude(command, _file, _profile, _duration, _rate, _factor);
        }
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="tasks">The tasks that <c>--median-per-task</c> means.</param>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public TrafficProfile Read(ParseResult parsed, int tasks = 1)
    {
        var seed = parsed.GetValue(_seed);
        var file = _file is null ? null : parsed.GetValue(_file);
        var traffic = file is null ? Generate(parsed, seed) : FromFile(file, parsed.GetValue(_maskGaps!));
        var scale = _scale is null ? 1 : parsed.GetValue(_scale);
        if (_medianPerTask is not null && parsed.GetValue(_medianPerTask) is > 0 and var median)
        {
            if (traffic.Median <= 0)
            {
                throw new CommandException("--median-per-task: the median of this traffic is 0.");
            }

            scale *= median * Math.Max(1, tasks) / traffic.Median;
        }

        return scale == 1 ? traffic : traffic.Scale(scale, seed);
    }

    private TrafficProfile Generate(ParseResult parsed, int seed)
    {
        var kind = ProfileName.Find(parsed.GetValue(_profile)!) ?? ProfileKind.Day;
        var duration = parsed.GetValue(_duration);
        return TrafficGenerator.Generate(kind, duration > 0 ? duration : kind == ProfileKind.Day ? 86_400 : 1200, parsed.GetValue(_rate), parsed.GetValue(_factor), seed);
    }

    public static TrafficProfile FromFile(string path, int maskGaps)
    {
        try
        {
            using var reader = new StringReader(Files.Read(path));
            return TrafficReader.Read(reader, Path.GetFileName(path), maskGaps == 0 ? null : maskGaps);
        }
        catch (TrafficException exception)
        {
            throw new CommandException(FormattableString.Invariant($"{path}:{exception.Line}:{exception.Column}: {exception.Message}"));
        }
    }
}
