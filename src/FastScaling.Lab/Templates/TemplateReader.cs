namespace FastScaling.Lab.Templates;

/// <summary>Reads a CloudFormation template: what it says about scaling, and nothing else of it.</summary>
internal static class TemplateReader
{
    /// <param name="text">YAML or JSON.</param>
    /// <param name="source">The file's name, as shown to the user.</param>
    /// <param name="parameters">Values of parameters, in place of their defaults.</param>
    /// <exception cref="TemplateException">The template is wrong, or needs what it has not got.</exception>
    public static ScalingTemplate Read(string text, string source, IReadOnlyDictionary<string, string>? parameters = null)
    {
        var root = TemplateParser.Parse(text);
        foreach (var section in new[] { "Resources", "Parameters", "Conditions", "Mappings" })
        {
            if (root[section] is { } node and not MapNode && !(node is ScalarNode { IsNull: true } && section != "Resources"))
            {
                throw new TemplateException(node.Mark, $"{section} must be a mapping; this is {node.Kind}.");
            }
        }

        var resources = root["Resources"] as MapNode ?? throw new TemplateException(root.Mark, "The template has no Resources.");
        var resolver = new TemplateResolver(
            root, new TemplateParameters(root["Parameters"] as MapNode, parameters ?? new Dictionary<string, string>(StringComparer.Ordinal)));
        var read = new ResourceReader(resolver);
        foreach (var entry in resources.Entries)
        {
            read.Add(entry);
        }

        return read.ToTemplate(source);
    }
}
