using System.CommandLine;
using System.Globalization;

namespace FastScaling.Lab.Commands;

/// <summary>Options that several commands have, and numbers with a range.</summary>
internal static class CommonOptions
{
    public static Option<string[]> Parameters() => new("--parameter", "-p")
    {
        Description = "A parameter of the template, as Name=Value. May be given several times.",
        HelpName = "Name=Value",
        DefaultValueFactory = static _ => [],
    };

    public static Option<string[]> Exporter() => new("--exporter", "-e")
    {
        HelpName = "Option=Value",
        Description = "An option of the exporter in place of the task definition's, such as ExportInterval=1.",
        DefaultValueFactory = static _ => [],
    };

    /// <summary>Makes it an error to give some options with another: they would do nothing.</summary>
    public static void Exclude(Command command, Option option, params Option[] others) => command.Validators.Add(result =>
    {
        if (result.GetResult(option) is not null)
        {
            foreach (var other in others.Where(other => result.GetResult(other) is { Implicit: false }))
            {
                result.AddError($"{other.Name} does nothing with {option.Name}: give one of them.");
            }
        }
    });

    public static Option<int> Seed() => Number("--seed", "number", 1, 0, int.MaxValue, "Of the random numbers: the same seed gives the same result.");

    public static Option<int> Number(string name, string unit, int value, int least, int most, string description)
    {
        var option = new Option<int>(name) { HelpName = unit, Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && (!long.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least || number > most))
            {
                result.AddError($"{name} must be a whole number from {least} to {most}, and is '{result.Tokens[0].Value}'.");
            }
        });
        return option;
    }

    public static Option<double> Real(string name, string unit, double value, double least, double most, string description)
    {
        var option = new Option<double>(name)
        {
            HelpName = unit,
            Description = description,
            DefaultValueFactory = _ => value,
            CustomParser = result =>
            {
                if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                {
                    return number;
                }

                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from {least} to {most}, and is '{result.Tokens[0].Value}'."));
                return value;
            },
        };
        return option;
    }
}
