using FastScaling.Lab.Templates;

namespace FastScaling.Lab.Commands;

/// <summary>Finds templates: files, and those that ship with the lab.</summary>
internal static class TemplateFiles
{
    public const string BuiltIn = "builtin";

    public const string Help = "A CloudFormation template, YAML or JSON; or 'builtin' or 'seed', which ship with the tool.";

    /// <exception cref="CommandException">There is no such template, or it cannot be read.</exception>
    public static ScalingTemplate Load(string name, IEnumerable<string> parameters)
    {
        var (text, source) = Text(name);
        try
        {
            return TemplateReader.Read(text, source, Split(parameters));
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
        if (name is "builtin" or "seed" && !File.Exists(name))
        {
            using var stream = typeof(TemplateFiles).Assembly.GetManifestResourceStream($"templates/{name}.yaml")!;
            using var reader = new StreamReader(stream);
            return (reader.ReadToEnd(), name);
        }

        return (Files.Read(name), name);
    }

    private static Dictionary<string, string> Split(IEnumerable<string> parameters)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            var at = parameter.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new CommandException($"--parameter must be Name=Value, and is '{parameter}'.");
            }

            values[parameter[..at]] = parameter[(at + 1)..];
        }

        return values;
    }
}
