using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FastScaling.DeploymentKit.Tests.Templates;

/// <summary>
/// Reads the YAML of CloudFormation as JSON: short functions such as <c>!Ref</c> in their long form, unquoted numbers and booleans
/// with their type.
/// </summary>
internal static class YamlReader
{
    public static JsonObject Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return (JsonObject)Convert(stream.Documents.Single().RootNode)!;
    }

    private static JsonNode? Convert(YamlNode node)
    {
        JsonNode? value = node switch
        {
            YamlScalarNode scalar => Scalar(scalar),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
            YamlMappingNode mapping => Mapping(mapping),
            _ => throw new InvalidOperationException($"{node.Start}: {node.NodeType}"),
        };
        return node.Tag.IsEmpty || !node.Tag.Value.StartsWith('!') ? value : Function(node.Tag.Value[1..], value);
    }

    private static JsonObject Function(string name, JsonNode? value) => name switch
    {
        "Ref" or "Condition" => new JsonObject { [name] = value },
        "GetAtt" => new JsonObject { ["Fn::GetAtt"] = new JsonArray([.. ((string)value!).Split('.', 2).Select(part => (JsonNode)part)]) },
        _ => new JsonObject { ["Fn::" + name] = value },
    };

    private static JsonObject Mapping(YamlMappingNode mapping)
    {
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Children)
        {
            result.Add(((YamlScalarNode)key).Value!, Convert(value));
        }

        return result;
    }

    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value!;
        if (scalar.Style != ScalarStyle.Plain)
        {
            return text;
        }

        return text switch
        {
            "true" => true,
            "false" => false,
            _ when double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
            _ => text,
        };
    }
}
