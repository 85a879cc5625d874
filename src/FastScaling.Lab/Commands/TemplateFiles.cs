using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Commands;

/// <summary>Finds templates: files, and those that ship with the lab.</summary>
internal static class TemplateFiles
{
    public const string BuiltIn = "builtin";

    public const string Live = "live";

    public const string Help = "A CloudFormation template, YAML or JSON; or 'builtin', 'live' or 'seed', which ship with the tool.";

    /// <exception cref="CommandException">There is no such template, or it cannot be read.</exception>
    public static ScalingTemplate Load(string name, IEnumerable<string> parameters)
    {
        var (text, source) = Text(name);
        try
        {
            return TemplateReader.Read(text, source, NamedValues.Parse(parameters, "--parameter must be Name=Value", StringComparer.Ordinal));
        }
        catch (TemplateException exception)
        {
            throw new CommandException(FormattableString.Invariant($"{source}:{exception.Mark.Line}:{exception.Mark.Column}: {exception.Message}"));
        }
    }

    /// <summary>The text of a template with the name that messages give it.</summary>
    public static (string Text, string Source) Text(string name)
    {
        // A file of that name wins.
        if (name is BuiltIn or Live or "seed" && !File.Exists(name))
        {
            using var stream = typeof(TemplateFiles).Assembly.GetManifestResourceStream($"templates/{name}.yaml")!;
            using var reader = new StreamReader(stream);
            return (reader.ReadToEnd(), name);
        }

        return (Files.Read(name), name);
    }
}
