using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FastScaling.DeploymentKit.Tests.Templates;

/// <summary>What a part of a template refers to, whatever its conditions are.</summary>
internal static partial class References
{
    public static IEnumerable<string> Names(JsonNode? node) => All(node).Where(reference => reference.Kind != "Condition").Select(reference => reference.Name);

    public static IEnumerable<string> Conditions(JsonNode? node) => All(node).Where(reference => reference.Kind == "Condition").Select(reference => reference.Name);

    private static IEnumerable<(string Kind, string Name)> All(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(All),
        JsonObject obj => obj.SelectMany(member => Member(member.Key, member.Value)),
        _ => [],
    };

    private static IEnumerable<(string Kind, string Name)> Member(string name, JsonNode? value) => (name, value) switch
    {
        ("Ref", JsonValue text) => [("Ref", (string)text!)],
        ("Condition", JsonValue text) when text.TryGetValue<string>(out var condition) => [("Condition", condition)],
        ("Fn::GetAtt", JsonArray parts) => [("Ref", (string)parts[0]!)],
        ("Fn::If", JsonArray parts) => [("Condition", (string)parts[0]!), .. All(parts[1]), .. All(parts[2])],
        ("Fn::Sub", JsonArray parts) => [.. Substituted((string)parts[0]!).Where(used => ((JsonObject)parts[1]!)[used.Name] is null), .. All(parts[1])],
        ("Fn::Sub", JsonValue text) => Substituted((string)text!),
        ("DependsOn", JsonValue text) => [("Ref", (string)text!)],
        ("DependsOn", JsonArray list) => list.Select(item => ("Ref", (string)item!)),
        _ => All(value),
    };

    private static IEnumerable<(string Kind, string Name)> Substituted(string text) =>
        Variable().Matches(text).Select(match => ("Ref", match.Groups[1].Value));

    // The part before a full stop is the resource, what follows its attribute.
    [GeneratedRegex(@"\$\{([^!}.]+)(?:\.[^}]*)?\}")]
    private static partial Regex Variable();
}
