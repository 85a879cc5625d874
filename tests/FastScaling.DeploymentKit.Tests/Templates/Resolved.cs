using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FastScaling.DeploymentKit.Tests.Templates;

/// <summary>
/// A template with its conditions and functions worked out. A reference to a resource is its logical ID, one of its attributes
/// <c>Id.Attribute</c>. What cannot be resolved, also because its resource is not there under these conditions, is an error.
/// </summary>
internal sealed partial class Resolved
{
    private static readonly object NoValue = new();

    private static readonly Dictionary<string, string> Pseudo = new()
    {
        ["AWS::StackName"] = "stack",
        ["AWS::Region"] = "eu-central-1",
        ["AWS::Partition"] = "aws",
        ["AWS::AccountId"] = "123456789012",
        ["AWS::URLSuffix"] = "amazonaws.com",
    };

    private readonly Template _template;
    private readonly Dictionary<string, JsonNode> _parameters = [];
    private readonly Dictionary<string, bool> _conditions = [];

    public Resolved(Template template, (string Name, JsonNode Value)[] parameters)
    {
        _template = template;
        foreach (var (name, parameter) in template.Parameters)
        {
            var value = parameters.FirstOrDefault(given => given.Name == name).Value ?? parameter!["Default"] ?? "given";
            _parameters[name] = (string)parameter!["Type"]! == "CommaDelimitedList"
                ? new JsonArray([.. ((string)value!).Split(',').Select(part => (JsonNode)part)])
                : value.DeepClone();
        }

        Assert.All(parameters, given => Assert.Contains(given.Name, _parameters.Keys));
        Resources = new JsonObject(template.Resources
            .Where(resource => Exists(resource.Key))
            .Select(resource => KeyValuePair.Create(resource.Key, Resolve(resource.Value))));
        Outputs = (JsonObject)Resolve(template.Outputs)!;
    }

    public JsonObject Resources { get; }

    public JsonObject Outputs { get; }

    public IEnumerable<(string Id, JsonObject Properties)> OfType(string type) =>
        Resources.Where(resource => (string)resource.Value!["Type"]! == type).Select(resource => (resource.Key, (JsonObject)resource.Value!["Properties"]!));

    public JsonObject Properties(string id) => (JsonObject)Resources[id]!["Properties"]!;

    private bool Exists(string id) => _template.Resources[id]!["Condition"] is not { } condition || Condition((string)condition!);

    private bool Condition(string name)
    {
        if (!_conditions.TryGetValue(name, out var value))
        {
            _conditions[name] = value = Truth(_template.Conditions[name] ?? throw Unresolved(name));
        }

        return value;
    }

    private bool Truth(JsonNode node)
    {
        var (name, argument) = ((JsonObject)node).Single();
        return name switch
        {
            "Condition" => Condition((string)argument!),
            "Fn::Equals" => ToText(Resolve(argument![0])) == ToText(Resolve(argument[1])),
            "Fn::Not" => !Truth(argument![0]!),
            "Fn::And" => argument!.AsArray().All(part => Truth(part!)),
            "Fn::Or" => argument!.AsArray().Any(part => Truth(part!)),
            _ => throw Unresolved(name),
        };
    }

    private JsonNode? Resolve(JsonNode? node) => Value(node) as JsonNode;

    private object? Value(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(Value).Where(item => item != NoValue).Select(item => (JsonNode?)item)]);
            case JsonObject { Count: 1 } function when function.Single() is var (name, argument) && (name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal)):
                return Function(name, argument!);
            case JsonObject obj:
                return new JsonObject(obj
                    .Select(member => KeyValuePair.Create(member.Key, Value(member.Value)))
                    .Where(member => member.Value != NoValue)
                    .Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value)));
            default:
                return node?.DeepClone();
        }
    }

    private object? Function(string name, JsonNode argument)
    {
        switch (name)
        {
            case "Ref":
                return (string)argument! == "AWS::NoValue" ? NoValue : Reference((string)argument!);
            case "Fn::GetAtt":
                return (JsonNode)Attribute((string)argument[0]!, (string)argument[1]!);
            case "Fn::If":
                return Value(Condition((string)argument[0]!) ? argument[1] : argument[2]);
            case "Fn::Sub":
                return (JsonNode)(argument is JsonArray list ? Substitute((string)list[0]!, (JsonObject)list[1]!) : Substitute((string)argument!, []));
            case "Fn::Join":
                return (JsonNode)string.Join((string)argument[0]!, ((JsonArray)Resolve(argument[1])!).Select(ToText));
            case "Fn::Select":
                return ((JsonArray)Resolve(argument[1])!)[(int)(double)argument[0]!]!.DeepClone();
            case "Fn::GetAZs":
                return new JsonArray("eu-central-1a", "eu-central-1b");
            case "Fn::FindInMap":
                var keys = ((JsonArray)Resolve(argument)!).Select(ToText).ToArray();
                return (_template.Mappings[keys[0]]?[keys[1]]?[keys[2]] ?? throw Unresolved(string.Join('.', keys))).DeepClone();
            default:
                throw Unresolved(name);
        }
    }

    private string Substitute(string text, JsonObject variables) => Variable().Replace(text, match =>
    {
        var name = match.Groups[1].Value;
        if (variables[name] is { } given)
        {
            return ToText(Resolve(given));
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? ToText(Reference(name)) : Attribute(name[..dot], name[(dot + 1)..]);
    });

    private JsonNode Reference(string name) =>
        Pseudo.TryGetValue(name, out var pseudo) ? pseudo
        : _parameters.TryGetValue(name, out var parameter) ? parameter.DeepClone()
        : Existing(name);

    private string Attribute(string id, string attribute) => $"{Existing(id)}.{attribute}";

    private string Existing(string id) => _template.Resources.ContainsKey(id) && Exists(id) ? id : throw Unresolved(id);

    private static string ToText(JsonNode? node) => node?.ToString() ?? string.Empty;

    private static InvalidOperationException Unresolved(string name) => new($"'{name}' cannot be resolved under these parameters.");

    [GeneratedRegex(@"\$\{([^!}][^}]*)\}")]
    private static partial Regex Variable();
}
